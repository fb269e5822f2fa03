import { seededRandom, seedOf } from '../../src/core/random.ts';

/** Chance that repeats: the same seed and purpose draw the same lots, on every machine. */
export interface Chance {
  /** In [0, 1). */
  next(): number;
  happens(probability: number): boolean;
  /** A whole number, both ends included. */
  between(from: number, to: number): number;
  pick<T>(choices: readonly T[]): T;
}

/** @param purpose keeps the lots of one part apart from another's, so that a part drawing more changes no other part. */
export function createChance(seed: number, purpose: string): Chance {
  const next = seededRandom(seedOf(`${seed} ${purpose}`));
  const between = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return {
    next,
    happens: (probability) => next() < probability,
    between,
    pick<T>(choices: readonly T[]): T {
      const choice = choices[between(0, choices.length - 1)];
      if (choice === undefined) throw new RangeError('Nothing to pick from');
      return choice;
    },
  };
}
