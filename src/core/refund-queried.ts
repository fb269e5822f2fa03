import { unreachable } from './assert.ts';
import { type Refund, type RefundStageName, waitMs } from './refund.ts';
import type { RefundQueryAnswer, RefundReason, RefundRecord } from './refund-answer.ts';
import { attention, IllegalRefundTransition, moveRefund, needsPerson, processing, reasonOf } from './refund-moves.ts';

type In<S extends RefundStageName> = Extract<Refund, { readonly state: S }>;
type Looked = In<'looking' | 'processing' | 'attention' | 'givenUp'>;

/** What a query's answer makes of a refund. @throws IllegalRefundTransition when nobody can have asked. */
export function refundQueried(refund: Refund, answer: RefundQueryAnswer, at: number): Refund {
  if (refund.state === 'requested' || refund.state === 'refunded') {
    throw new IllegalRefundTransition(refund.state, 'queried');
  }
  switch (answer.verdict) {
    case 'FOUND': {
      const [record] = answer.found.refunds.filter(({ outRefundNo }) => outRefundNo === refund.outRefundNo);
      if (record === undefined) return nothingSaid(refund, { code: 'REPLY_MISMATCH' }, at);
      return found(refund, record, at);
    }
    case 'NOT_FOUND':
      return notFound(refund, at);
    case 'UNKNOWN':
      return nothingSaid(refund, answer.reason, at);
    default:
      return unreachable(answer);
  }
}

function found(refund: Looked, record: RefundRecord, at: number): Refund {
  // Somebody else's refund bears our number. It says nothing of this one, which can never be made under it.
  if (record.refundFen !== refund.refundFen) {
    return refund.state === 'givenUp' ? refund : attention(refund, 'refused', { code: 'REFUND_NUMBER_USED' }, at);
  }
  switch (record.state) {
    case 'SUCCESS': {
      const { refundId, receivedBy } = record;
      return moveRefund(refund, { state: 'refunded', refundId, receivedBy, endedAt: at });
    }
    case 'PROCESSING':
      return processing(refund, record.refundId, refund.state === 'processing' ? refund.looks + 1 : 0, at);
    case 'CLOSED':
      return refund.state === 'givenUp' ? refund : attention(refund, 'closed', undefined, at);
    case 'CHANGE':
      return refund.state === 'givenUp' ? refund : attention(refund, 'stranded', undefined, at);
    case 'UNKNOWN':
      return nothingSaid(refund, { code: 'UNLISTED' }, at);
    default:
      return unreachable(record.state);
  }
}

function notFound(refund: Looked, at: number): Refund {
  // The gateway has said that it accepted this one: that it cannot find it for a moment takes nothing back.
  if (refund.state !== 'looking') return nothingSaid(refund, { code: 'ORDER_NOT_FOUND' }, at);
  const { refused, reason, tries, doubtUntil, timings } = refund;
  const isDoubtful = doubtUntil !== undefined && at < doubtUntil;
  if (refused || (reason !== undefined && needsPerson(reason))) {
    if (isDoubtful) return { ...refund, nextAt: doubtUntil };
    return attention(refund, refused ? 'refused' : 'blocked', reason, at);
  }
  return moveRefund(refund, {
    state: 'requested',
    tries,
    ...reasonOf(refund),
    ...(isDoubtful ? { doubtUntil } : {}),
    nextAt: tries === 0 ? at : at + waitMs(timings.askBackoffMs, tries - 1),
  });
}

/** As before; asked again later. */
function nothingSaid(refund: Looked, reason: RefundReason, at: number): Refund {
  const { timings } = refund;
  switch (refund.state) {
    case 'looking': {
      const isKept = refund.refused || (refund.reason !== undefined && needsPerson(refund.reason));
      const nextAt = at + waitMs(timings.lookBackoffMs, refund.tries);
      return { ...refund, tries: refund.tries + 1, ...(isKept ? {} : { reason }), nextAt };
    }
    case 'processing':
      return processing(refund, refund.refundId, refund.looks + 1, at);
    case 'attention':
      return refund.nextAt === undefined ? refund : { ...refund, nextAt: at + timings.attentionMs };
    case 'givenUp':
      return refund;
    default:
      return unreachable(refund);
  }
}
