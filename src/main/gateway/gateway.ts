import type { PayAnswer, QueryAnswer, ReverseAnswer } from '../../core/gateway-answer.ts';
import type { Fen } from '../../core/money.ts';
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
