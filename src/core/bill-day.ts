import { beijingDay, beijingTime } from './time.ts';

/** A Beijing day as the bills name it: "20260102". */
export type BillDay = string;

const READY_AFTER_MS = 10 * 3_600_000;

/** The Beijing day that holds the moment. */
export function billDayOf(at: number): BillDay {
  return beijingTime(at).slice(0, 10).replaceAll('-', '');
}

/** The day as `[from, to)` in epoch milliseconds; undefined when it is no day of the calendar. */
export function billDaySpan(day: BillDay): { readonly from: number; readonly to: number } | undefined {
  const [, year, month, date] = /^(\d{4})(\d\d)(\d\d)$/.exec(day) ?? [];
  const noon = Date.parse(`${year}-${month}-${date}T12:00:00+08:00`);
  // The 30th of February would be read as a day of March.
  return Number.isNaN(noon) || billDayOf(noon) !== day ? undefined : beijingDay(noon);
}

/**
 * When the day's bill can be relied on, in epoch milliseconds: WeChat Pay makes it from nine the next morning, and asks
 * to be asked after ten. What it says of that day before is no proof of anything.
 */
export function billReadyAt(day: BillDay): number | undefined {
  const span = billDaySpan(day);
  return span && span.to + READY_AFTER_MS;
}
