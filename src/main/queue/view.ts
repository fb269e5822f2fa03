import { ReasonSchema } from '../../contract/schemas.ts';
import type { QueueView, TaskView } from '../../contract/types.ts';
import type { Drain } from '../../core/task.ts';
import type { Ledger } from '../ledger/open-ledger.ts';
import type { TaskGlance } from '../ledger/tasks.ts';
import { uploadsView } from '../upload/view.ts';

/* What screens and commands are shown of the queue. Reads only. */

export type QueueBooks = Pick<Ledger, 'unsettled' | 'givenUp' | 'tasksOpen' | 'tasksForPerson' | 'uploadDesk'>;

const TASKS_MAX = 200;

/** One row after another that comes off is seen as a drain; a single payment under way is not. */
const DRAIN_MIN = 2;

/** The queue as the books have it now. */
export function queueView(books: QueueBooks, drain: Drain = { done: 0, total: 0 }): QueueView {
  const { count, amountFen, oldestAt } = books.unsettled();
  return {
    count,
    amountFen,
    ...(oldestAt === undefined ? {} : { oldestAt }),
    humanCount: books.tasksForPerson(),
    ...(drain.total >= DRAIN_MIN ? { draining: drain } : {}),
    givenUp: books.givenUp(),
    ...uploadsView(books),
    tasks: books.tasksOpen(TASKS_MAX).map(taskView),
  };
}

function taskView(task: TaskGlance): TaskView {
  const { id, kind, saleId, saleNumber, outTradeNo, amountFen, createdAt, notBefore, attempts, lastError } = task;
  // A device's own words are for the log; only what the till has words for is shown.
  const reason = ReasonSchema.shape.code.safeParse(lastError).data;
  return {
    taskId: id,
    kind,
    ...(saleId === undefined ? {} : { saleId }),
    ...(saleNumber === undefined ? {} : { saleNumber }),
    ...(outTradeNo === undefined ? {} : { outTradeNo }),
    amountFen,
    createdAt,
    ...(notBefore === undefined ? {} : { notBefore }),
    attempts,
    ...(reason === undefined ? {} : { reason }),
    ...(kind === 'upload' && lastError !== undefined ? { said: lastError } : {}),
    state: task.state === 'human' ? 'human' : 'open',
  };
}
