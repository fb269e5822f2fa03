import { unreachable } from './assert.ts';
import type { QueryAnswer, Reason, ReasonCode, Settlement } from './gateway-answer.ts';
import type { CloseAnswer, PlaceAnswer } from './order-answer.ts';
import type { Payment, PaymentEvent, PaymentStateName, ReversalCause } from './payment.ts';
import { attention, backoff, IllegalTransition, move, reversalOf } from './payment-moves.ts';
import { queriedAttention } from './payment-queried.ts';

/*
 * An order that the customer pays by scanning the till's QR code. The states are a payment's; they mean here:
 *
 *   submitted   the order is being placed
 *   pending     not placed yet, and placed again under the same number; or, with a code, shown and asked after
 *   confirming  given up: looked at until it may be closed, and once more after it was closed
 *   reversing   to be closed
 *   reversed    closed, never paid
 *
 * Nobody can pay before the code was shown, and anybody who has seen it can until the order is closed. Closing gives
 * no money back: what came in after the cashier's word is handed to a person.
 */

/** What can happen to a payment that depends on how it is paid. */
export type MethodEvent = Exclude<PaymentEvent, { readonly type: 'givenUp' | 'refundMoved' }>;

/** @throws IllegalTransition when the event cannot happen in this state: a bug, not life. */
export function nativeTransition(payment: Payment, event: MethodEvent, at: number): Payment {
  switch (event.type) {
    case 'placed':
      return placed(payment, event.answer, at);
    case 'queried':
      return queried(payment, event.answer, at);
    case 'closeAnswered':
      return closeAnswered(payment, event.answer, at);
    case 'cancelRequested':
      return cancelRequested(payment, at);
    case 'resumed':
      return resumed(payment, at);
    case 'answered':
    case 'reverseAnswered':
      throw new IllegalTransition(payment.state, event.type);
    default:
      return unreachable(event);
  }
}

/** Its code is not shown any more, and yet money that comes in now would be kept: until the cashier says otherwise. */
export function isKeptIfPaid(payment: Payment): boolean {
  const isClosing = payment.state === 'confirming' || payment.state === 'reversing';
  return payment.method === 'native' && isClosing && payment.cause === 'timeout';
}

type In<S extends PaymentStateName> = Extract<Payment, { readonly state: S }>;

function placed(payment: Payment, answer: PlaceAnswer, at: number): Payment {
  switch (payment.state) {
    case 'submitted':
    case 'pending':
      return answer.verdict === 'PLACED' && answer.placed.codeUrl !== undefined
        ? offered(payment, answer.placed.codeUrl, at)
        : notPlaced(payment, whyNot(answer), answer.verdict, at);
    // The cashier did not wait for it. Nobody is shown the code; the order is closed as if somebody had been.
    case 'confirming':
    case 'reversing':
      return answer.verdict === 'PLACED' ? withCode(payment, answer.placed.codeUrl, at) : payment;
    default:
      throw new IllegalTransition(payment.state, 'placed');
  }
}

function offered(payment: In<'submitted' | 'pending'>, codeUrl: string, at: number): Payment {
  const known = withCode(payment, codeUrl, at);
  if (payment.state === 'submitted' && payment.cancelRequested) return takeBack(known, { cause: 'cancelled' }, at);
  return move(known, {
    state: 'pending',
    reason: { code: 'AWAITING_SCAN' },
    passwordSeen: false,
    nextAt: at + payment.timings.pollMs,
  });
}

/** The customer's time, and the gateway's before it may be closed, begin when the code can be shown. */
function withCode<P extends Payment>(payment: P, codeUrl: string | undefined, at: number): P {
  const { giveUpMs, reverseNotBeforeMs } = payment.timings;
  return codeUrl === undefined
    ? payment
    : { ...payment, codeUrl, giveUpAt: at + giveUpMs, reverseFrom: at + reverseNotBeforeMs };
}

