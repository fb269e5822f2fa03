import { describe, expect, it } from 'vitest';
import { ATTEMPTS_AFTER_MS, nextAttemptAt } from '../../../src/simulator/notifications/schedule.ts';

const S = 1_000;
const MIN = 60 * S;
const H = 60 * MIN;

describe('the schedule of a notification', () => {
  it('is as documented, and over after 24 hours and 4 minutes', () => {
    const pauses = ATTEMPTS_AFTER_MS.slice(1).map((after, nth) => after - (ATTEMPTS_AFTER_MS[nth] ?? 0));
    expect(pauses).toEqual([
      ...[15 * S, 15 * S, 30 * S, 3 * MIN, 10 * MIN, 20 * MIN, 30 * MIN, 30 * MIN, 30 * MIN, 60 * MIN],
      ...[3 * H, 3 * H, 3 * H, 6 * H, 6 * H],
    ]);
    expect(ATTEMPTS_AFTER_MS.at(-1)).toBe(24 * H + 4 * MIN);
  });

  it('goes on with the next attempt that has not been, and leaves out those that nobody could make', () => {
    expect(nextAttemptAt(1_000, 1_000)).toBe(16_000);
    expect(nextAttemptAt(1_000, 16_000)).toBe(31_000);
    expect(nextAttemptAt(1_000, 1_000 + H)).toBe(1_000 + (ATTEMPTS_AFTER_MS[7] ?? 0));
    expect(nextAttemptAt(1_000, 1_000 + 24 * H + 4 * MIN)).toBeUndefined();
  });
});
