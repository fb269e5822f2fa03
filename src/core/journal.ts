import { invariant, unreachable } from './assert.ts';
import type { Cash } from './cash.ts';
import type { PayAnswer, QueryAnswer, ReverseAnswer } from './gateway-answer.ts';
import type { Fen } from './money.ts';
import type { NativeDraft } from './native-journal.ts';
import type { OfflineDraft, StaticDraft } from './offline-journal.ts';
import { type Decision, type Payment, type PaymentEvent, type RefundMove, submit, type Timings } from './payment.ts';
import { transition } from './payment-transition.ts';
import type { RefundDraft } from './refund-journal.ts';
import type { ShiftDraft } from './shift-rows.ts';
import type { UploadDraft } from './upload-journal.ts';

/** What may stand in the journal: a kind, whom it is about, and plain data without secrets. */
export type JournalDraft =
  | Draft<'ledger.created', { readonly storeId: string; readonly terminalId: string }>
  | Draft<'terminal.started', { readonly version: string; readonly host: string }>
  | Draft<'clock.jumped', { readonly byMs: number }>
  | Draft<'terminal.restored', Restoration>
  | Draft<'terminal.reset', { readonly epoch: number; readonly rowsBefore: number; readonly hashBefore: string }>
  | Draft<'sale.opened', { readonly number: string; readonly sequence: number; readonly amountFen: Fen }>
  | Draft<'sale.abandoned', Record<string, never>>
  | Draft<'cash.received', Omit<Cash, 'id' | 'receivedAt'>>
  | Draft<'payment.submitted', Submission>
  | Draft<'payment.answered', { readonly answer: PayAnswer }>
  | NativeDraft
  | Draft<'payment.queried', { readonly answer: QueryAnswer }>
  | Draft<'payment.reverseAnswered', { readonly answer: ReverseAnswer }>
  | Draft<'payment.cancelRequested', Record<string, never>>
  | Draft<'payment.givenUp', { readonly decision: Decision }>
  | Draft<'payment.resumed', Record<string, never>>
  | Draft<'payment.refundMoved', { readonly refundId: string; readonly to: RefundMove }>
  | RefundDraft
  | ShiftDraft
  | OfflineDraft
  | Draft<'print.queued', PrintOrder>
  | Draft<'print.sending', Record<string, never>>
  | Draft<'print.settled', { readonly result: PrintResult; readonly detail?: string }>
  | UploadDraft;

export interface Draft<K extends string, P> {
  readonly kind: K;
  /** The sale, payment, print job or terminal that it is about. */
  readonly subject: string;
  readonly payload: P;
}

/** What is to be printed: a sale's receipt or, where a refund is named, its slip or its receipt. */
export interface PrintOrder {
  readonly saleId: string;
  readonly paymentId?: string;
  readonly refundId?: string;
  /** slip: not yet refunded. receipt: refunded. */
  readonly paper?: RefundPaper;
  readonly copy: number;
}

export type RefundPaper = 'slip' | 'receipt';

export interface Submission {
  readonly saleId: string;
  readonly outTradeNo: string;
  readonly amountFen: Fen;
  readonly gateway: string;
  readonly attempt: number;
  /** As a payment's: absent where the till scanned the customer's code. */
  readonly method?: 'native';
  /** Keyed hash of the payment code, to know a double scan again; empty without one. The code itself is never kept. */
  readonly codeHash: string;
  readonly timings: Timings;
}

/** A backup was put in the place of lost or damaged books. What stands before this row is the backup, and what the old books could still add. */
export interface Restoration {
  /** 2 after the first restore, one more after each: it stands in every sale number from here on. */
  readonly epoch: number;
  /** Where the backup ended, so that its rows can be told from those that the old books added. */
  readonly backupSeq: number;
  readonly backupHash: string;
  /** When the backup's newest row was written, epoch milliseconds. */
  readonly backupAt: number;
  /** Rows that the old books added, and how many payments among them the backup had never heard of. */
  readonly rowsCarried: number;
  readonly paymentsKnown: number;
}

