import { foldPayment, isPaymentEntry, isStaticEntry, type JournalEntry } from './journal.ts';
import { foldStatic } from './offline-journal.ts';
import type { Payment } from './payment.ts';
import type { Refund } from './refund.ts';
import { foldRefund, isRefundEntry } from './refund-journal.ts';
import type { StaticPayment } from './static-payment.ts';

/** An outcome that a row of the journal has made certain. */
export interface Outcome {
  readonly event: UploadEvent;
  /** The sale or shift that it belongs to. */
  readonly lane: string;
}

/** What the row is about, as it stood before it. */
export interface Before {
  readonly payment?: Payment | undefined;
  readonly refund?: Refund | undefined;
  readonly staticPayment?: StaticPayment | undefined;
}

/** By the state that ends it. Without `declined`: no money has moved, and none will. */
const PAYMENT_EVENTS = {
  paid: 'payment.paid',
  reversed: 'payment.reversed',
  givenUp: 'payment.givenUp',
} as const satisfies Partial<Record<Payment['state'], string>>;
const REFUND_EVENTS = { refunded: 'refund.done', givenUp: 'refund.givenUp' } as const satisfies Partial<
  Record<Refund['state'], string>
>;
const STATIC_EVENTS = { proven: 'static.proven', disproven: 'static.disproven' } as const satisfies Partial<
  Record<StaticPayment['state'], string>
>;

/** What the back office is told of. The names are the schema's: see docs/upload.md. */
export type UploadEvent =
  | (typeof PAYMENT_EVENTS)[keyof typeof PAYMENT_EVENTS]
  | (typeof REFUND_EVENTS)[keyof typeof REFUND_EVENTS]
  | (typeof STATIC_EVENTS)[keyof typeof STATIC_EVENTS]
  | 'cash.received'
  | 'cash.refunded'
  | 'shift.closed';

/**
 * The one list of what is reported.
 *
 * @returns what the row settles; undefined when nothing, or nothing new.
 */
export function outcomeOf(entry: JournalEntry, before: Before): Outcome | undefined {
  if (isPaymentEntry(entry)) return ended(PAYMENT_EVENTS, before.payment, foldPayment(before.payment, entry));
  if (isRefundEntry(entry)) return ended(REFUND_EVENTS, before.refund, foldRefund(before.refund, entry));
  if (isStaticEntry(entry)) return ended(STATIC_EVENTS, before.staticPayment, foldStatic(before.staticPayment, entry));
  switch (entry.kind) {
    case 'cash.received':
    case 'cash.refunded':
      return { event: entry.kind, lane: entry.payload.saleId };
    case 'shift.closed':
      return { event: entry.kind, lane: entry.subject };
    default:
      return undefined;
  }
}

interface Moving {
  readonly saleId: string;
  readonly state: string;
}

function ended(
  events: Readonly<Record<string, UploadEvent>>,
  before: Moving | undefined,
  { saleId, state }: Moving,
): Outcome | undefined {
  const event = Object.hasOwn(events, state) ? events[state] : undefined;
  return event === undefined || state === before?.state ? undefined : { event, lane: saleId };
}
