import { unreachable } from './assert.ts';
import type { Reason } from './gateway-answer.ts';
import { isSettled, type Payment } from './payment.ts';

/** What a cashier has to know of a payment, at a glance. */
export type Phase =
  | 'working'
  /** The QR code is shown, and waits to be scanned. */
  | 'offered'
  | 'password'
  /** Do not hand over the goods yet: being resolved. */
  | 'uncertain'
  | 'cancelling'
  /** The QR code is not shown any more, but whoever has seen it may still pay until the order is closed. */
  | 'closing'
  | 'attention'
  | 'paid'
  | 'declined'
  | 'cancelled'
  /** Closed by a manager without certainty. */
  | 'givenUp';

export interface PaymentGlance {
  readonly phase: Phase;
  /** No more will come of it: the next sale, or the next attempt, may begin. */
  readonly settled: boolean;
  readonly reason?: Reason;
  /** Until when the present wait lasts at most, epoch milliseconds. */
  readonly until?: number;
  /** May the cashier still ask to cancel? */
  readonly cancellable: boolean;
  /** A manager has asked for a refund of it that has not arrived yet: it must not be given back a second time. */
  readonly refunding?: true;
  /** May the cashier turn to the next customer? An uncertain payment goes on resolving itself in the background. */
  readonly leavable: boolean;
}

export function glance(payment: Payment): PaymentGlance {
  const settled = isSettled(payment);
  const over = { settled, cancellable: false, leavable: true };
  switch (payment.state) {
    case 'submitted': {
      const phase = payment.cancelRequested ? 'cancelling' : 'working';
      return { phase, settled, cancellable: !payment.cancelRequested, leavable: false };
    }
    case 'pending': {
      const { reason, giveUpAt: until } = payment;
      const phase = reason.code === 'AWAITING_PASSWORD' ? 'password' : waitingPhase(payment);
      return { phase, settled, reason, until, cancellable: true, leavable: false };
    }
    case 'declining':
      return { phase: 'working', settled, reason: payment.reason, cancellable: true, leavable: false };
    case 'reversing':
    case 'confirming': {
      if (payment.method === 'native')
        return { phase: 'closing', ...over, ...reasonOf(payment), until: payment.reverseFrom };
      const phase = payment.cause === 'cancelled' ? 'cancelling' : 'uncertain';
      return { phase, ...over, ...reasonOf(payment), until: payment.nextAt };
    }
    case 'attention':
      return {
        phase: 'attention',
        ...over,
        ...reasonOf(payment),
        ...(payment.refundId === undefined ? {} : { refunding: true }),
      };
    case 'paid':
      return { phase: 'paid', ...over };
    case 'givenUp':
      return { phase: 'givenUp', ...over, ...reasonOf(payment) };
    case 'declined':
      return { phase: 'declined', ...over, reason: payment.reason };
    case 'reversed':
      // The gateway had said no and the order was then closed: for the cashier that is a declined payment.
      return { phase: payment.cause === 'refused' ? 'declined' : 'cancelled', ...over, ...reasonOf(payment) };
    default:
      return unreachable(payment);
  }
}

/** An order that is still to be placed has no code that anybody could have paid by: nothing is uncertain yet. */
function waitingPhase({ method, codeUrl }: Payment): Phase {
  if (method !== 'native') return 'uncertain';
  return codeUrl === undefined ? 'working' : 'offered';
}

function reasonOf(payment: { readonly reason?: Reason }): { reason?: Reason } {
  return payment.reason === undefined ? {} : { reason: payment.reason };
}
