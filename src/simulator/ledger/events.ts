import * as z from 'zod';
import { fen } from '../../core/money.ts';
import { PAYOUT_EVENTS } from '../payouts/payout-events.ts';
import { WALLET_EVENTS } from '../wallets/wallet-events.ts';

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

/** Of an order that was placed by unifiedorder, and waits for a customer to come and pay it. */
const Placement = z.object({
  tradeType: z.enum(['NATIVE', 'JSAPI', 'APP', 'MWEB']),
  prepayId: z.string(),
  /** Where its QR code or its page leads; empty when there is none. */
  codeUrl: z.string(),
  notifyUrl: z.string(),
  /** No customer can begin to pay it after that. */
  expiresAt: EpochMs,
  /** Its notification is signed as it was, and for whom it was. */
  signType: z.enum(['MD5', 'HMAC-SHA256']),
  onBehalfOf: z.record(z.string(), z.string()),
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
  /** Absent when a payment code was scanned. */
  placement: Placement.exactOptional(),
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
  /** Where its end is announced, and for whom. */
  notify: z.object({ url: z.string(), onBehalfOf: z.record(z.string(), z.string()) }).exactOptional(),
});

export const LedgerEvent = z.discriminatedUnion('type', [
  /** The file's first line. */
  z.object({ type: z.literal('ledger'), version: z.literal(1) }),
  /** A pay call that is still on its way: nobody knows of the order before `arrivesAt`. */
  z.object({ type: z.literal('posted'), at: EpochMs, arrivesAt: EpochMs, order: Opening }),
  z.object({ type: z.literal('opened'), at: EpochMs, order: Opening }),
  /** Asked for again when its first place had run out: the order is the same, and is found by other handles. */
  z.object({ type: z.literal('placed-again'), at: EpochMs, outTradeNo: z.string(), placement: Placement }),
  /** A customer has come to pay an order that was placed, and does as planned. */
  z.object({
    type: z.literal('approached'),
    at: EpochMs,
    outTradeNo: z.string(),
    openid: z.string(),
    couponFen: Money,
    scenario: z.string(),
    plan: Plan,
  }),
  /** Whoever is at the password box now means to do something else, or at another time. */
  z.object({ type: z.literal('changed-mind'), at: EpochMs, outTradeNo: z.string(), plan: Plan }),
  z.object({ type: z.literal('charged'), at: EpochMs, outTradeNo: z.string() }),
  z.object({ type: z.literal('failed'), at: EpochMs, outTradeNo: z.string() }),
  z.object({ type: z.literal('left'), at: EpochMs, outTradeNo: z.string() }),
  /** By the merchant: it can never be paid any more. */
  z.object({ type: z.literal('closed'), at: EpochMs, outTradeNo: z.string() }),
  /** Taken back: whatever had been charged is returned. */
  z.object({ type: z.literal('reversed'), at: EpochMs, outTradeNo: z.string() }),
  /** Accepted: the money has left the merchant, and is on its way to the customer. */
  z.object({ type: z.literal('refunded'), at: EpochMs, outTradeNo: z.string(), refund: RefundOpening }),
  z.object({ type: z.literal('refund-ended'), at: EpochMs, outTradeNo: z.string(), outRefundNo: z.string() }),
  ...PAYOUT_EVENTS,
  ...WALLET_EVENTS,
  /** The merchant has confirmed the notification of the payment or, with a refund's number, of that refund. */
  z.object({
    type: z.literal('notified'),
    at: EpochMs,
    outTradeNo: z.string(),
    outRefundNo: z.string().exactOptional(),
  }),
]);

export type LedgerEvent = z.output<typeof LedgerEvent>;
export type Opening = z.output<typeof Opening>;
export type Placement = z.output<typeof Placement>;
export type RefundOpening = z.output<typeof RefundOpening>;
export type RefundEnd = z.output<typeof RefundEnd>;
export type Plan = z.output<typeof Plan>;
export type Act = z.output<typeof Act>;

/** The events that change one order that is there already. */
export type OrderEvent = Extract<LedgerEvent, { readonly outTradeNo: string }>;
