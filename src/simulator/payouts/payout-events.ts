import * as z from 'zod';
import { fen } from '../../core/money.ts';

const Money = z.int().min(0).transform(fen);
const EpochMs = z.number();

/** Numbers are unique within a family: a red packet and a payment to a bank may share one. */
const Family = z.enum(['red-packet', 'balance', 'bank']);

const PayoutOpening = z.object({
  family: Family,
  /** mch_billno or partner_trade_no. */
  number: z.string(),
  gatewayNo: z.string(),
  amountFen: Money,
  feeFen: Money,
  /** Hash of what was asked for: the same number with other particulars is refused. */
  requestHash: z.string(),
  /** An openid; for a bank card a keyed hash of number and name, which are never kept. */
  payee: z.string(),
  /** How many a red packet is for. */
  people: z.int().min(1),
  /** What people read of it: sender, wishing and the like, as they were sent. */
  texts: z.record(z.string(), z.string()),
  /** Fixed when it is made, so that it plays on after a restart. */
  plan: z.object({ at: EpochMs, end: z.enum(['DONE', 'FAILED', 'RETURNED']) }),
});

const SentCoupon = z.object({
  /** partner_trade_no: sends one coupon, however often it is asked for. */
  number: z.string(),
  couponId: z.string(),
  stockId: z.string(),
  openid: z.string(),
});

/** The payouts' part of the ledger's events. */
export const PAYOUT_EVENTS = [
  /** The money, and the fee, have left the merchant. */
  z.object({ type: z.literal('payout-made'), at: EpochMs, payout: PayoutOpening }),
  z.object({ type: z.literal('payout-ended'), at: EpochMs, family: Family, number: z.string() }),
  z.object({ type: z.literal('coupon-sent'), at: EpochMs, coupon: SentCoupon }),
] as const;

export type PayoutEvent = z.output<(typeof PAYOUT_EVENTS)[number]>;
export type PayoutFamily = z.output<typeof Family>;
export type PayoutOpening = z.output<typeof PayoutOpening>;
export type SentCoupon = z.output<typeof SentCoupon> & { readonly sentAt: number };

export function isPayoutEvent(event: { readonly type: string }): event is PayoutEvent {
  return event.type.startsWith('payout-') || event.type === 'coupon-sent';
}
