import { unreachable } from './assert.ts';
import type { Decision } from './payment.ts';
import { type OpenTry, type Refund, type RefundEvent, waitMs } from './refund.ts';
import type { RefundAnswer, RefundReason } from './refund-answer.ts';
import { attention, IllegalRefundTransition, moveRefund, needsPerson, processing, reasonOf } from './refund-moves.ts';
import { refundQueried } from './refund-queried.ts';

/*
 * The one way a refund changes. Who calls it: the engine, once per event, and the ledger, once per journal row.
 */

/** @throws IllegalRefundTransition when the event cannot happen in this state: a bug, not life. */
export function refundTransition(refund: Refund, event: RefundEvent, at: number): Refund {
  switch (event.type) {
    case 'answered':
      return answered(refund, event.answer, at);
    case 'queried':
      return refundQueried(refund, event.answer, at);
    case 'retried':
      return retried(refund, at);
    case 'givenUp':
      return givenUp(refund, event.decision, at);
    case 'resumed':
      return resumed(refund, at);
    default:
      return unreachable(event);
  }
}

function answered(before: Refund, answer: RefundAnswer, at: number): Refund {
  const open = openTry(before);
  if (open === undefined) throw new IllegalRefundTransition(before.state, 'answered');
  const sent = answer.verdict !== 'AGAIN' || answer.reason.code !== 'NOT_SENT';
  const refund = sent ? { ...before, askedAt: at } : before;
  switch (answer.verdict) {
    case 'ACCEPTED':
      return processing(refund, answer.refund.refundId, 0, at);
    case 'REFUSED':
      // An earlier call under this number may have been accepted: only a look, and late enough, confirms the refusal.
      return moveRefund(refund, {
        state: 'looking',
        refused: true,
        ...open,
        tries: 0,
        reason: answer.reason,
        nextAt: Math.max(at, open.doubtUntil ?? at),
      });
    // What the person has ended stays so until something says that it was accepted after all.
    case 'AGAIN':
      return before.state === 'givenUp' ? refund : again(refund, open, answer.reason, at);
    case 'UNKNOWN':
      return unknown(refund, open, answer.reason, at);
    default:
      return unreachable(answer);
  }
}

function again(refund: Refund, open: OpenTry, reason: RefundReason, at: number): Refund {
  const { timings } = refund;
  const tries = open.tries + 1;
  if (!needsPerson(reason)) {
    const wait = waitMs(timings.askBackoffMs, open.tries);
    const nextAt = at + (reason.code === 'RATE_LIMITED' ? Math.max(wait, timings.gapMs) : wait);
    return moveRefund(refund, { state: 'requested', ...open, tries, reason, nextAt });
  }
  if (open.doubtUntil === undefined) return attention(refund, 'blocked', reason, at);
  const nextAt = Math.max(at, open.doubtUntil);
  return moveRefund(refund, { state: 'looking', refused: false, ...open, tries, reason, nextAt });
}

function unknown(refund: Refund, { tries }: OpenTry, reason: RefundReason, at: number): Refund {
  const { timings } = refund;
  const doubtUntil = at + timings.wanderMs;
  // Silence has cost the whole time-out already. What a person has to mend is looked at once, when that is certain.
  const soon = at + (reason.code === 'NO_REPLY' ? 0 : waitMs(timings.lookBackoffMs, 0));
  const nextAt = needsPerson(reason) ? doubtUntil : soon;
  return moveRefund(refund, { state: 'looking', refused: false, tries: tries + 1, reason, doubtUntil, nextAt });
}

function retried(refund: Refund, at: number): Refund {
  if (refund.state !== 'attention' || (refund.cause !== 'refused' && refund.cause !== 'blocked')) {
    throw new IllegalRefundTransition(refund.state, 'retried');
  }
  return moveRefund(refund, { state: 'requested', tries: 0, ...reasonOf(refund), nextAt: at });
}

function givenUp(refund: Refund, end: Decision, at: number): Refund {
  if (refund.state !== 'attention') throw new IllegalRefundTransition(refund.state, 'givenUp');
  return moveRefund(refund, { state: 'givenUp', cause: refund.cause, ...reasonOf(refund), end, endedAt: at });
}

function resumed(refund: Refund, at: number): Refund {
  switch (refund.state) {
    case 'requested':
      return lookAfterRestart(refund, refund.tries, reasonOf(refund), at);
    case 'attention':
      if (refund.cause === 'blocked') return lookAfterRestart(refund, 0, reasonOf(refund), at);
      return refund.nextAt === undefined ? refund : { ...refund, nextAt: at };
    case 'looking': {
      // A clock that was set while we were away must not make an hour of a minute.
      const doubtUntil = refund.doubtUntil === undefined ? undefined : at + refund.timings.wanderMs;
      const nextAt = refund.refused ? (doubtUntil ?? at) : at;
      return { ...refund, nextAt, ...(doubtUntil === undefined ? {} : { doubtUntil }) };
    }
    case 'processing':
      return { ...refund, nextAt: at };
    case 'refunded':
    case 'givenUp':
      return refund;
    default:
      return unreachable(refund);
  }
}

/** The call may have left at the last moment before the end, but not later than now. */
function lookAfterRestart(
  refund: Refund,
  tries: number,
  reason: { readonly reason?: RefundReason },
  at: number,
): Refund {
  const doubtUntil = at + refund.timings.wanderMs;
  const asked = { ...refund, askedAt: at };
  return moveRefund(asked, { state: 'looking', refused: false, tries, ...reason, doubtUntil, nextAt: at });
}

/** How far the call has come in those states in which one can be under way. */
function openTry(refund: Refund): OpenTry | undefined {
  if (refund.state === 'requested') {
    const { tries, doubtUntil } = refund;
    return { tries, ...(doubtUntil === undefined ? {} : { doubtUntil }) };
  }
  const mayBeAsked = refund.state === 'givenUp' || (refund.state === 'attention' && refund.cause === 'blocked');
  return mayBeAsked ? { tries: 0 } : undefined;
}