function notPlaced(
  payment: In<'submitted' | 'pending'>,
  reason: Reason,
  verdict: PlaceAnswer['verdict'],
  at: number,
): Payment {
  const isFirst = payment.state === 'submitted';
  if (isFirst && (verdict === 'REFUSED' || verdict === 'NOT_SENT')) return move(payment, { state: 'declined', reason });
  if (isFirst && payment.cancelRequested) return takeBack(payment, { cause: 'cancelled', reason }, at);
  // What an earlier try may have left under this number is closed before it is let go.
  if (verdict === 'REFUSED' || TAKEN.includes(reason.code)) return takeBack(payment, { cause: 'refused', reason }, at);
  if (at >= payment.giveUpAt) return takeBack(payment, { cause: 'timeout', reason }, at);
  // Silence has already cost the whole time-out: the same order once more, at once.
  const wait = isFirst && reason.code === 'NO_REPLY' ? 0 : payment.timings.pollMs;
  return move(payment, { state: 'pending', reason, passwordSeen: false, nextAt: at + wait });
}

/** Under this number there is something that is not this order: only a query tells what. */
const TAKEN: readonly ReasonCode[] = ['NUMBER_USED', 'ALREADY_PAID'];

function whyNot(answer: PlaceAnswer): Reason {
  return answer.verdict === 'PLACED' ? { code: 'BAD_REPLY', gatewayText: 'code_url' } : answer.reason;
}

function queried(payment: Payment, answer: QueryAnswer, at: number): Payment {
  switch (payment.state) {
    case 'pending':
      return queriedPending(payment, answer, at);
    case 'confirming':
      return queriedConfirming(payment, answer, at);
    case 'attention':
      return queriedAttention(payment, answer, at);
    // One that was on its way when a person decided: the decision stands, and the journal keeps the answer.
    case 'reversed':
    case 'givenUp':
      return payment;
    default:
      throw new IllegalTransition(payment.state, 'queried');
  }
}

function queriedPending(payment: In<'pending'>, answer: QueryAnswer, at: number): Payment {
  const { timings, giveUpAt } = payment;
  switch (answer.verdict) {
    case 'PAID':
      return move(payment, { state: 'paid', settlement: answer.settlement });
    case 'CLOSED':
      return move(payment, { state: 'declined', reason: answer.reason ?? { code: 'ORDER_CLOSED' } });
    case 'REFUNDED':
      return attention(payment, { cause: 'timeout', reason: { code: 'REFUNDED' } }, at);
    // Whoever cancels, or whose bank refuses, may scan again, and so may the next in the family.
    case 'NOT_PAID':
    case 'FAILED':
    case 'NOT_FOUND':
    case 'AWAITING_PASSWORD':
    case 'UNKNOWN':
      break;
    default:
      return unreachable(answer);
  }
  const reason = pendingReason(answer);
  if (at >= giveUpAt) return takeBack(payment, { cause: 'timeout', reason }, at);
  return move(payment, {
    state: 'pending',
    reason,
    passwordSeen: false,
    // The last query falls on the deadline itself, so that the code goes away after a fresh look.
    nextAt: Math.min(at + timings.pollMs, giveUpAt),
  });
}

function pendingReason(answer: QueryAnswer): Reason {
  if (answer.verdict === 'AWAITING_PASSWORD') return { code: 'AWAITING_PASSWORD' };
  return answer.verdict === 'UNKNOWN' ? answer.reason : { code: 'AWAITING_SCAN' };
}

/** Looked at once more, and again until WeChat Pay lets it be closed. */
function takeBack(payment: Payment, reversal: { cause: ReversalCause; reason?: Reason }, at: number): Payment {
  return move(payment, { state: 'confirming', claimed: false, ...reversal, tries: 0, nextAt: at });
}

function queriedConfirming(payment: In<'confirming'>, answer: QueryAnswer, at: number): Payment {
  const reversal = reversalOf(payment);
  switch (answer.verdict) {
    case 'PAID':
      return paidAfterAll(payment, answer.settlement, at);
    case 'CLOSED':
      return move(payment, { state: 'reversed', ...reversal });
    case 'REFUNDED':
      return attention(payment, { cause: payment.cause, reason: { code: 'REFUNDED' } }, at);
    case 'NOT_FOUND':
      // Should a placing still be wandering about: its code never reached anybody, so nobody can pay it.
      if (payment.codeUrl === undefined) return move(payment, { state: 'reversed', ...reversal });
      return notClosed(payment, at);
    case 'NOT_PAID':
    case 'FAILED':
    case 'AWAITING_PASSWORD':
      return notClosed(payment, at);
    case 'UNKNOWN':
      if (!payment.claimed) return notClosed(payment, at);
      return { ...payment, tries: payment.tries + 1, nextAt: at + backoff(payment.timings, payment.tries) };
    default:
      return unreachable(answer);
  }
}

