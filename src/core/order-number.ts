import { invariant } from './assert.ts';

/*
 * Sale numbers are what people read out: `store-terminal-sequence`. An out_trade_no is one payment attempt of a sale,
 * at most 32 characters of [0-9A-Za-z_-], never used twice, and says which terminal made it:
 *
 *     0001-01-000042-12k7q9x
 *     └ sale number┘ │└ tag, at random for each attempt: neither a new data folder nor a copy of an old one repeats it
 *                    └ attempt
 */

export const STORE_ID = /^[0-9A-Za-z]{1,6}$/;
export const TERMINAL_ID = /^[0-9A-Za-z]{1,4}$/;
const TAG = /^[0-9a-z]{4,6}$/;

export function saleNumber(storeId: string, terminalId: string, sequence: number): string {
  invariant(Number.isSafeInteger(sequence) && sequence > 0, `Not a sequence: ${sequence}`);
  return `${storeId}-${terminalId}-${String(sequence).padStart(6, '0')}`;
}

/** @param tag four to six random characters of [0-9a-z] */
export function outTradeNo(sale: string, attempt: number, tag: string): string {
  const number = `${sale}-${attempt}${tag}`;
  invariant(TAG.test(tag) && number.length <= 32, `Not an out_trade_no: ${number}`);
  return number;
}
