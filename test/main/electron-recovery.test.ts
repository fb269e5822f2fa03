import { describe, expect, it } from 'vitest';
import { reloadDelayMs } from '../../src/main/electron-recovery.ts';

const MINUTE = 60_000;

describe('a crashed page', () => {
  it('is loaded again soon, then later, then not by itself', () => {
    const crashes = [0, 1_000, 5_000, 20_000];
    expect(crashes.map((_, n) => reloadDelayMs(crashes.slice(0, n + 1)))).toEqual([200, 2_000, 10_000, undefined]);
  });

  it('that held for five minutes begins anew', () => {
    expect(reloadDelayMs([0, 1_000, 2_000, 3_000, 6 * MINUTE])).toBe(200);
    expect(reloadDelayMs([0, 4 * MINUTE, 8 * MINUTE, 12 * MINUTE])).toBe(2_000);
  });
});
