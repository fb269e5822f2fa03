import type { Reason, Settlement } from './gateway-answer.ts';

/*
 * What a payment gateway can say of an order that this till may never have made, as plain data: for a person who holds
 * a number from a customer's phone or from a receipt, and wants to see what became of it.
 */

/**
 * PAID: the money is here. REFUNDED: it was paid, and some or all of it has been given back since. NOT_PAID: it waits.
 * AWAITING_PASSWORD: the customer is asked for the password. ACCEPTED: the debit is still to come. FAILED: it wants
 * reversing. REVERSED and CLOSED: it can never be paid any more. UNKNOWN: a state that nobody has documented.
 */
export type OrderState =
  | 'PAID'
  | 'REFUNDED'
  | 'NOT_PAID'
  | 'AWAITING_PASSWORD'
  | 'ACCEPTED'
  | 'FAILED'
  | 'REVERSED'
  | 'CLOSED'
  | 'UNKNOWN';

export interface FoundOrder {
  readonly state: OrderState;
  /** The gateway's own code and words for the state, for support: shown small, never parsed. */
  readonly gatewayState: string;
  readonly gatewayText: string;
  readonly outTradeNo: string;
  /** Absent while nothing has been paid: the gateway does not always say it then. */
  readonly transactionId?: string;
  /** The money that came in. Always there for PAID; for REFUNDED where the gateway says it; else never. */
  readonly settlement?: Settlement;
  /** MICROPAY, NATIVE, JSAPI, APP …; empty when the gateway does not say. */
  readonly tradeType: string;
  /** Which till it was and what it noted, as sent with the order; empty when it sent none. */
  readonly deviceInfo: string;
  readonly attach: string;
}

/**
 * NOT_FOUND: no such order, so far; one that was sent a moment ago may still be on its way to the gateway.
 * UNKNOWN: nothing was learned about it.
 */
export type OrderLookUp =
  | { readonly verdict: 'FOUND'; readonly order: FoundOrder }
  | { readonly verdict: 'NOT_FOUND' }
  | { readonly verdict: 'UNKNOWN'; readonly reason: Reason };
