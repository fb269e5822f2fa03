import { fen } from './money.ts';
import { isRefundSettled, nextRefundStep, type Refund } from './refund.ts';
import { isRefundEntry } from './refund-journal.ts';
import { type TaskKind, type TaskState, taskId } from './task-kind.ts';

/**
 * Money that is owed to a customer. One task for the refund and the queries after it: it is one debt, and two tasks
 * would count it twice; its step stands in the refund's state.
 */
export const refundTask: TaskKind = {
  kind: 'refund',
  rows: 'refund.',
  after(task, entry, { refund }) {
    if (refund === undefined || !isRefundEntry(entry)) return task;
    const notBefore = isRefundSettled(refund) ? undefined : nextRefundStep(refund)?.at;
    const reason = 'reason' in refund ? refund.reason?.code : undefined;
    const isAnswer = entry.kind === 'refund.answered' || entry.kind === 'refund.queried';
    return {
      id: taskId('refund', refund.id),
      kind: 'refund',
      subject: refund.id,
      // The payment that is taken back is owed itself until then: its money hangs on that task, and is counted once.
      amountFen: refund.takesBack ? fen(0) : refund.refundFen,
      createdAt: refund.requestedAt,
      ...(notBefore === undefined ? {} : { notBefore }),
      attempts: (task?.attempts ?? 0) + (isAnswer ? 1 : 0),
      ...(reason === undefined ? {} : { lastError: reason }),
      state: stateOf(refund),
    };
  },
};

function stateOf(refund: Refund): TaskState {
  // Ended by a person who gave the money back another way: no payment is open any more that could count as received.
  if (isRefundSettled(refund)) return 'done';
  return refund.state === 'attention' ? 'human' : 'open';
}
