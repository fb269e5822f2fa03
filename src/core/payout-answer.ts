import type { CallTrouble, Reason } from './gateway-answer.ts';
import type { Fen } from './money.ts';

/*
 * What a payment gateway can say of money that goes out to somebody: a red packet, a payment to a WeChat balance or to
 * a bank card. As with refunds, being accepted is one thing and having arrived another.
 */

/** Why, in the words of the till: what any call can meet, and what only payouts know. */
export type PayoutReasonCode =
  | CallTrouble
  | 'MERCHANT_BALANCE_LOW'
  | 'PAYEE_UNKNOWN'
  | 'PAYEE_NOT_VERIFIED'
  | 'PAYEE_BLOCKED'
  | 'NAME_MISMATCH'
  | 'AMOUNT_NOT_ALLOWED'
  | 'LIMIT_REACHED'
  | 'PAYOUT_FAILED'
  | 'PAYOUT_IN_PROGRESS'
  | 'PAYOUT_NUMBER_USED';

export type PayoutReason = Reason<PayoutReasonCode>;

export interface AcceptedPayout {
  /** The gateway's number of this payout. */
  readonly gatewayNo: string;
  /** What the gateway charges the merchant on top of the amount. */
  readonly feeFen: Fen;
}

/**
 * ACCEPTED: the payout with this number exists, by this call or by an earlier one.
 * REFUSED: the gateway will not make it under this number. It warns that such a no is not always the end of it: ask
 * for the payout by its number before anybody is paid under another.
 * AGAIN: this call made no payout; the same call, with the same number, can be made later.
 * UNKNOWN: it may have been made. Ask for the payout by its number. The same call again is harmless; one with another
 * number pays a second time.
 */
export type PayoutAnswer =
  | { readonly verdict: 'ACCEPTED'; readonly payout: AcceptedPayout }
  | { readonly verdict: 'REFUSED' | 'AGAIN' | 'UNKNOWN'; readonly reason: PayoutReason };

/**
 * PROCESSING: on its way. WAITING: a red packet that nobody has opened yet; after 24 hours it comes back.
 * SUCCEEDED: the payee has it. FAILED: it came to nothing, and the money stayed. RETURNING and RETURNED: it had gone
 * out and is coming back, or has come back (a red packet nobody opened, a bank that sent it back).
 * UNKNOWN: a state that nobody has documented.
 */
export type PayoutState = 'PROCESSING' | 'WAITING' | 'SUCCEEDED' | 'FAILED' | 'RETURNING' | 'RETURNED' | 'UNKNOWN';

export interface FoundPayout {
  readonly gatewayNo: string;
  readonly state: PayoutState;
  readonly amountFen: Fen;
  readonly feeFen: Fen;
  /** What of the amount is back with the merchant: less than all of it when a group opened a part. */
  readonly returnedFen: Fen;
  /** Why it failed, as the gateway words it for people. Empty when it does not say. */
  readonly failure: string;
  /** Beijing time, `yyyy-MM-dd HH:mm:ss`, as the gateway gave it; empty until the payee has it. */
  readonly succeededAt: string;
}

/**
 * NOT_FOUND: no such payout, so far. One that was sent a moment ago may still be on its way to the gateway, and one
 * that is over 30 days old is not found any more: neither proves that nothing was paid.
 */
export type PayoutQueryAnswer =
  | { readonly verdict: 'FOUND'; readonly payout: FoundPayout }
  | { readonly verdict: 'NOT_FOUND' }
  | { readonly verdict: 'UNKNOWN'; readonly reason: PayoutReason };