export type PrintResult = 'printed' | 'sent' | 'unknown' | 'queued' | 'dropped';
/** `sending`: some of it may be on the paper. */
export type PrintState = PrintResult | 'sending';

/** A row of the journal. `hash` covers everything else in it, `prevHash` included: the rows are a chain. */
export type JournalEntry = JournalDraft & {
  readonly terminalId: string;
  /** 1, 2, 3 … without gaps, per terminal. */
  readonly seq: number;
  readonly at: number;
  readonly prevHash: string;
  readonly hash: string;
};

export type PaymentEntry = Extract<JournalEntry, { readonly kind: `payment.${string}` }>;

export function isPaymentEntry(entry: JournalEntry): entry is PaymentEntry {
  return entry.kind.startsWith('payment.');
}

/** A row about a payment on the store's static code: folded by `foldStatic`. */
export function isStaticEntry(entry: JournalEntry): entry is JournalEntry & StaticDraft {
  return entry.kind.startsWith('static.');
}

/** The payment after this row: what the engine holds in memory and what a rebuild replays are the same fold. */
export function foldPayment(payment: Payment | undefined, entry: PaymentEntry): Payment {
  if (entry.kind === 'payment.submitted') {
    invariant(payment === undefined, `Payment ${entry.subject} was submitted twice`);
    const { saleId, outTradeNo, amountFen, method, gateway, timings } = entry.payload;
    const order = { saleId, outTradeNo, amountFen, ...(method ? { method } : {}), gateway };
    return submit({ id: entry.subject, ...order, submittedAt: entry.at, timings });
  }
  invariant(payment !== undefined, `Payment ${entry.subject} has an event but no beginning`);
  return transition(payment, eventOf(entry), entry.at);
}

/** How a payment event is journalled; `eventOf` is its inverse. */
export function paymentDraft(paymentId: string, event: PaymentEvent): JournalDraft {
  switch (event.type) {
    case 'answered':
      return { kind: 'payment.answered', subject: paymentId, payload: { answer: event.answer } };
    case 'queried':
      return { kind: 'payment.queried', subject: paymentId, payload: { answer: event.answer } };
    case 'reverseAnswered':
      return { kind: 'payment.reverseAnswered', subject: paymentId, payload: { answer: event.answer } };
    case 'placed':
      return { kind: 'payment.placed', subject: paymentId, payload: { answer: event.answer } };
    case 'closeAnswered':
      return { kind: 'payment.closeAnswered', subject: paymentId, payload: { answer: event.answer } };
    case 'cancelRequested':
      return { kind: 'payment.cancelRequested', subject: paymentId, payload: {} };
    case 'givenUp':
      return { kind: 'payment.givenUp', subject: paymentId, payload: { decision: event.decision } };
    case 'resumed':
      return { kind: 'payment.resumed', subject: paymentId, payload: {} };
    case 'refundMoved': {
      const { refundId, to } = event;
      return { kind: 'payment.refundMoved', subject: paymentId, payload: { refundId, to } };
    }
    default:
      return unreachable(event);
  }
}

function eventOf(entry: Exclude<PaymentEntry, { readonly kind: 'payment.submitted' }>): PaymentEvent {
  switch (entry.kind) {
    case 'payment.answered':
      return { type: 'answered', answer: entry.payload.answer };
    case 'payment.queried':
      return { type: 'queried', answer: entry.payload.answer };
    case 'payment.reverseAnswered':
      return { type: 'reverseAnswered', answer: entry.payload.answer };
    case 'payment.placed':
      return { type: 'placed', answer: entry.payload.answer };
    case 'payment.closeAnswered':
      return { type: 'closeAnswered', answer: entry.payload.answer };
    case 'payment.cancelRequested':
      return { type: 'cancelRequested' };
    case 'payment.givenUp':
      return { type: 'givenUp', decision: entry.payload.decision };
    case 'payment.resumed':
      return { type: 'resumed' };
    case 'payment.refundMoved':
      return { type: 'refundMoved', ...entry.payload };
    default:
      return unreachable(entry);
  }
}