/**
 * The customer was faster. Where only the time was over, that is what the till had waited for. Where the cashier had
 * given it up, the goods may have been paid another way or put back, and the money is a person's to judge.
 */
function paidAfterAll(payment: In<'confirming'>, settlement: Settlement, at: number): Payment {
  const { cause, timings } = payment;
  if (cause === 'timeout') return move(payment, { state: 'paid', settlement });
  const nextAt = at + timings.attentionPollMs;
  return move(payment, { state: 'attention', cause, reason: { code: 'ALREADY_PAID' }, tries: 0, settlement, nextAt });
}

function notClosed(payment: In<'confirming'>, at: number): Payment {
  const { claimed, tries, timings, reverseFrom } = payment;
  const again = { ...reversalOf(payment), tries: tries + 1 };
  // Closed, as the gateway said, and still not so: the same call again has to wait its turn.
  if (at >= reverseFrom) {
    return move(payment, { state: 'reversing', ...again, nextAt: at + (claimed ? backoff(timings, tries) : 0) });
  }
  const nextAt = Math.min(at + backoff(timings, tries), reverseFrom);
  return move(payment, { state: 'confirming', claimed, ...again, nextAt });
}

function closeAnswered(payment: Payment, answer: CloseAnswer, at: number): Payment {
  if (payment.state !== 'reversing') throw new IllegalTransition(payment.state, 'closeAnswered');
  const { tries, timings } = payment;
  const reversal = reversalOf(payment);
  switch (answer.verdict) {
    case 'CLOSED':
      return move(payment, { state: 'confirming', claimed: true, ...reversal, tries, nextAt: at });
    // What became of it is for a query to say: it brings the money's details, if there is any.
    case 'ALREADY_PAID':
    case 'NOT_FOUND':
      return move(payment, { state: 'confirming', claimed: false, ...reversal, tries, nextAt: at });
    case 'AGAIN': {
      const nextAt = at + backoff(timings, tries);
      return move(payment, { state: 'confirming', claimed: false, ...reversal, tries, nextAt });
    }
    case 'REFUSED':
      return attention(payment, { cause: payment.cause, reason: { code: 'CLOSE_REFUSED' } }, at);
    default:
      return unreachable(answer);
  }
}

function cancelRequested(payment: Payment, at: number): Payment {
  switch (payment.state) {
    case 'submitted':
      return { ...payment, cancelRequested: true };
    case 'pending':
      return takeBack(payment, { cause: 'cancelled', reason: payment.reason }, at);
    // The cashier has turned to another customer: money that comes in now is not waited for any more.
    case 'confirming':
    case 'reversing':
      return isKeptIfPaid(payment) ? { ...payment, cause: 'cancelled' } : payment;
    default:
      return payment;
  }
}

function resumed(payment: Payment, at: number): Payment {
  const { timings } = payment;
  // A wall clock that was set while we were away must not turn minutes into hours.
  const resumedAt = {
    giveUpAt: Math.min(payment.giveUpAt, at + timings.giveUpMs),
    reverseFrom: Math.min(payment.reverseFrom, at + timings.reverseNotBeforeMs),
  };
  switch (payment.state) {
    case 'submitted': {
      const asked = { ...payment, ...resumedAt };
      const reason = { code: 'RESTARTED' } as const;
      if (payment.cancelRequested) return takeBack(asked, { cause: 'cancelled', reason }, at);
      return move(asked, { state: 'pending', reason, passwordSeen: false, nextAt: at });
    }
    case 'pending':
    case 'confirming':
    case 'reversing':
    case 'attention':
      return { ...payment, ...resumedAt, nextAt: at };
    default:
      return payment;
  }
}
