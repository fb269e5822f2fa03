const BEIJING_OFFSET_MS = 8 * 3_600_000;
const DAY_MS = 86_400_000;

/** What the engine and the drivers know of time. Tests move it by hand. */
export interface Clock {
  /**
   * Epoch milliseconds, for what is written down and shown. It runs evenly, whoever sets the wall clock, except at the
   * moments when that is believed again: then it jumps, forwards or back.
   */
  now(): number;
  /** Milliseconds since some beginning, which nobody can set. Time-outs, gaps and rates are counted by it. */
  monotonicMs(): number;
  /** Resolves after `ms`, or at once when the signal aborts. Never rejects. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** WeChat Pay's day, bills and times are Beijing time (UTC+8, no summer time). → "2026-01-02 10:05:11" */
export function beijingTime(at: number): string {
  return new Date(at + BEIJING_OFFSET_MS).toISOString().slice(0, 19).replace('T', ' ');
}

/** → "20260102100511", the v2 API's form. */
export function beijingStamp(at: number): string {
  return beijingTime(at).replace(/\D/g, '');
}

/** The moment that such a stamp says, in epoch milliseconds; undefined when it is none. */
export function fromBeijingStamp(stamp: string): number | undefined {
  const [matched, year, month, day, hours, minutes, seconds] =
    /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(stamp) ?? [];
  if (matched === undefined) return undefined;
  const at = Date.parse(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}+08:00`);
  return Number.isNaN(at) ? undefined : at;
}

/** The Beijing day that holds the moment: `[from, to)` in epoch milliseconds. */
export function beijingDay(at: number): { readonly from: number; readonly to: number } {
  const from = Math.floor((at + BEIJING_OFFSET_MS) / DAY_MS) * DAY_MS - BEIJING_OFFSET_MS;
  return { from, to: from + DAY_MS };
}

/** RFC 3339 with the offset said: "2026-01-02T10:05:11.123+08:00". */
export function beijingRfc3339(at: number): string {
  return new Date(at + BEIJING_OFFSET_MS).toISOString().replace('Z', '+08:00');
}
