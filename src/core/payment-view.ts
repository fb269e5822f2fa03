import { unreachable } from './assert.ts';
import type { Reason } from './gateway-answer.ts';
import { isSettled, type Payment } from './payment.ts';

/** What a cashier has to know of a payment, at a glance. */
export type Phase =
  | 'working'
  | 'password'
  /** Do not hand over the goods yet: being resolved. */
  | 'uncertain'
  | 'cancelling'
  | 'attention'
  | 'paid'
  | 'declined'
  | 'cancelled';

export interface PaymentGlance {
  readonly phase: Phase;
  /** No more will come of it: the next sale, or the next attempt, may begin. */
  readonly settled: boolean;
  readonly reason?: Reason;
  /** Until when the present wait lasts at most, epoch milliseconds. */
  readonly until?: number;
  /** May the cashier still ask to cancel? */
  readonly cancellable: boolean;
}

export function glance(payment: Payment): PaymentGlance {
  const settled = isSettled(payment);
  switch (payment.state) {
    case 'submitted':
      return {
        phase: payment.cancelRequested ? 'cancelling' : 'working',
        settled,
        cancellable: !payment.cancelRequested,
      };
    case 'pending': {
      const phase = payment.reason.code === 'AWAITING_PASSWORD' ? 'password' : 'uncertain';
      return { phase, settled, reason: payment.reason, until: payment.giveUpAt, cancellable: true };
    }
    case 'declining':
      return { phase: 'working', settled, reason: payment.reason, cancellable: false };
    case 'reversing':
    case 'confirming': {
      const phase = payment.cause === 'cancelled' ? 'cancelling' : 'uncertain';
      return { phase, settled, ...reasonOf(payment), until: payment.nextAt, cancellable: false };
    }
    case 'attention':
      return { phase: 'attention', settled, ...reasonOf(payment), cancellable: false };
    case 'paid':
      return { phase: 'paid', settled, cancellable: false };
    case 'declined':
      return { phase: 'declined', settled, reason: payment.reason, cancellable: false };
    case 'reversed':
      // The gateway had said no and the order was then closed: for the cashier that is a declined payment.
      return {
        phase: payment.cause === 'refused' ? 'declined' : 'cancelled',
        settled,
        ...reasonOf(payment),
        cancellable: false,
      };
    default:
      return unreachable(payment);
  }
}

function reasonOf(payment: { readonly reason?: Reason }): { reason?: Reason } {
  return payment.reason === undefined ? {} : { reason: payment.reason };
}
