import { type BillDay, billDaySpan, billReadyAt } from '../../core/bill-day.ts';

/** documented: made the next morning. at-once: any day's bill at any time, today's as far as it has come. */
export type BillHours = 'documented' | 'at-once';

export type BillTime =
  | { readonly kind: 'ready'; readonly from: number; readonly to: number; readonly madeAt: number }
  | { readonly kind: 'bad-day' | 'not-begun' | 'being-made' };

const HOUR_MS = 3_600_000;
/** From nine in the morning bills are made, and by ten they are there. */
const MAKING_MS = HOUR_MS;
/** Three months, taken at their longest. */
const KEPT_FOR_MS = 92 * 24 * HOUR_MS;

/** Whether the day's bill is to be had at `now`. */
export function billTime(day: BillDay, now: number, hours: BillHours): BillTime {
  const span = billDaySpan(day);
  const readyAt = billReadyAt(day);
  if (span === undefined || readyAt === undefined || now < span.from || now - span.to > KEPT_FOR_MS)
    return { kind: 'bad-day' };
  if (hours === 'at-once') return { kind: 'ready', ...span, madeAt: now };
  const madeAt = readyAt - MAKING_MS;
  if (now < madeAt) return { kind: 'not-begun' };
  return now < readyAt ? { kind: 'being-made' } : { kind: 'ready', ...span, madeAt };
}
