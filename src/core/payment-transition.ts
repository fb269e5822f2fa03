import { unreachable } from './assert.ts';
import type { PayAnswer, QueryAnswer, Reason, ReverseAnswer } from './gateway-answer.ts';
import type { Payment, PaymentEvent, PaymentState, PaymentStateName, Reversal, Timings } from './payment.ts';

/*
 * The one way a payment changes. Who calls it: the engine, once per event, and the ledger, once per journal row.
 */

/** @throws IllegalTransition when the event cannot happen in this state: a bug, not life. */
export function transition(payment: Payment, event: PaymentEvent, at: number): Payment {
  switch (event.type) {
    case 'answered':
      return answered(payment, event.answer, at);
    case 'queried':
      return queried(payment, event.answer, at);
    case 'reverseAnswered':
      return reverseAnswered(payment, event.answer, at);
    case 'cancelRequested':
      return cancelRequested(payment, at);
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
        nextAt: at,
      });
    case 'UNKNOWN': {
      if (cancelRequested) return reverse(payment, { cause: 'cancelled', reason: answer.reason }, at);
      // Silence has already cost the whole time-out: ask at once. A reply that says "busy" wants a moment first.
      const wait = answer.reason.code === 'NO_REPLY' ? 0 : payment.timings.pollMs;
      return move(payment, { state: 'pending', reason: answer.reason, passwordSeen: false, nextAt: at + wait });
    }
    default:
      return unreachable(answer);
  }
}

function queried(payment: Payment, answer: QueryAnswer, at: number): Payment {
  switch (payment.state) {
    case 'pending':
      return queriedPending(payment, answer, at);
    case 'declining':
      return queriedDeclining(payment, answer, at);
    case 'confirming':
      return queriedConfirming(payment, answer, at);
    case 'attention':
      return queriedAttention(payment, answer, at);
    case 'reversed':
      return queriedLate(payment, answer, at);
    // A query that was on its way when the cashier cancelled: the reversal stays owed, whatever it says.
    case 'reversing':
      return payment;
    default:
      throw new IllegalTransition(payment.state, 'queried');
  }
}

type In<S extends PaymentStateName> = Extract<Payment, { readonly state: S }>;

function queriedPending(payment: In<'pending'>, answer: QueryAnswer, at: number): Payment {
  const { timings, giveUpAt } = payment;
  switch (answer.verdict) {
    case 'PAID':
      return move(payment, { state: 'paid', settlement: answer.settlement });
    case 'CLOSED':
      return move(payment, { state: 'declined', reason: answer.reason ?? { code: 'ORDER_CLOSED' } });
    case 'FAILED':
      return reverse(payment, { cause: 'refused', reason: answer.reason ?? { code: 'TRADE_REFUSED' } }, at);
    case 'NOT_PAID':
      // The password box was open and is gone: the customer cancelled. No use waiting for the deadline.
      if (payment.passwordSeen) {
        return reverse(payment, { cause: 'refused', reason: { code: 'CUSTOMER_CANCELLED' } }, at);
      }
      break;
    case 'AWAITING_PASSWORD':
    case 'NOT_FOUND':
    case 'UNKNOWN':
      break;
    default:
      return unreachable(answer);
  }
  const reason = pendingReason(payment, answer);
  if (at >= giveUpAt) return reverse(payment, { cause: 'timeout', reason }, at);
  return move(payment, {
    state: 'pending',
    reason,
    passwordSeen: payment.passwordSeen || answer.verdict === 'AWAITING_PASSWORD',
    // The last query falls on the deadline itself, so that a reversal always follows a fresh look.
    nextAt: Math.min(at + timings.pollMs, Math.max(at, giveUpAt)),
  });
}

function pendingReason(payment: In<'pending'>, answer: QueryAnswer): Reason {
  if (answer.verdict === 'AWAITING_PASSWORD') return { code: 'AWAITING_PASSWORD' };
  return answer.verdict === 'UNKNOWN' ? answer.reason : payment.reason;
}

function queriedDeclining(payment: In<'declining'>, answer: QueryAnswer, at: number): Payment {
  const { reason, thenReverse } = payment;
  switch (answer.verdict) {
    case 'PAID':
      return move(payment, { state: 'paid', settlement: answer.settlement });
    case 'NOT_FOUND':
    case 'NOT_PAID':
      return thenReverse
        ? reverse(payment, { cause: 'refused', reason }, at)
        : move(payment, { state: 'declined', reason });
    case 'CLOSED':
      return move(payment, { state: 'declined', reason });
    case 'FAILED':
      return reverse(payment, { cause: 'refused', reason }, at);
    case 'AWAITING_PASSWORD':
      return move(payment, {
        state: 'pending',
        reason: { code: 'AWAITING_PASSWORD' },
        passwordSeen: true,
        nextAt: at + payment.timings.pollMs,
      });
    case 'UNKNOWN':
      if (at >= payment.giveUpAt) return reverse(payment, { cause: 'refused', reason }, at);
      return move(payment, { state: 'declining', reason, thenReverse, nextAt: at + payment.timings.pollMs });
    default:
      return unreachable(answer);
  }
}

