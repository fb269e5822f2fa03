import type { RefundEnd } from '../ledger/events.ts';
import type { SideEndpointName } from './side-faults.ts';

/*
 * What can go differently, as data: the customer decides about the money, faults decide about the wire. The two are
 * independent, because that is what makes payments hard.
 */

export type Endpoint =
  | 'micropay'
  | 'orderquery'
  | 'reverse'
  | 'refund'
  | 'refundquery'
  | 'unifiedorder'
  | 'closeorder'
  | 'authcodetoopenid'
  | SideEndpointName;

export type Customer =
  | { readonly kind: 'pays-at-once'; readonly withCoupon?: boolean }
  /** The password box opens first. */
  | { readonly kind: 'types-then-pays' | 'types-then-cancels' | 'walks-away' | 'bank-refuses' }
  /** Leaves the password box open and confirms just as the till takes the payment back. */
  | { readonly kind: 'pays-at-reversal' }
  /** Nothing can be charged, and the answer to the pay call says why. */
  | { readonly kind: 'refused'; readonly errCode: string };

/** Replies that say nothing of the order itself, so that they can be given without the work having been done. */
export type BareReply =
  /** A signed FAIL with this code. */
  | { readonly kind: 'error'; readonly errCode: string }
  /** An unsigned `return_code=FAIL`. */
  | { readonly kind: 'return-fail'; readonly returnMsg: string }
  /** A signed FAIL that asks for the same call again; reverse only. */
  | { readonly kind: 'recall' }
  /** The connection breaks without a byte. */
  | { readonly kind: 'lost' }
  /** A web server's error page. */
  | { readonly kind: 'http'; readonly status: number };

/** The true reply, deformed. */
export type DeformedReply =
  | { readonly kind: 'slow'; readonly delayMs?: number }
  /** Cut off in the middle of a tag. */
  | { readonly kind: 'garbled' }
  /** Signed with a key that is not the merchant's. */
  | { readonly kind: 'bad-sign' }
  | { readonly kind: 'unsigned' }
  /** One fen more than was asked for, well signed. */
  | { readonly kind: 'wrong-amount' };

export type Fault =
  /** The money is moved or the order looked up; the reply is what goes wrong. */
  | { readonly work: 'done'; readonly reply: BareReply | DeformedReply }
  /** The request comes to nothing. */
  | { readonly work: 'skipped'; readonly reply: BareReply }
  /** The connection breaks, and the request is worked on when nobody waits for it any more; micropay only. */
  | { readonly work: 'late' };

/** A fault that goes away after some calls. */
export interface PassingFault {
  readonly fault: Fault;
  readonly times: number;
}

export interface Behaviour {
  readonly customer: Customer;
  readonly micropay?: Fault;
  readonly orderquery?: PassingFault;
  readonly reverse?: PassingFault;
  readonly refund?: PassingFault;
  readonly refundquery?: PassingFault;
  readonly unifiedorder?: PassingFault;
  readonly closeorder?: PassingFault;
  readonly authcodetoopenid?: PassingFault;
  /** How this customer's refunds go, where they do not go as all others do. */
  readonly refunds?: { readonly takesMs?: number; readonly end?: RefundEnd };
}

export const PAYS_AT_ONCE: Behaviour = { customer: { kind: 'pays-at-once' } };
