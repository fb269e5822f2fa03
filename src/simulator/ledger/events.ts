import * as z from 'zod';
import { fen } from '../../core/money.ts';

/*
 * What the simulator's ledger is made of. Orders and totals are folds over these events and over nothing else, and
 * the file holds them as JSON lines.
 */

const Money = z.int().min(0).transform(fen);
const EpochMs = z.number();

/** What the customer does of his own accord, and when. */
const Act = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('pays') }),
  z.object({
    kind: z.literal('fails'),
    state: z.enum(['NOTPAY', 'PAYERROR']),
    errCode: z.string(),
    errText: z.string(),
  }),
  /** Walks away from the password box: the order stays unpaid, and can be reversed from then on. */
  z.object({ kind: z.literal('leaves') }),
]);

/** Fixed when the order opens, so that a simulator that is killed and started again plays on. */
const Plan = z.object({
  act: Act,
  at: EpochMs,
  /** The customer confirms at the very moment the till takes the payment back. */
  paysOnReverse: z.boolean(),
});

const Opening = z.object({
  outTradeNo: z.string(),
  /** When the till sent the pay call: no reversal sooner than 15 s after that, however late it arrives. */
  askedAt: EpochMs,
  transactionId: z.string(),
  amountFen: Money,
  couponFen: Money,
  /** Keyed hash of the payment code; the code itself is never kept. */
  codeHash: z.string(),
  /** Hash of what was asked for: the same number with other parameters is another order. */
  requestHash: z.string(),
  /** Which customer and network this is: an id of the scenarios, or "none". */
  scenario: z.string(),
  openid: z.string(),
  bankType: z.string(),
  deviceInfo: z.string(),
  attach: z.string().nullable(),
  body: z.string(),
  /** How it came about; a scanned payment code when absent. */
  tradeType: z.enum(['MICROPAY', 'JSAPI']).optional(),
  plan: Plan,
});

/** How a refund ends: in the customer's hands, given up, or stuck with the merchant ("refund abnormal"). */
const RefundEnd = z.enum(['SUCCESS', 'REFUNDCLOSE', 'CHANGE']);

const RefundOpening = z.object({
  outRefundNo: z.string(),
  refundId: z.string(),
  refundFen: Money,
  /** The part of it that was paid with a coupon, and does not come back as cash. */
  couponFen: Money,
  desc: z.string(),
  account: z.string(),
  /** Fixed when the refund is accepted, so that it plays on after a restart. */
  plan: z.object({ at: EpochMs, end: RefundEnd }),
});

export const LedgerEvent = z.discriminatedUnion('type', [
  /** The file's first line. */
  z.object({ type: z.literal('ledger'), version: z.literal(1) }),
  /** A pay call that is still on its way: nobody knows of the order before `arrivesAt`. */
  z.object({ type: z.literal('posted'), at: EpochMs, arrivesAt: EpochMs, order: Opening }),
  z.object({ type: z.literal('opened'), at: EpochMs, order: Opening }),
  z.object({ type: z.literal('charged'), at: EpochMs, outTradeNo: z.string() }),
  z.object({ type: z.literal('failed'), at: EpochMs, outTradeNo: z.string() }),
  z.object({ type: z.literal('left'), at: EpochMs, outTradeNo: z.string() }),
  /** Taken back: whatever had been charged is returned. */
  z.object({ type: z.literal('reversed'), at: EpochMs, outTradeNo: z.string() }),
  /** Accepted: the money has left the merchant, and is on its way to the customer. */
  z.object({ type: z.literal('refunded'), at: EpochMs, outTradeNo: z.string(), refund: RefundOpening }),
  z.object({ type: z.literal('refund-ended'), at: EpochMs, outTradeNo: z.string(), outRefundNo: z.string() }),
]);

export type LedgerEvent = z.output<typeof LedgerEvent>;
export type Opening = z.output<typeof Opening>;
export type RefundOpening = z.output<typeof RefundOpening>;
export type RefundEnd = z.output<typeof RefundEnd>;
export type Plan = z.output<typeof Plan>;
export type Act = z.output<typeof Act>;

/** The events that change one order that is there already. */
export type OrderEvent = Extract<LedgerEvent, { readonly outTradeNo: string }>;
