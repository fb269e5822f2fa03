import { describe, expect, it, vi } from 'vitest';
import { createSystemClock } from '../../src/main/system-clock.ts';

describe("the terminal's clock", () => {
  it('does not jump when somebody sets the wall clock, and notices it', () => {
    let wall = 1_000_000;
    const clock = createSystemClock({ wall: () => wall });
    const before = clock.now();
    wall += 3_600_000;
    expect(clock.now() - before).toBeLessThan(1_000);
    expect(clock.driftMs()).toBeGreaterThan(3_599_000);

    clock.rebase();
    expect(Math.abs(clock.driftMs())).toBeLessThan(1_000);
    expect(clock.now()).toBeGreaterThanOrEqual(wall);
  });

  it('wakes a sleeper at once when it is called', async () => {
    const clock = createSystemClock();
    const calling = new AbortController();
    const sleeping = clock.sleep(3_600_000, calling.signal);
    calling.abort();
    await sleeping;
    await clock.sleep(3_600_000, calling.signal);
  });

  it('does not wake at once who sleeps for longer than a timer of Node can be', async () => {
    const clock = createSystemClock();
    const timers = vi.spyOn(globalThis, 'setTimeout');
    const calling = new AbortController();
    const sleeping = clock.sleep(26 * 365 * 86_400_000, calling.signal);
    expect(timers.mock.lastCall?.[1]).toBe(2 ** 31 - 1);
    timers.mockRestore();
    calling.abort();
    await sleeping;
  });
});
