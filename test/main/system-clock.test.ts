import { describe, expect, it } from 'vitest';
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
});
