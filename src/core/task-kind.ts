import type { JournalEntry } from './journal.ts';
import type { Fen } from './money.ts';
import type { Payment } from './payment.ts';
import type { Refund } from './refund.ts';
import type { StaticPayment } from './static-payment.ts';
import type { Upload } from './upload.ts';

/* What a task is, and what a kind of task has to say of itself. The kinds are listed in task.ts. */

/** open: the terminal works on it. human: only a person can decide. given_up: a person did, without certainty. */
export type TaskState = 'open' | 'human' | 'done' | 'given_up';

export interface Task {
  readonly id: string;
  readonly kind: string;
  readonly subject: string;
  /** The money that hangs on it; 0 for paper. */
  readonly amountFen: Fen;
  /** Epoch milliseconds, as all times here. */
  readonly createdAt: number;
  /** When its next step is due; undefined when only an event, or a person, can move it. */
  readonly notBefore?: number;
  readonly attempts: number;
  /** A reason's code, or a device's words. */
  readonly lastError?: string;
  readonly state: TaskState;
}

/** What else is known when a row is read: the payment, refund or payment on the static code it is about, as that row has left it. */
export interface TaskFacts {
  readonly payment: Payment | undefined;
  readonly refund?: Refund | undefined;
  readonly staticPayment?: StaticPayment | undefined;
  /** The report to the back office that the row makes owed, or is about. */
  readonly upload?: Upload | undefined;
}

/** A kind of task: which rows of the journal are about it, and how each moves it. The one thing to register. */
export interface TaskKind {
  readonly kind: string;
  /** Of the journal's kinds: "payment." takes every row about a payment. */
  readonly rows: string;
  /** The task after this row; the same object when the row says nothing about it, undefined when there is none yet. */
  readonly after: (task: Task | undefined, entry: JournalEntry, facts: TaskFacts) => Task | undefined;
}

export function taskId(kind: string, subject: string): string {
  return `${kind}:${subject}`;
}
