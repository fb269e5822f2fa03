import { isPaymentEntry, type JournalEntry } from './journal.ts';
import { type Fen, fen } from './money.ts';
import { isSettled, nextStep, type Payment } from './payment.ts';
import { taskOfUpload, type Upload } from './upload.ts';

/*
 * The queue: whatever the terminal still owes somebody, as one list. Nobody writes a task; each is what the journal's
 * rows about its subject make of it, so it is as durable as they are, and a rebuild makes it again.
 */

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

/** What else is known when a row is read: the payment it is about, as that row has left it. */
export interface TaskFacts {
  readonly payment: Payment | undefined;
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

/** A payment that is not certain: asked for, taken back, confirmed, until it is; or until a person decides. */
const resolve: TaskKind = {
  kind: 'resolve',
  rows: 'payment.',
  after(task, entry, { payment }) {
    if (payment === undefined || !isPaymentEntry(entry)) return task;
    const { id, amountFen, submittedAt } = payment;
    const notBefore = isSettled(payment) ? undefined : nextStep(payment)?.at;
    const reason = 'reason' in payment ? payment.reason?.code : undefined;
    return {
      id: taskId('resolve', id),
      kind: 'resolve',
      subject: id,
      amountFen,
      createdAt: submittedAt,
      ...(notBefore === undefined ? {} : { notBefore }),
      attempts: (task?.attempts ?? 0) + (ANSWERS.includes(entry.kind) ? 1 : 0),
      ...(reason === undefined ? {} : { lastError: reason }),
      state: stateOf(payment),
    };
  },
};

const ANSWERS: readonly JournalEntry['kind'][] = ['payment.answered', 'payment.queried', 'payment.reverseAnswered'];

function stateOf(payment: Payment): TaskState {
  if (payment.state === 'attention') return 'human';
  if (payment.state === 'givenUp') return 'given_up';
  // The late look at a reversed order is a guard, not a debt: should it find money, the task is open again.
  return isSettled(payment) ? 'done' : 'open';
}

/** A receipt that is owed. One that may lie on the counter is not: the sale's story says so, and can print a copy. */
const print: TaskKind = {
  kind: 'print',
  rows: 'print.',
  after(task, entry) {
    if (entry.kind === 'print.queued') {
      const { subject, at } = entry;
      const id = taskId('print', subject);
      return { id, kind: 'print', subject, amountFen: fen(0), createdAt: at, attempts: 0, state: 'open' };
    }
    if (entry.kind !== 'print.settled' || task === undefined) return task;
    const { result, detail } = entry.payload;
    const { lastError: _, ...before } = task;
    return {
      ...before,
      attempts: task.attempts + 1,
      ...(detail === undefined ? {} : { lastError: detail }),
      state: result === 'queued' ? 'open' : result === 'dropped' ? 'given_up' : 'done',
    };
  },
};

/** A report that the back office is owed. Any row may make one owed: what is reported is upload-outcome.ts's to say. */
const upload: TaskKind = {
  kind: 'upload',
  rows: '',
  after: (task, _entry, facts) =>
    facts.upload === undefined ? task : taskOfUpload(taskId('upload', facts.upload.id), facts.upload),
};

export const TASK_KINDS: readonly TaskKind[] = [resolve, print, upload];

/** How far a drain has come: since the queue was last empty, so many were taken up and so many are off it. */
export interface Drain {
  readonly done: number;
  readonly total: number;
}

/** The drain when `open` tasks are left. Done and total begin again once nothing is left. */
export function drainAfter({ done, total }: Drain, open: number): Drain {
  if (open === 0) return { done: 0, total: 0 };
  const before = total - done;
  return open >= before ? { done, total: total + open - before } : { done: done + before - open, total };
}
