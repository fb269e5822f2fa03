import type { Reason, Settlement } from '../../../../core/gateway-answer.ts';
import type { Fen } from '../../../../core/money.ts';
import type { RefundRecord } from '../../../../core/refund-answer.ts';

/*
 * What WeChat Pay tells a merchant of its own accord. A notification is news and no proof: it can come late, twice,
 * out of order or never. Whoever hears one asks how the order stands, and believes that answer.
 */

export type NotificationEvent =
  | { readonly kind: 'payment'; readonly outTradeNo: string; readonly settlement: Settlement }
  | { readonly kind: 'payment-failed'; readonly outTradeNo: string; readonly reason: Reason }
  | {
      readonly kind: 'refund';
      readonly outTradeNo: string;
      readonly transactionId: string;
      /** What the order was for. */
      readonly totalFen: Fen;
      readonly refund: RefundRecord;
    };

/** Why a notification is not believed, nor confirmed. */
export type RefusalCode =
  | 'UNREADABLE'
  | 'BAD_SIGNATURE'
  | 'UNDECRYPTABLE'
  | 'NOT_OURS'
  | 'UNKNOWN_ORDER'
  | 'OTHER_AMOUNT'
  | 'INCOMPLETE';

export interface Refusal {
  readonly code: RefusalCode;
  /** Which field is missing or wrong; never a value. */
  readonly field?: string;
}

/** What was heard, and the XML to answer with. A refused notification comes again, by WeChat Pay's schedule. */
export type Heard =
  | { readonly event: NotificationEvent; readonly reply: string }
  | { readonly refusal: Refusal; readonly reply: string };

/** What the merchant knows of its orders. */
export interface KnownOrders {
  /** What the order is for; undefined when nobody here placed it. */
  amountOf(outTradeNo: string): Fen | undefined;
}
