const S = 1_000;
const MIN = 60 * S;
const H = 60 * MIN;

/** The pauses between one attempt and the next, as the documents list them: 24 h 4 min in all. @see chapter 9_7 */
const PAUSES_MS = [
  15 * S,
  15 * S,
  30 * S,
  3 * MIN,
  10 * MIN,
  20 * MIN,
  30 * MIN,
  30 * MIN,
  30 * MIN,
  60 * MIN,
  3 * H,
  3 * H,
  3 * H,
  6 * H,
  6 * H,
] as const;

/** When each attempt is made, counted from the moment that there was something to tell; the first at once. */
export const ATTEMPTS_AFTER_MS: readonly number[] = Array.from({ length: PAUSES_MS.length + 1 }, (_, nth) =>
  PAUSES_MS.slice(0, nth).reduce((sum, pause) => sum + pause, 0),
);

/** The first attempt that is still to be made after one at `triedAt`; undefined when that was the last. */
export function nextAttemptAt(bornAt: number, triedAt: number): number | undefined {
  const after = ATTEMPTS_AFTER_MS.find((afterMs) => bornAt + afterMs > triedAt);
  return after === undefined ? undefined : bornAt + after;
}