function queriedConfirming(payment: In<'confirming'>, answer: QueryAnswer, at: number): Payment {
  const { submittedAt, timings, tries } = payment;
  const reversal = reversalOf(payment);
  switch (answer.verdict) {
    case 'CLOSED':
      return move(payment, { state: 'reversed', ...reversal });
    case 'NOT_FOUND': {
      // "Reversing an order that does not exist answers SUCCESS": the pay call may still be wandering about.
      const lateCheckAt = submittedAt + timings.lateCheckMs;
      return move(payment, { state: 'reversed', ...reversal, ...(lateCheckAt > at ? { lateCheckAt } : {}) });
    }
    case 'UNKNOWN':
      return { ...payment, nextAt: at + timings.pollMs };
    case 'PAID':
    case 'NOT_PAID':
    case 'AWAITING_PASSWORD':
    case 'FAILED':
      return move(payment, {
        state: 'reversing',
        ...reversal,
        tries: tries + 1,
        nextAt: at + backoff(timings, tries),
      });
    default:
      return unreachable(answer);
  }
}

function queriedAttention(payment: In<'attention'>, answer: QueryAnswer, at: number): Payment {
  const reversal = { ...reversalOf(payment), tries: payment.tries };
  const nextAt = at + payment.timings.attentionPollMs;
  switch (answer.verdict) {
    case 'CLOSED':
      return move(payment, { state: 'reversed', ...reversalOf(payment) });
    case 'PAID':
      return move(payment, { state: 'attention', ...reversal, settlement: answer.settlement, nextAt });
    case 'NOT_FOUND':
    case 'NOT_PAID':
    case 'FAILED':
    case 'AWAITING_PASSWORD':
      return move(payment, { state: 'reversing', ...reversal, nextAt });
    case 'UNKNOWN':
      return { ...payment, nextAt };
    default:
      return unreachable(answer);
  }
}

/** The one late look at an order that did not exist when it was reversed. */
function queriedLate(payment: In<'reversed'>, answer: QueryAnswer, at: number): Payment {
  const { timings } = payment;
  switch (answer.verdict) {
    case 'PAID':
    case 'NOT_PAID':
    case 'AWAITING_PASSWORD':
    case 'FAILED':
      return move(payment, { state: 'reversing', cause: 'late', tries: 0, nextAt: at });
    case 'NOT_FOUND':
    case 'CLOSED':
      return move(payment, { state: 'reversed', ...reversalOf(payment) });
    case 'UNKNOWN':
      return move(payment, { state: 'reversed', ...reversalOf(payment), lateCheckAt: at + timings.attentionPollMs });
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
      return move(payment, { state: 'confirming', ...reversal, tries, nextAt: at });
    case 'AGAIN':
      return { ...payment, tries: tries + 1, nextAt: at + backoff(timings, tries) };
    case 'REFUSED':
      return move(payment, { state: 'attention', cause: reversal.cause, reason: answer.reason, tries, nextAt: at });
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
    // The confirming query is moments away and may free the sale at once; if it cannot tell, nobody waits longer.
    case 'declining':
      return { ...payment, giveUpAt: Math.min(payment.giveUpAt, at) };
    default:
      return payment;
  }
}

function resumed(payment: Payment, at: number): Payment {
  const { timings } = payment;
  // A wall clock that was set back while we were away must not turn 15 s into hours.
  const giveUpAt = Math.min(payment.giveUpAt, at + timings.giveUpMs);
  const reverseFrom = Math.min(payment.reverseFrom, at + timings.reverseNotBeforeMs);
  const clamped = { ...payment, giveUpAt, reverseFrom };
  switch (clamped.state) {
    case 'submitted': {
      // The call may have left at the last moment before the end, but not later than now.
      const asked = { ...clamped, reverseFrom: at + timings.reverseNotBeforeMs };
      const reason = { code: 'RESTARTED' } as const;
      if (asked.cancelRequested) return reverse(asked, { cause: 'cancelled', reason }, at);
      return move(asked, { state: 'pending', reason, passwordSeen: false, nextAt: at });
    }
    case 'pending':
    case 'declining':
    case 'confirming':
    case 'attention':
      return { ...clamped, nextAt: at };
    case 'reversing':
      return { ...clamped, nextAt: Math.max(at, reverseFrom) };
    case 'reversed':
      return clamped.lateCheckAt === undefined
        ? clamped
        : { ...clamped, lateCheckAt: Math.min(clamped.lateCheckAt, at + timings.lateCheckMs) };
    case 'paid':
    case 'declined':
      return clamped;
    default:
      return unreachable(clamped);
  }
}

function reverse(payment: Payment, reversal: Omit<Reversal, 'tries'>, at: number): Payment {
  return move(payment, { state: 'reversing', ...reversal, tries: 0, nextAt: Math.max(at, payment.reverseFrom) });
}

function reversalOf(payment: Omit<Reversal, 'tries'>): Omit<Reversal, 'tries'> {
  return payment.reason === undefined ? { cause: payment.cause } : { cause: payment.cause, reason: payment.reason };
}

function backoff(timings: Timings, tries: number): number {
  return timings.reverseBackoffMs[tries] ?? timings.reverseBackoffMs.at(-1) ?? timings.pollMs;
}

/** The same payment in another state: identity and deadlines stay, what belonged to the old state goes. */
function move(payment: Payment, state: PaymentState): Payment {
  const { id, saleId, outTradeNo, amountFen, submittedAt, timings, giveUpAt, reverseFrom } = payment;
  return { id, saleId, outTradeNo, amountFen, submittedAt, timings, giveUpAt, reverseFrom, ...state };
}

export class IllegalTransition extends Error {
  override name = 'IllegalTransition';

  constructor(state: PaymentStateName, event: PaymentEvent['type']) {
    super(`A payment that is ${state} cannot be ${event}`);
  }
}
