import { describe, expect, it } from 'vitest';
import { beijingDay, beijingRfc3339, beijingStamp, beijingTime, fromBeijingStamp } from '../../src/core/time.ts';

const at = Date.UTC(2026, 0, 1, 18, 5, 11, 7);

describe('Beijing time', () => {
  it('is eight hours ahead, in every form', () => {
    expect([beijingTime(at), beijingStamp(at), beijingRfc3339(at)]).toEqual([
      '2026-01-02 02:05:11',
      '20260102020511',
      '2026-01-02T02:05:11.007+08:00',
    ]);
  });

  it('reads a stamp back to the second it was made in, and nothing else', () => {
    expect(fromBeijingStamp(beijingStamp(at))).toBe(Math.floor(at / 1_000) * 1_000);
    for (const none of ['', '2026010210051', '202601021005111', '20261302100511', 'yesterday']) {
      expect(fromBeijingStamp(none)).toBeUndefined();
    }
  });

  it('begins its day at 16:00 UTC', () => {
    const { from, to } = beijingDay(at);
    expect([beijingTime(from), beijingTime(to - 1), to - from]).toEqual([
      '2026-01-02 00:00:00',
      '2026-01-02 23:59:59',
      86_400_000,
    ]);
    expect(beijingDay(from).from).toBe(from);
    expect(beijingDay(from - 1).to).toBe(from);
  });
});
