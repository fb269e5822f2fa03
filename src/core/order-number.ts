import { invariant } from './assert.ts';

/*
 * Sale numbers are what people read out: `store-terminal-sequence`. An out_trade_no is one payment attempt of a sale,
 * at most 32 characters of [0-9A-Za-z_-], never used twice, and says which terminal made it:
 *
 *     0001-01-000042-2k7q9
 *     └ sale number ┘ │└┴ the ledger's epoch tag: a new data folder never repeats the numbers of an old one
 *                     └ attempt
 */

export const STORE_ID = /^[0-9A-Za-z]{1,6}$/;
export const TERMINAL_ID = /^[0-9A-Za-z]{1,4}$/;
export const EPOCH_TAG = /^[0-9a-z]{4}$/;

export function saleNumber(storeId: string, terminalId: string, sequence: number): string {
  invariant(Number.isSafeInteger(sequence) && sequence > 0, `Not a sequence: ${sequence}`);
  return `${storeId}-${terminalId}-${String(sequence).padStart(6, '0')}`;
}

export function outTradeNo(sale: string, attempt: number, epochTag: string): string {
  const number = `${sale}-${attempt}${epochTag}`;
  invariant(EPOCH_TAG.test(epochTag) && number.length <= 32, `Not an out_trade_no: ${number}`);
  return number;
}
