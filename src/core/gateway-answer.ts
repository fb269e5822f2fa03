import type { Fen } from './money.ts';

/**
 * What a payment gateway can say, as plain data. Three answers, never two: PAID, DECLINED (definite: the money did
 * not move) and UNKNOWN. Everything a driver cannot prove is UNKNOWN.
 */

/** What any call can meet, whatever it was about. */
export type CallTrouble =
  // the merchant's side
  | 'NO_PERMISSION'
  | 'BAD_CONFIG'
  | 'BAD_CERTIFICATE'
  | 'RATE_LIMITED'
  // the line's side
  | 'NOT_SENT'
  | 'NO_REPLY'
  | 'BAD_REPLY'
  | 'BAD_SIGNATURE'
  | 'REPLY_MISMATCH'
  | 'GATEWAY_BUSY'
  | 'UNLISTED';

/** Why, in the words of the till. Each has its text in advice.ts; a gateway's own code travels beside it. */
export type ReasonCode =
  | CallTrouble
  // the customer's side
  | 'NOT_ENOUGH'
  | 'CODE_EXPIRED'
  | 'CODE_INVALID'
  | 'CARD_NOT_SUPPORTED'
  | 'PAYER_MISMATCH'
  | 'TRADE_REFUSED'
  | 'CUSTOMER_CANCELLED'
  // the order's side
  | 'NUMBER_USED'
  | 'ALREADY_PAID'
  | 'ORDER_CLOSED'
  | 'ORDER_REVERSED'
  | 'REVERSE_EXPIRED'
  | 'REVERSE_REFUSED'
  | 'REFUNDED'
  | 'CLOSE_REFUSED'
  // on its way
  | 'BANK_BUSY'
  | 'AWAITING_PASSWORD'
  | 'AWAITING_SCAN'
  // our own
  | 'RESTARTED';

export interface Reason<Code extends string = ReasonCode> {
  readonly code: Code;
  /** The gateway's own code and words, for support: shown small, never parsed. */
  readonly gatewayCode?: string;
  readonly gatewayText?: string;
}

/** What the gateway says of the money that came in. */
export interface Settlement {
  readonly transactionId: string;
  /** The order's amount. */
  readonly totalFen: Fen;
  /** What the customer paid: total less coupons. */
  readonly cashFen: Fen;
  readonly couponFen: Fen;
  /** What is settled to the merchant: total less coupons that are no money. Only where such a coupon was used. */
  readonly settledFen?: Fen;
  /** What the customer paid, where that was not in CNY. `cashFen` is then the same in CNY. */
  readonly foreignCash?: ForeignCash;
  readonly bankType: string;
  /** Beijing time, `yyyyMMddHHmmss`, as the gateway gave it. */
  readonly timeEnd: string;
}

/** Money of another currency, as the customer's wallet knows it. */
export interface ForeignCash {
  /** ISO 4217: "HKD". */
  readonly currency: string;
  /** In that currency's smallest unit, which is not always a hundredth. */
  readonly amountMinor: number;
  /** CNY against that currency, times 10⁸, as the gateway gave it; absent where it did not. */
  readonly rate?: string;
}

export type PayAnswer =
  | { readonly verdict: 'PAID'; readonly settlement: Settlement }
  /** The gateway says no. Provisional until a query confirms it, unless nothing was ever sent. */
  | { readonly verdict: 'DECLINED'; readonly reason: Reason; readonly thenReverse: boolean }
  | { readonly verdict: 'NOT_SENT'; readonly reason: Reason }
  | {
      readonly verdict: 'UNKNOWN';
      readonly reason: Reason;
      /** Signed word that the customer is being asked for the password: until it is typed or refused, nothing moves. */
      readonly passwordAsked?: true;
    };

/**
 * NOT_FOUND: no such order. NOT_PAID: it waits. FAILED: it wants reversing. CLOSED: it can never be paid any more.
 * REFUNDED: it was paid, and money has been given back since, by whoever; how much is another question.
 */
export type QueryAnswer =
  | { readonly verdict: 'PAID'; readonly settlement: Settlement }
  | {
      readonly verdict: 'NOT_FOUND' | 'NOT_PAID' | 'AWAITING_PASSWORD' | 'FAILED' | 'CLOSED' | 'REFUNDED';
      readonly reason?: Reason;
    }
  | { readonly verdict: 'UNKNOWN'; readonly reason: Reason };

export type ReverseAnswer =
  | { readonly verdict: 'REVERSED' }
  /** Not reversed yet, or not known: the same call again, later. */
  | { readonly verdict: 'AGAIN'; readonly reason: Reason }
  /** The gateway will not reverse this order, however often it is asked. */
  | { readonly verdict: 'REFUSED'; readonly reason: Reason };
