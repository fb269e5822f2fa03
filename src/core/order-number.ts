import { invariant } from './assert.ts';

/*
 * Sale numbers are what people read out: `store-terminal-sequence`. An out_trade_no is one payment attempt of a sale,
 * at most 32 characters of [0-9A-Za-z_-], never used twice, and says which terminal made it:
 *
 *     0001-01-000042-12k7q9x
 *     └ sale number┘ │└ tag, at random for each attempt: neither a new data folder nor a copy of an old one repeats it
 *                    └ attempt
 *
 * A till that was restored from a backup may have forgotten how far it had counted. From then on its epoch's letters
 * stand before the sequence, 0001-01-A000042, so that no number is given to a second sale.
 */

export const STORE_ID = /^[0-9A-Za-z]{1,6}$/;
export const TERMINAL_ID = /^[0-9A-Za-z]{1,4}$/;
const TAG = /^[0-9a-z]{4,6}$/;
/** Without I and O, which are read as 1 and 0. */
const EPOCH_LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ';
/** The last that two letters can say; three would not fit the longest names. */
export const EPOCH_MAX = 1 + EPOCH_LETTERS.length + EPOCH_LETTERS.length ** 2;

export interface NumberedTerminal {
  readonly storeId: string;
  readonly terminalId: string;
  /** 1, and one more after each restore from a backup: see core/journal.ts, Restoration. */
  readonly epoch: number;
}

export function saleNumber({ storeId, terminalId, epoch }: NumberedTerminal, sequence: number): string {
  invariant(Number.isSafeInteger(sequence) && sequence > 0, `Not a sequence: ${sequence}`);
  return `${storeId}-${terminalId}-${epochLetters(epoch)}${String(sequence).padStart(6, '0')}`;
}

/** @param tag four to six random characters of [0-9a-z] */
export function outTradeNo(sale: string, attempt: number, tag: string): string {
  const number = `${sale}-${attempt}${tag}`;
  invariant(TAG.test(tag) && number.length <= 32, `Not an out_trade_no: ${number}`);
  return number;
}

/**
 * An out_refund_no: the order's number, "-r", and which of its refunds. At most 64 characters.
 *
 * @param tag as an out_trade_no's: a restored till may have forgotten a refund, and must not take its number again
 */
export function refundNumber(order: string, nth: number, tag: string): string {
  const number = `${order}-r${nth}${tag}`;
  invariant(TAG.test(tag) && number.length <= 64, `Not an out_refund_no: ${number}`);
  return number;
}

/** What stands before the sequence. Epoch 1 → "", 2 → "A", 25 → "Z", 26 → "AA". */
export function epochLetters(epoch: number): string {
  invariant(Number.isSafeInteger(epoch) && epoch >= 1 && epoch <= EPOCH_MAX, `Not an epoch: ${epoch}`);
  const base = EPOCH_LETTERS.length;
  let letters = '';
  for (let rest = epoch - 1; rest > 0; rest = Math.floor((rest - 1) / base)) {
    letters = EPOCH_LETTERS.charAt((rest - 1) % base) + letters;
  }
  return letters;
}
