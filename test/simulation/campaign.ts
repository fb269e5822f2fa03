import { seedOf } from '../../src/core/random.ts';
import { createChance } from './chance.ts';
import { ROUGH, scaled } from './weather.ts';
import { playWorld, type WorldResult } from './world.ts';

/*
 * Many worlds from one seed. World number N of a seed is always the same world, whoever plays it and when: that is
 * what a replay needs.
 */

export const SALES_PER_WORLD = 500;

/** Fair days, rough ones and storms: faults that are rare leave time for the long stories, frequent ones meet each other. */
const FORCES = [0.25, 0.25, 0.5, 0.5, 1, 1, 1, 1, 1, 3];

export interface WorldRequest {
  readonly seed: number;
  readonly number: number;
  readonly sales: number;
  readonly trace?: boolean;
  readonly inFolder?: string;
}

export interface Shard {
  readonly seed: number;
  readonly sales: number;
  /** This one plays the worlds `index`, `index + of`, `index + 2 · of` … */
  readonly index: number;
  readonly of: number;
  readonly inFolder: string;
}

export function playNumbered({ seed, number, sales, ...how }: WorldRequest): Promise<WorldResult> {
  const worldSeed = seedOf(`${seed} world ${number}`);
  const weather = scaled(ROUGH, createChance(worldSeed, 'weather').pick(FORCES));
  return playWorld({ seed: worldSeed, sales, weather, ...how });
}

export async function playShard(
  { seed, sales, index, of, inFolder }: Shard,
  onWorld: (number: number, result: WorldResult) => void,
): Promise<void> {
  for (let number = index; number * SALES_PER_WORLD < sales; number += of) {
    const left = sales - number * SALES_PER_WORLD;
    onWorld(number, await playNumbered({ seed, number, sales: Math.min(SALES_PER_WORLD, left), inFolder }));
  }
}

/** The one command that plays a world again. */
export function replayCommand({ seed, number, sales }: WorldRequest): string {
  return `npm run simulate -- --sales ${sales} --seed ${seed} --world ${number}`;
}
