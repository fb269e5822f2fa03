import { describe, expect, it } from 'vitest';
import { MUTANTS } from './mutants.ts';
import { OFFLINE_MUTANTS } from './offline-mutants.ts';
import { REFUND_MUTANTS } from './refund-mutants.ts';
import { ROUGH, scaled } from './weather.ts';
import { playWorld } from './world.ts';

const SALES = 60;
/** A mistake that this many small worlds do not show is one that the simulation cannot see. */
const SEEDS_MAX = 12;
const STORM = { ...scaled(ROUGH, 3), death: 0.006, clockSet: 0.2 };

describe('a known mistake, put into the terminal, is caught', () => {
  it.each(Object.entries({ ...MUTANTS, ...REFUND_MUTANTS, ...OFFLINE_MUTANTS }))(
    '%s',
    { timeout: 120_000 },
    async (_, tampering) => {
      const caught = await firstProblem((seed) =>
        playWorld({ seed, sales: SALES, weather: STORM, tampering, verify: false }),
      );
      expect(caught).toBeDefined();
    },
  );

  it('and without a mistake, the same worlds show none', { timeout: 120_000 }, async () => {
    expect(await firstProblem((seed) => playWorld({ seed, sales: SALES, weather: STORM }))).toBeUndefined();
  });
});

async function firstProblem(play: (seed: number) => ReturnType<typeof playWorld>) {
  for (let seed = 1; seed <= SEEDS_MAX; seed++) {
    const { problems } = await play(seed);
    if (problems[0]) return { seed, ...problems[0] };
  }
  return undefined;
}
