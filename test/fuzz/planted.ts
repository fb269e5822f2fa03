import type { Input, Subject } from './subject.ts';

/* Readers with every fault that a campaign is there to find, to see that it finds them. */

const BAD_INPUT_EVERY = 3;

export const SUBJECTS = {
  credulous: planted(() => 'believed it'),
  throwing: planted(() => {
    throw new RangeError('out of range');
  }),
  slow: planted(() => {
    const { user } = process.threadCpuUsage();
    while (process.threadCpuUsage().user - user < 1_500_000);
    return undefined;
  }),
  holding: planted(() => {
    held.push(Buffer.alloc(80 * 1024 * 1024));
    return undefined;
  }),
  hanging: planted(() => {
    for (;;);
  }),
  swelling: planted(() => {
    const list: number[][] = [];
    for (;;) list.push(Array.from({ length: 1_000 }, (_, n) => n));
  }),
  ending: planted(() => process.exit(7)),
  innocent: planted(() => undefined),
} as const satisfies Readonly<Record<string, () => Promise<Subject>>>;

const held: Buffer[] = [];

/** Reads well, but for every third input. */
function planted(misread: (input: Input) => string | undefined): () => Promise<Subject> {
  return async () => {
    let count = 0;
    return {
      make: (chance) => ({ about: 'some bytes', bytes: Buffer.from([chance.between(0, 255), chance.between(0, 255)]) }),
      async judge(input) {
        count += 1;
        return count % BAD_INPUT_EVERY === 0 ? misread(input) : undefined;
      },
    };
  };
}
