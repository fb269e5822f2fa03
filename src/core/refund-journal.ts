import { invariant, unreachable } from './assert.ts';
import type { Draft, JournalDraft, JournalEntry } from './journal.ts';
import type { Fen } from './money.ts';
import type { Decision } from './payment.ts';
import { type Refund, type RefundEvent, type RefundIdentity, requestRefund } from './refund.ts';
import type { RefundAnswer, RefundQueryAnswer } from './refund-answer.ts';
import { refundTransition } from './refund-transition.ts';

/** What may stand in the journal of money that goes back. */
export type RefundDraft =
  | Draft<'refund.requested', RefundRequest>
  | Draft<'refund.answered', { readonly answer: RefundAnswer }>
  | Draft<'refund.queried', { readonly answer: RefundQueryAnswer }>
  | Draft<'refund.retried', Record<string, never>>
  | Draft<'refund.givenUp', { readonly decision: Decision }>
  | Draft<'refund.resumed', Record<string, never>>
  | Draft<'cash.refunded', CashBack>;

export type RefundRequest = Omit<RefundIdentity, 'id' | 'requestedAt'>;

/** Money handed back from the drawer: certain at once. */
export interface CashBack {
  readonly saleId: string;
  readonly amountFen: Fen;
  readonly decision: Decision;
}

export type RefundEntry = Extract<JournalEntry, { readonly kind: `refund.${string}` }>;

export function isRefundEntry(entry: JournalEntry): entry is RefundEntry {
  return entry.kind.startsWith('refund.');
}

/** The refund after this row: what the engine holds in memory and what a rebuild replays are the same fold. */
export function foldRefund(refund: Refund | undefined, entry: RefundEntry): Refund {
  if (entry.kind === 'refund.requested') {
    invariant(refund === undefined, `Refund ${entry.subject} was requested twice`);
    return requestRefund({ ...entry.payload, id: entry.subject, requestedAt: entry.at });
  }
  invariant(refund !== undefined, `Refund ${entry.subject} has an event but no beginning`);
  return refundTransition(refund, eventOf(entry), entry.at);
}

/** How an event of a refund is journalled; `eventOf` is its inverse. */
export function refundEventDraft(refundId: string, event: RefundEvent): JournalDraft {
  switch (event.type) {
    case 'answered':
      return { kind: 'refund.answered', subject: refundId, payload: { answer: event.answer } };
    case 'queried':
      return { kind: 'refund.queried', subject: refundId, payload: { answer: event.answer } };
    case 'retried':
      return { kind: 'refund.retried', subject: refundId, payload: {} };
    case 'givenUp':
      return { kind: 'refund.givenUp', subject: refundId, payload: { decision: event.decision } };
    case 'resumed':
      return { kind: 'refund.resumed', subject: refundId, payload: {} };
    default:
      return unreachable(event);
  }
}

function eventOf(entry: Exclude<RefundEntry, { readonly kind: 'refund.requested' }>): RefundEvent {
  switch (entry.kind) {
    case 'refund.answered':
      return { type: 'answered', answer: entry.payload.answer };
    case 'refund.queried':
      return { type: 'queried', answer: entry.payload.answer };
    case 'refund.retried':
      return { type: 'retried' };
    case 'refund.givenUp':
      return { type: 'givenUp', decision: entry.payload.decision };
    case 'refund.resumed':
      return { type: 'resumed' };
    default:
      return unreachable(entry);
  }
}
