import { isSettled, type Payment } from '../../core/payment.ts';
import { type Drain, drainAfter } from '../../core/task.ts';

/** Follows how far a drain has come, from one change of the books to the next. */
export function followDrain() {
  let drain: Drain = { done: 0, total: 0 };
  // Told of each change, for counting them anew in the books would cost each of ten thousand as much as all of them.
  const open = new Set<string>();
  return {
    saw(payment: Payment): void {
      if (isSettled(payment) || payment.state === 'attention') open.delete(payment.id);
      else open.add(payment.id);
      drain = drainAfter(drain, open.size);
    },
    now: (): Drain => drain,
  };
}
