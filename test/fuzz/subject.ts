import type { Chance } from '../simulation/chance.ts';

/** Something to be read by the product, and in a few words what was done to it. */
export interface Input {
  readonly about: string;
  readonly bytes: Buffer;
}

/** One part of the product under fuzz. */
export interface Subject<Made extends Input = Input> {
  /** The same lots make the same input. */
  make(chance: Chance): Made;
  /** Has it read; says what was wrong, or undefined. What it throws is wrong, too. */
  judge(input: Made): Promise<string | undefined>;
}
