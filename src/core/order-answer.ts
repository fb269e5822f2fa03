import type { CallTrouble, Reason } from './gateway-answer.ts';

/*
 * What a payment gateway can say of an order that the customer pays from the phone: by a code that the till shows, in
 * a page or in an app. Placing and closing move no money; what they leave open is whether anybody can still pay.
 */

/** Why, in the words of the till: what any call can meet, and what the calls about orders know. */
export type OrderReasonCode =
  | CallTrouble
  | 'NOT_ENOUGH'
  | 'CODE_EXPIRED'
  | 'CODE_INVALID'
  | 'NUMBER_USED'
  | 'ALREADY_PAID'
  | 'ORDER_CLOSED'
  | 'CLOSE_REFUSED';

export type OrderReason = Reason<OrderReasonCode>;

/**
 * The gateway keeps a place for the order's payment this long. Nobody can begin to pay by it after that; the very same
 * order, placed again, then gets another. That ends only when the order is closed, or by a time of its own.
 */
export const PREPAY_VALID_MS = 2 * 3_600_000;

export interface PlacedOrder {
  /** What a page or an app needs, signed, to call up the payment. */
  readonly prepayId: string;
  /** What the till shows as a QR code; only of NATIVE orders. */
  readonly codeUrl?: string;
}

/**
 * PLACED: it can be paid from now on. REFUSED: this call placed nothing. NOT_SENT: surely nothing left the machine.
 * UNKNOWN: it may be there. The same call again, with the very same order, is harmless and brings its place;
 * whoever gives the number up instead closes it first.
 */
export type PlaceAnswer =
  | { readonly verdict: 'PLACED'; readonly placed: PlacedOrder }
  | { readonly verdict: 'REFUSED' | 'NOT_SENT' | 'UNKNOWN'; readonly reason: OrderReason };

/**
 * CLOSED: it can never be paid any more. ALREADY_PAID: the customer was faster; a query brings the money's details.
 * NOT_FOUND: no such order, so far; one that was placed a moment ago may still be on its way to the gateway.
 * AGAIN: not closed, or not known: the same call again, later. REFUSED: it will not be closed, however often it is
 * asked; only a query tells how it stands.
 */
export type CloseAnswer =
  | { readonly verdict: 'CLOSED' | 'ALREADY_PAID' | 'NOT_FOUND' }
  | { readonly verdict: 'AGAIN' | 'REFUSED'; readonly reason: OrderReason };

/** Whose payment code it is. REFUSED: the code is no good. UNKNOWN: nothing was learned of it. */
export type OpenidAnswer =
  | {
      readonly verdict: 'FOUND';
      /** The payer as the merchant's appid knows them; `subOpenid` as a sub-merchant's own appid does. */
      readonly openid: string;
      readonly subOpenid?: string;
    }
  | { readonly verdict: 'REFUSED' | 'UNKNOWN'; readonly reason: OrderReason };

/** Telemetry was taken, or it was not; nothing depends on it. `count`: how many of the trades fitted into the report. */
export type ReportAnswer =
  | { readonly verdict: 'TAKEN'; readonly count: number }
  | { readonly verdict: 'UNKNOWN'; readonly reason: OrderReason };
