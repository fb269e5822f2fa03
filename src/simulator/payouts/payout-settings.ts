import { type Fen, fen } from '../../core/money.ts';

/** How a payout ends: with its payee, as a failure, or back with the merchant. */
export type PayoutEnd = 'DONE' | 'FAILED' | 'RETURNED';

export interface PayoutSettings {
  /** What the merchant had in the account before the first sale, so that there is something to pay out. In fen. */
  readonly floatFen: Fen;
  /** How payouts end that are made from now on. */
  readonly end: PayoutEnd;
  /** Until a red packet is opened, or a bank has paid. One that is never opened comes back after a day. */
  readonly delayMs: number;
}

export const PAYOUT_SETTINGS: PayoutSettings = { floatFen: fen(10_000_000), end: 'DONE', delayMs: 60_000 };
