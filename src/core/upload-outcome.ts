import { foldPayment, isPaymentEntry, type JournalEntry } from './journal.ts';
import type { Payment, PaymentStateName } from './payment.ts';

/** What the back office is told of. The names are the schema's: see docs/upload.md. */
export type UploadEvent = 'payment.paid' | 'payment.reversed' | 'payment.givenUp' | 'cash.received';

/** An outcome that a row of the journal has made certain. */
export interface Outcome {
  readonly event: UploadEvent;
  /** The sale or shift that it belongs to. */
  readonly lane: string;
}

/** Without `declined`: no money has moved, and none will. */
const EVENT_OF_STATE: Partial<Record<PaymentStateName, UploadEvent>> = {
  paid: 'payment.paid',
  reversed: 'payment.reversed',
  givenUp: 'payment.givenUp',
};

/**
 * The one list of what is reported.
 *
 * @param before the payment that the row is about, as it stood before it.
 * @returns what the row settles; undefined when nothing, or nothing new.
 */
export function outcomeOf(entry: JournalEntry, before: Payment | undefined): Outcome | undefined {
  if (isPaymentEntry(entry)) {
    const after = foldPayment(before, entry);
    const event = EVENT_OF_STATE[after.state];
    return event === undefined || after.state === before?.state ? undefined : { event, lane: after.saleId };
  }
  if (entry.kind === 'cash.received') return { event: entry.kind, lane: entry.payload.saleId };
  return undefined;
}
