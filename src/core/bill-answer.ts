import type { CallTrouble, Reason } from './gateway-answer.ts';

/*
 * What can come of asking for a bill, as plain data. A bill moves no money; what hangs on it is whether the shop's
 * books may be called checked. So "there is none" is never said of a day whose bill cannot have been made yet.
 */

/** Why there is no bill, or only a part of one. */
export type BillReasonCode =
  | CallTrouble
  /** WeChat Pay has not made it yet. */
  | 'BILL_CREATING'
  /** It ended before its totals, or the connection did. */
  | 'BILL_CUT_OFF'
  /** Its compression or its digest says that bytes are wrong. */
  | 'BILL_DAMAGED'
  /** A header, a row or an amount that is not as documented. */
  | 'BILL_MALFORMED'
  /** Its last line says something else than its rows. */
  | 'BILL_TOTALS_DIFFER'
  | 'BILL_TOO_LARGE'
  | 'CANCELLED';

export type BillReason = Reason<BillReasonCode>;

/** What of a bill had been read: bytes as they came and lines of text, whole rows among them. */
export interface BillProgress {
  readonly bytes: number;
  readonly lines: number;
  readonly rows: number;
}

/**
 * NO_BILL: the gateway has no bill for that day, and is past the hour by which it would: nothing was traded.
 * LATER: ask again, no sooner than `notBefore` (epoch milliseconds) where that is given.
 * REFUSED: as it was asked, there will never be one; somebody has to mend something first.
 */
export type NoBill =
  | { readonly verdict: 'NO_BILL' }
  | { readonly verdict: 'LATER'; readonly reason: BillReason; readonly notBefore?: number }
  | { readonly verdict: 'REFUSED'; readonly reason: BillReason };
