import { describe, expect, it } from 'vitest';
import { playNumbered, replayCommand } from './campaign.ts';
import { HEALING_MS } from './world.ts';

const SALES = 220;
const FRESH_SEED = Math.floor(Math.random() * 2 ** 32);

describe('selling through everything that goes wrong', () => {
  it.each([1, 2, 3, FRESH_SEED])(
    `loses no fen, takes none twice, and settles all within ${HEALING_MS / 60_000} minutes, seed %i`,
    { timeout: 180_000 },
    async (seed) => {
      for (const number of [0, 1, 2]) {
        const world = { seed, number, sales: SALES };
        const { problems, sales } = await playNumbered(world);
        expect(problems, `again: ${replayCommand(world)}`).toEqual([]);
        expect(sales).toBe(SALES);
      }
    },
  );

  it('is the same to the last journal row whenever it is played again', { timeout: 60_000 }, async () => {
    const world = { seed: 7, number: 0, sales: 100 };
    const first = await playNumbered(world);
    expect(first.deaths).toBeGreaterThan(0);
    expect(await playNumbered(world)).toEqual(first);
  });
});
