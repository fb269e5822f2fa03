import type { CallTrouble, Reason } from './gateway-answer.ts';
import type { Fen } from './money.ts';

/*
 * What a payment gateway can say of refunds, as plain data. A refund is accepted first and done later: ACCEPTED means
 * that the money is on its way, and only a state of SUCCESS that it arrived.
 */

/** Why, in the words of the till: what any call can meet, and what only refunds know. */
export type RefundReasonCode =
  | CallTrouble
  | 'MERCHANT_BALANCE_LOW'
  | 'PAYER_ACCOUNT_GONE'
  | 'REFUND_TOO_LATE'
  | 'REFUND_REFUSED'
  | 'REFUND_NUMBER_USED'
  | 'ORDER_NOT_READY'
  | 'ORDER_NOT_FOUND';

export type RefundReason = Reason<RefundReasonCode>;

export interface AcceptedRefund {
  /** The gateway's number of this refund. */
  readonly refundId: string;
  readonly transactionId: string;
  readonly refundFen: Fen;
  /** What comes back to the customer in money; the rest was a coupon. */
  readonly cashFen: Fen;
  readonly couponFen: Fen;
}

/**
 * ACCEPTED: the refund with this number exists, by this call or by an earlier one.
 * REFUSED: the gateway will not make it. An earlier call with the same number may still have been accepted: where one
 * ended UNKNOWN, ask for the refund before believing this.
 * AGAIN: this call made no refund; the same call, with the same number, can be made later.
 * UNKNOWN: it may have been accepted. Ask for the refund by its number; the same call again is harmless, one with
 * another number is not.
 */
export type RefundAnswer =
  | { readonly verdict: 'ACCEPTED'; readonly refund: AcceptedRefund }
  | { readonly verdict: 'REFUSED' | 'AGAIN' | 'UNKNOWN'; readonly reason: RefundReason };

/**
 * PROCESSING: on its way. SUCCESS: it arrived. CLOSED: it came to nothing, and the money stayed with the merchant.
 * CHANGE (退款异常): the customer's account could not take it; the money is back with the merchant, and the customer
 * still has it to get. UNKNOWN: a state that nobody has documented.
 */
export type RefundState = 'PROCESSING' | 'SUCCESS' | 'CHANGE' | 'CLOSED' | 'UNKNOWN';

export interface RefundRecord {
  readonly outRefundNo: string;
  readonly refundId: string;
  readonly state: RefundState;
  readonly refundFen: Fen;
  /** Where it goes, as the gateway words it for people: "招商银行信用卡8915". Empty when it does not say. */
  readonly receivedBy: string;
  /** Beijing time, `yyyy-MM-dd HH:mm:ss`, as the gateway gave it; empty until it arrived. */
  readonly succeededAt: string;
}

export interface FoundRefunds {
  readonly transactionId: string;
  readonly outTradeNo: string;
  /** What the order was for. */
  readonly totalFen: Fen;
  /** One page of them. */
  readonly refunds: readonly RefundRecord[];
  /** How many refunds the order has in all; said only when a page was asked for. */
  readonly totalCount: number | undefined;
}

/** NOT_FOUND: no such refund, so far; one that was sent a moment ago may still be on its way to the gateway. */
export type RefundQueryAnswer =
  | { readonly verdict: 'FOUND'; readonly found: FoundRefunds }
  | { readonly verdict: 'NOT_FOUND' }
  | { readonly verdict: 'UNKNOWN'; readonly reason: RefundReason };
