import { invariant } from '../../core/assert.ts';
import { type Fen, fen, sumFen } from '../../core/money.ts';
import type { OrderEvent, RefundEnd, RefundOpening } from './events.ts';

/** As refundquery calls it. CHANGE: the customer could not be reached, and the money is back with the merchant. */
export type RefundState = 'PROCESSING' | RefundEnd;

/** One refund as WeChat Pay would know it. Amounts in fen, times in epoch milliseconds. */
export interface SimRefund extends Readonly<RefundOpening> {
  readonly state: RefundState;
  readonly acceptedAt: number;
  readonly endedAt?: number;
  /** When the merchant confirmed that it had been told of the end. */
  readonly notifiedAt?: number;
}

/** What of an order its refunds are reckoned from, in fen. */
export interface RefundedOrder {
  readonly outTradeNo: string;
  readonly amountFen: Fen;
  readonly couponFen: Fen;
  readonly chargedFen: Fen;
  /** Given back by a reversal. */
  readonly returnedFen: Fen;
  /** Given back by refunds that are done or on their way. */
  readonly refundedFen: Fen;
  /** In the order they were accepted. */
  readonly refunds: readonly SimRefund[];
}

type RefundEvent = Extract<OrderEvent, { readonly type: 'refunded' | 'refund-ended' }>;

/**
 * Accepting a refund takes the money from the merchant at once, and one that fails in the end brings it back: so an
 * order can never give back more than was paid, however many refunds are on their way.
 */
export function applyRefund(order: RefundedOrder, event: RefundEvent): Pick<RefundedOrder, 'refunds' | 'refundedFen'> {
  const refunds = event.type === 'refunded' ? accepted(order, event) : ended(order, event);
  return { refunds, refundedFen: sumFen(refunds.map(keptBackFen)) };
}

/** The refunds when the merchant has confirmed that it was told of one. */
export function noteRefundNotified(order: RefundedOrder, outRefundNo: string, at: number): SimRefund[] {
  return order.refunds.map((refund) => (refund.outRefundNo === outRefundNo ? { ...refund, notifiedAt: at } : refund));
}

/** What can still be given back of an order, in fen. */
export function refundableFen(order: RefundedOrder): Fen {
  return fen(order.chargedFen - order.returnedFen - order.refundedFen);
}

/** Each refund brings back its share of the coupon; all of them together bring back exactly the coupon. */
export function couponShareFen(order: RefundedOrder, refundFen: Fen): Fen {
  const sofarFen = order.refundedFen;
  const sofarCouponFen = sumFen(order.refunds.filter(holdsMoney).map(({ couponFen }) => couponFen));
  const dueCouponFen = Number((BigInt(order.couponFen) * BigInt(sofarFen + refundFen)) / BigInt(order.amountFen));
  return fen(Math.min(refundFen, Math.max(0, dueCouponFen - sofarCouponFen)));
}

/** The refunds whose end has come by `now` and is not written down yet. */
export function dueRefundEnds(order: RefundedOrder, now: number): RefundEvent[] {
  return order.refunds
    .filter(({ state, plan }) => state === 'PROCESSING' && plan.at <= now)
    .map(({ outRefundNo, plan }) => ({ type: 'refund-ended', at: plan.at, outTradeNo: order.outTradeNo, outRefundNo }));
}

function accepted(order: RefundedOrder, { at, refund }: Extract<RefundEvent, { type: 'refunded' }>): SimRefund[] {
  invariant(refund.refundFen <= refundableFen(order), `Order ${order.outTradeNo} would give back more than was paid`);
  return [...order.refunds, { ...refund, state: 'PROCESSING', acceptedAt: at }];
}

function ended(order: RefundedOrder, { at, outRefundNo }: Extract<RefundEvent, { type: 'refund-ended' }>): SimRefund[] {
  return order.refunds.map((refund) =>
    refund.outRefundNo === outRefundNo ? { ...refund, state: refund.plan.end, endedAt: at } : refund,
  );
}

function keptBackFen(refund: SimRefund): Fen {
  return holdsMoney(refund) ? refund.refundFen : fen(0);
}

function holdsMoney({ state }: SimRefund): boolean {
  return state === 'PROCESSING' || state === 'SUCCESS';
}
