/*
 * Two patiences. A report that did not arrive waits for its own next try; a back office that took nothing lately is
 * asked by one report at a time, so that an outage costs little and fills no journal.
 */

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

/** Between two tries of one report; the last repeats. */
const REPORT_MS = [5 * SECOND_MS, 30 * SECOND_MS, 2 * MINUTE_MS, 10 * MINUTE_MS, 30 * MINUTE_MS, 60 * MINUTE_MS];
/** Between two tries of any, after so many in a row that did not arrive; the last repeats. */
const OFFICE_MS = [SECOND_MS, 2 * SECOND_MS, 5 * SECOND_MS, 15 * SECOND_MS, MINUTE_MS, 2 * MINUTE_MS];
const JITTER_SHARE = 0.2;

/** No report waits for longer; one that seems to, waits for a clock that was set back since. */
export const REPORT_WAIT_MAX_MS = 60 * MINUTE_MS * (1 + JITTER_SHARE);

/** @param attempts made so far, this one included. @param random in [0, 1): tills that failed together come back apart. */
export function reportWaitMs(attempts: number, random: number): number {
  return spread(stepOf(REPORT_MS, attempts), random);
}

/** @param inARow at least 1. */
export function officeWaitMs(inARow: number, random: number): number {
  return spread(stepOf(OFFICE_MS, inARow), random);
}

function stepOf(steps: readonly number[], count: number): number {
  return steps[Math.min(count, steps.length) - 1] ?? 0;
}

function spread(ms: number, random: number): number {
  return Math.round(ms * (1 + JITTER_SHARE * random));
}
