import { unreachable } from './assert.ts';
import type { QueryAnswer, Reason } from './gateway-answer.ts';
import type { Payment, PaymentStateName } from './payment.ts';
import { attention, backoff, IllegalTransition, move, reversalOf, reverse } from './payment-moves.ts';

/** What a query's answer makes of a payment. @throws IllegalTransition when nobody can have asked. */
export function queried(payment: Payment, answer: QueryAnswer, at: number): Payment {
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
    // One that was on its way when a manager decided: the decision stands, and the journal keeps the answer.
    case 'givenUp':
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
    case 'REFUNDED':
      return attention(payment, { cause: 'timeout', reason: { code: 'REFUNDED' } }, at);
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
    ...passwordAfter(payment, answer),
    // The last query falls on the deadline itself, so that a reversal always follows a fresh look.
    nextAt: Math.min(at + timings.pollMs, Math.max(at, giveUpAt)),
  });
}

/**
 * What is known of the password box. Where only the pay call has told of it, one "not paid" may come from a query that
 * lags behind, and would take the payment out of the customer's hands: the next one decides.
 */
function passwordAfter(
  { passwordAsked, passwordSeen }: In<'pending'>,
  { verdict }: QueryAnswer,
): Pick<In<'pending'>, 'passwordAsked' | 'passwordSeen'> {
  const isAnswered = verdict === 'AWAITING_PASSWORD' || verdict === 'NOT_PAID';
  if (passwordAsked && !isAnswered) return { passwordAsked, passwordSeen };
  return { passwordSeen: passwordSeen || verdict === 'AWAITING_PASSWORD' || passwordAsked === true };
}

function pendingReason(payment: In<'pending'>, answer: QueryAnswer): Reason {
  if (answer.verdict === 'AWAITING_PASSWORD') return { code: 'AWAITING_PASSWORD' };
  return answer.verdict === 'UNKNOWN' ? answer.reason : payment.reason;
}

function queriedDeclining(payment: In<'declining'>, answer: QueryAnswer, at: number): Payment {
  const { reason, thenReverse, cancelRequested } = payment;
  switch (answer.verdict) {
    case 'PAID':
      if (cancelRequested) return reverse(payment, { cause: 'cancelled', reason }, at);
      return move(payment, { state: 'paid', settlement: answer.settlement });
    case 'REFUNDED':
      return attention(payment, { cause: 'refused', reason: { code: 'REFUNDED' } }, at);
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
      if (cancelRequested) return reverse(payment, { cause: 'cancelled', reason }, at);
      return move(payment, {
        state: 'pending',
        reason: { code: 'AWAITING_PASSWORD' },
        passwordSeen: true,
        nextAt: at + payment.timings.pollMs,
      });
    case 'UNKNOWN':
      if (cancelRequested) return reverse(payment, { cause: 'cancelled', reason }, at);
      if (at >= payment.giveUpAt) return reverse(payment, { cause: 'refused', reason }, at);
      return { ...payment, nextAt: at + payment.timings.pollMs };
    default:
      return unreachable(answer);
  }
}

function queriedConfirming(payment: In<'confirming'>, answer: QueryAnswer, at: number): Payment {
  const { reverseFrom, timings, tries, claimed } = payment;
  const reversal = reversalOf(payment);
  switch (answer.verdict) {
    case 'CLOSED':
    case 'REFUNDED':
      return move(payment, { state: 'reversed', ...reversal });
    case 'NOT_FOUND': {
      // "Reversing an order that does not exist answers SUCCESS": the pay call may still be wandering about. Its age
      // counts from where the reversal's does, the answer or a restart: a clock that was set meanwhile says nothing.
      const lateCheckAt = reverseFrom - timings.reverseNotBeforeMs + timings.lateCheckMs;
      return move(payment, { state: 'reversed', ...reversal, ...(lateCheckAt > at ? { lateCheckAt } : {}) });
    }
    case 'UNKNOWN':
      if (claimed) return { ...payment, tries: tries + 1, nextAt: at + backoff(timings, tries) };
      break;
    case 'PAID':
    case 'NOT_PAID':
    case 'AWAITING_PASSWORD':
    case 'FAILED':
      break;
    default:
      return unreachable(answer);
  }
  // One that had been claimed to be done has to wait its turn; the other has waited before it was asked about.
  const wait = claimed ? backoff(timings, tries) : 0;
  return move(payment, { state: 'reversing', ...reversal, tries: tries + 1, nextAt: at + wait });
}

/** A slow look at a payment that waits for a person, however it was to be paid. */
export function queriedAttention(payment: In<'attention'>, answer: QueryAnswer, at: number): Payment {
  const reversal = { ...reversalOf(payment), tries: payment.tries };
  const nextAt = at + payment.timings.attentionPollMs;
  // The order says REFUNDED as soon as a refund is accepted: only the refund's own end is believed then.
  if (payment.refundId !== undefined) return { ...payment, nextAt };
  switch (answer.verdict) {
    case 'CLOSED':
    case 'REFUNDED':
      // Refunded while nobody had asked for a reversal: still a person's to look at, for it may be only in part.
      if (answer.verdict === 'REFUNDED' && payment.reason?.code === 'REFUNDED') return { ...payment, nextAt };
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
  // No look is owed: one that was on its way when a refund ended the payment.
  if (payment.lateCheckAt === undefined) return payment;
  switch (answer.verdict) {
    case 'PAID':
    case 'NOT_PAID':
    case 'AWAITING_PASSWORD':
    case 'FAILED':
      return move(payment, { state: 'reversing', cause: 'late', tries: 0, nextAt: at });
    case 'NOT_FOUND':
    case 'CLOSED':
    case 'REFUNDED':
      return move(payment, { state: 'reversed', ...reversalOf(payment) });
    case 'UNKNOWN':
      return move(payment, { state: 'reversed', ...reversalOf(payment), lateCheckAt: at + timings.attentionPollMs });
    default:
      return unreachable(answer);
  }
}
