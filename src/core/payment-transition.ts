import { unreachable } from './assert.ts';
import type { PayAnswer, ReverseAnswer } from './gateway-answer.ts';
import { type MethodEvent, nativeTransition } from './native-transition.ts';
import type { Decision, Payment, PaymentEvent, RefundMove } from './payment.ts';
import { attention, backoff, IllegalTransition, move, reversalOf, reverse } from './payment-moves.ts';
import { queried } from './payment-queried.ts';

/*
 * The one way a payment changes. Who calls it: the engine, once per event, and the ledger, once per journal row.
 */

/** @throws IllegalTransition when the event cannot happen in this state: a bug, not life. */
export function transition(payment: Payment, event: PaymentEvent, at: number): Payment {
  switch (event.type) {
    case 'givenUp':
      return givenUp(payment, event.decision);
    case 'refundMoved':
      return refundMoved(payment, event.refundId, event.to);
    default:
      return payment.method === 'native' ? nativeTransition(payment, event, at) : scannedTransition(payment, event, at);
  }
}

/** A payment by the customer's payment code. */
function scannedTransition(payment: Payment, event: MethodEvent, at: number): Payment {
  switch (event.type) {
    case 'answered':
      return answered(payment, event.answer, at);
    case 'queried':
      return queried(payment, event.answer, at);
    case 'reverseAnswered':
      return reverseAnswered(payment, event.answer, at);
    case 'cancelRequested':
      return cancelRequested(payment, at);
    case 'placed':
    case 'closeAnswered':
      throw new IllegalTransition(payment.state, event.type);
    case 'resumed':
      return resumed(payment, at);
    default:
      return unreachable(event);
  }
}

function answered(submitted: Payment, answer: PayAnswer, at: number): Payment {
  if (submitted.state !== 'submitted') throw new IllegalTransition(submitted.state, 'answered');
  const { cancelRequested } = submitted;
  // The call reached the gateway some time before its answer reached us: from the answer, 15 s are surely 15 s.
  const payment = { ...submitted, reverseFrom: at + submitted.timings.reverseNotBeforeMs };
  switch (answer.verdict) {
    case 'PAID':
      // The cashier's word came first and the goods were not handed over: the money goes back.
      if (cancelRequested) return reverse(payment, { cause: 'cancelled' }, at);
      return move(payment, { state: 'paid', settlement: answer.settlement });
    case 'NOT_SENT':
      return move(payment, { state: 'declined', reason: answer.reason });
    case 'DECLINED':
      return move(payment, {
        state: 'declining',
        reason: answer.reason,
        thenReverse: answer.thenReverse,
        cancelRequested,
        nextAt: at,
      });
    case 'UNKNOWN': {
      if (cancelRequested) return reverse(payment, { cause: 'cancelled', reason: answer.reason }, at);
      // Silence has already cost the whole time-out: ask at once. A reply that says "busy" wants a moment first.
      const wait = answer.reason.code === 'NO_REPLY' ? 0 : payment.timings.pollMs;
      return move(payment, {
        state: 'pending',
        reason: answer.reason,
        ...(answer.passwordAsked ? { passwordAsked: true } : {}),
        passwordSeen: false,
        nextAt: at + wait,
      });
    }
    default:
      return unreachable(answer);
  }
}

function reverseAnswered(payment: Payment, answer: ReverseAnswer, at: number): Payment {
  if (payment.state !== 'reversing') throw new IllegalTransition(payment.state, 'reverseAnswered');
  const { tries, timings } = payment;
  const reversal = reversalOf(payment);
  switch (answer.verdict) {
    case 'REVERSED':
      return move(payment, { state: 'confirming', claimed: true, ...reversal, tries, nextAt: at });
    case 'AGAIN':
      // Not done, or done and not said: before it is asked for again, a query looks what became of it.
      return move(payment, {
        state: 'confirming',
        claimed: false,
        ...reversal,
        tries,
        nextAt: at + backoff(timings, tries),
      });
    case 'REFUSED':
      return attention(payment, { cause: reversal.cause, reason: answer.reason }, at);
    default:
      return unreachable(answer);
  }
}

function cancelRequested(payment: Payment, at: number): Payment {
  switch (payment.state) {
    case 'submitted':
      return { ...payment, cancelRequested: true };
    case 'pending':
      return reverse(payment, { cause: 'cancelled', reason: payment.reason }, at);
    // The confirming query is moments away and may free the sale at once; if it cannot, the payment is taken back.
    case 'declining':
      return { ...payment, cancelRequested: true };
    default:
      return payment;
  }
}

/** Only what a machine has handed to a person can be given up by one. */
function givenUp(payment: Payment, decision: Decision): Payment {
  const isFree = payment.state === 'attention' && payment.refundId === undefined;
  if (!isFree) throw new IllegalTransition(payment.state, 'givenUp');
  const { settlement } = payment;
  return move(payment, {
    state: 'givenUp',
    decision,
    ...reversalOf(payment),
    ...(settlement === undefined ? {} : { settlement }),
  });
}

/** Only money that the gateway surely holds, and that nobody is giving back already, is refunded from here. */
function refundMoved(payment: Payment, refundId: string, to: RefundMove): Payment {
  if (to === 'requested') {
    const isFree = payment.state === 'attention' && payment.refundId === undefined && payment.settlement !== undefined;
    if (!isFree) throw new IllegalTransition(payment.state, 'refundMoved');
    return { ...payment, refundId };
  }
  // Whatever ended it meanwhile stands, and the journal keeps what became of the refund.
  if (payment.state !== 'attention' || payment.refundId !== refundId) return payment;
  if (to === 'refunded') return move(payment, { state: 'reversed', ...reversalOf(payment) });
  const { refundId: _, ...waiting } = payment;
  // The order may say REFUNDED for ever, though nothing arrived: from here on that is a person's to judge.
  return { ...waiting, reason: { code: 'REFUNDED' } };
}

function resumed(payment: Payment, at: number): Payment {
  const { timings } = payment;
  const resumedAt = {
    // A wall clock that was set while we were away must neither turn 45 s into hours nor 15 s into nothing: the call
    // may have left at the last moment before the end, but not later than now.
    giveUpAt: Math.min(payment.giveUpAt, at + timings.giveUpMs),
    reverseFrom: at + timings.reverseNotBeforeMs,
  };
  switch (payment.state) {
    case 'submitted': {
      const asked = { ...payment, ...resumedAt };
      const reason = { code: 'RESTARTED' } as const;
      if (payment.cancelRequested) return reverse(asked, { cause: 'cancelled', reason }, at);
      return move(asked, { state: 'pending', reason, passwordSeen: false, nextAt: at });
    }
    case 'pending':
    case 'declining':
      return { ...payment, ...resumedAt, nextAt: at };
    case 'confirming':
    case 'attention':
      return { ...payment, ...resumedAt, nextAt: at };
    case 'reversing':
      // One that was asked for before has kept the rule already.
      return { ...payment, ...resumedAt, nextAt: payment.tries > 0 ? at : resumedAt.reverseFrom };
    case 'reversed':
      // A clock that was set ahead would have us look while the pay call is still on its way, and never again.
      return payment.lateCheckAt === undefined ? payment : { ...payment, lateCheckAt: at + timings.lateCheckMs };
    case 'paid':
    case 'declined':
    case 'givenUp':
      return payment;
    default:
      return unreachable(payment);
  }
}
