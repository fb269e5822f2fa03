import { RefundReasonSchema } from '../../contract/refund-schemas.ts';
import { ReasonSchema } from '../../contract/schemas.ts';
import type { QueueView, TaskView } from '../../contract/types.ts';
import type { Drain } from '../../core/task.ts';
import type { Ledger } from '../ledger/open-ledger.ts';
import type { TaskGlance } from '../ledger/tasks.ts';
import { canBeTakenBack } from '../refunds/refund-desk.ts';
import { verifyView } from '../sales/offline-views.ts';
import { uploadsView } from '../upload/view.ts';

/* What screens and commands are shown of the queue. Reads only. */

export type QueueBooks = Pick<
  Ledger,
  'unsettled' | 'toVerify' | 'givenUp' | 'tasksOpen' | 'tasksForPerson' | 'payment' | 'uploadDesk'
>;

const TASKS_MAX = 200;

/** One row after another that comes off is seen as a drain; a single payment under way is not. */
const DRAIN_MIN = 2;

/** The queue as the books have it now. */
export function queueView(books: QueueBooks, drain: Drain = { done: 0, total: 0 }): QueueView {
  const { count, amountFen, oldestAt } = books.unsettled();
  const toVerify = books.toVerify();
  return {
    count,
    amountFen,
    ...(oldestAt === undefined ? {} : { oldestAt }),
    ...(toVerify.count > 0 ? { toVerify: { count: toVerify.count, amountFen: toVerify.amountFen } } : {}),
    humanCount: books.tasksForPerson(),
    ...(drain.total >= DRAIN_MIN ? { draining: drain } : {}),
    givenUp: books.givenUp(),
    ...uploadsView(books),
    tasks: books.tasksOpen(TASKS_MAX).map((task) => taskView(task, books)),
  };
}

function taskView(task: TaskGlance, books: QueueBooks): TaskView {
  const { id, kind, saleId, saleNumber, outTradeNo, amountFen, createdAt, notBefore, attempts, lastError } = task;
  const { staticPayment } = task;
  // A device's own words are for the log; only what the till has words for is shown.
  const isRefund = kind === 'refund';
  const reason = isRefund ? undefined : ReasonSchema.shape.code.safeParse(lastError).data;
  const refundReason = isRefund ? RefundReasonSchema.shape.code.safeParse(lastError).data : undefined;
  const payment = kind === 'resolve' && task.state === 'human' ? books.payment(task.subject) : undefined;
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
    ...(refundReason === undefined ? {} : { refundReason }),
    ...(payment && canBeTakenBack(payment) ? { canTakeBack: true } : {}),
    ...(staticPayment && saleNumber ? { verify: verifyView(staticPayment, saleNumber) } : {}),
    ...(kind === 'upload' && lastError !== undefined ? { said: lastError } : {}),
    state: task.state === 'human' ? 'human' : 'open',
  };
}
