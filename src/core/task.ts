import { isPaymentEntry, type JournalEntry } from './journal.ts';
import { fen } from './money.ts';
import { isSettled, nextStep, type Payment } from './payment.ts';
import { refundTask } from './refund-task.ts';
import { type TaskKind, type TaskState, taskId } from './task-kind.ts';
import { uploadTask } from './upload-task.ts';
import { verifyTask } from './verify-task.ts';

export { type Task, type TaskFacts, type TaskKind, type TaskState, taskId } from './task-kind.ts';

/*
 * The queue: whatever the terminal still owes somebody, as one list. Nobody writes a task; each is what the journal's
 * rows about its subject make of it, so it is as durable as they are, and a rebuild makes it again.
 */

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

const ANSWERS: readonly JournalEntry['kind'][] = [
  'payment.answered',
  'payment.placed',
  'payment.queried',
  'payment.reverseAnswered',
  'payment.closeAnswered',
];

function stateOf(payment: Payment): TaskState {
  // Being refunded, it waits for the refund, and the refund for whoever it may need.
  if (payment.state === 'attention') return payment.refundId === undefined ? 'human' : 'open';
  if (payment.state === 'givenUp') return 'given_up';
  // The late look at a reversed order is a guard, not a debt: should it find money, the task is open again.
  return isSettled(payment) ? 'done' : 'open';
}

/** A receipt that is owed. One that may lie on the counter is not: the sale's story says so, and can print a copy. */
const print: TaskKind = {
  kind: 'print',
  rows: 'print.',
  after(task, entry) {
    if (entry.kind === 'print.queued' || entry.kind === 'print.reportQueued') {
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

export const TASK_KINDS: readonly TaskKind[] = [resolve, refundTask, print, verifyTask, uploadTask];

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
