import type { PayAnswer, QueryAnswer, ReverseAnswer } from '../../core/gateway-answer.ts';
import type { Fen } from '../../core/money.ts';
import type { OrderLookUp } from '../../core/order-look-up.ts';
import type { RefundAnswer, RefundQueryAnswer } from '../../core/refund-answer.ts';
import type { Secret } from '../../core/secret.ts';

/** One charge, as every gateway needs it. */
export interface PayOrder {
  readonly outTradeNo: string;
  readonly amountFen: Fen;
  /** What the customer's phone shows, at most 127 bytes of UTF-8. */
  readonly body: string;
  /** Brought back by the bill: which till it was. At most 32 characters. */
  readonly deviceInfo: string;
  /** Brought back by the bill: store, terminal, shift, cashier. At most 127 bytes. */
  readonly attach: string;
}

export type LineState = 'unknown' | 'online' | 'shaky' | 'offline';

/** One of a gateway's hosts, as its latest calls and connections left it. Times are epoch milliseconds. */
export interface HostLine {
  /** "api.mch.weixin.qq.com" */
  readonly name: string;
  readonly state: LineState;
  /** The latest attempt to connect to it failed: nothing can have been sent. */
  readonly unreachable: boolean;
  readonly lastAnsweredAt?: number;
  /** `detail` is a short code for support: "ECONNREFUSED", "HTTP 502". */
  readonly lastFailure?: { readonly at: number; readonly detail: string };
}

/**
 * A payment gateway. Calls never reject: whatever goes wrong is an answer, and what cannot be proved is UNKNOWN.
 * Every call is bounded in time by the driver.
 */
export interface PaymentGateway {
  pay(order: PayOrder, code: Secret): Promise<PayAnswer>;
  query(order: Pick<PayOrder, 'outTradeNo' | 'amountFen'>): Promise<QueryAnswer>;
  reverse(order: Pick<PayOrder, 'outTradeNo'>): Promise<ReverseAnswer>;
  line(): LineState;
  close(): Promise<void>;
}

/** An order by the merchant's number or by the gateway's. */
export type OrderRef = { readonly outTradeNo: string } | { readonly transactionId: string };

/** One refund. Whoever asks keeps all of it, to ask the very same again: another number would be another refund. */
export interface RefundOrder {
  readonly order: OrderRef;
  /** At most 64 characters of `[0-9A-Za-z_-|*@]`. */
  readonly outRefundNo: string;
  /** What the order was for. */
  readonly totalFen: Fen;
  /** What is given back: all of it, or a part. */
  readonly refundFen: Fen;
  /** Shown to the customer; cut to 80 bytes of UTF-8. */
  readonly desc?: string | undefined;
  /** Out of money not settled yet, which is what nothing means, or out of the merchant's balance. */
  readonly from?: 'unsettled' | 'balance' | undefined;
  /** Where this refund's end is announced, instead of the address set at the merchant platform. */
  readonly notifyUrl?: string | undefined;
}

/** One refund by either of its numbers, or a page of an order's refunds beginning at `offset`. */
export type RefundQuestion =
  | { readonly outRefundNo: string }
  | { readonly refundId: string }
  | { readonly order: OrderRef; readonly offset?: number | undefined };

/**
 * Gives money back, and says what became of it. Calls never reject and are bounded in time, as a PaymentGateway's.
 * Between two refunds of one order WeChat Pay wants a minute; an order takes 50 of them, within a year of payment.
 */
export interface RefundGateway {
  refund(refund: RefundOrder): Promise<RefundAnswer>;
  refundQuery(question: RefundQuestion): Promise<RefundQueryAnswer>;
}

/** Finds an order by either of its numbers, whoever made it. Never rejects and is bounded in time, as a PaymentGateway's calls. */
export interface LookUpGateway {
  lookUp(ref: OrderRef): Promise<OrderLookUp>;
}
