import { beforeEach, describe, expect, it } from 'vitest';
import { createPacer } from '../../../src/main/queue/pacer.ts';
import { ManualClock, settle } from '../../fixtures/clock.ts';

let clock: ManualClock;
let begun: { name: string; atMs: number }[];
let start: number;

beforeEach(() => {
  clock = new ManualClock();
  start = clock.now();
  begun = [];
});

function aPacer(
  options: {
    ratePerSecond?: number;
    concurrency?: number;
    random?: () => number;
    yieldTurn?: () => Promise<void>;
  } = {},
) {
  return createPacer({ clock, ratePerSecond: 0, concurrency: 0, random: () => 0, ...options });
}

/** A call that says when it began, and ends after so long, or when the test says. */
function call(name: string, until: number | Promise<void> = 0) {
  return async () => {
    begun.push({ name, atMs: clock.now() - start });
    await (typeof until === 'number' ? (until > 0 ? clock.sleep(until) : undefined) : until);
  };
}

const names = () => begun.map(({ name }) => name);

describe('calls of the queue', () => {
  it('hand over their answers one a turn, so that a scan that comes meanwhile waits for one of them', async () => {
    const turns: (() => void)[] = [];
    const pacer = aPacer({ yieldTurn: () => new Promise((resolve) => turns.push(resolve)) });
    const answered: string[] = [];
    for (const name of ['a', 'b', 'c']) void pacer.background(0, async () => name).then((got) => answered.push(got));
    const afterTurns: string[] = [];
    for (let turn = 0; turn < 3; turn++) {
      await settle();
      expect(turns).toHaveLength(turn + 1);
      turns[turn]?.();
      await settle();
      afterTurns.push(answered.join(''));
    }
    expect(afterTurns).toEqual(['a', 'ab', 'abc']);
  });

  it("never make a sale's answer wait for a turn", async () => {
    const pacer = aPacer({ yieldTurn: () => new Promise(() => undefined) });
    void pacer.background(0, async () => 'stuck');
    expect(await pacer.sale(async () => 'paid')).toBe('paid');
  });

  it('begin no faster than the rate, however many are due', async () => {
    const pacer = aPacer({ ratePerSecond: 10 });
    for (let order = 0; order < 25; order++) void pacer.background(order, call(`${order}`));
    await clock.advance(1_000);
    // Eleven: one at the very beginning of the second and one at its very end.
    expect(begun.map(({ atMs }) => atMs)).toEqual(Array.from({ length: 11 }, (_, index) => index * 100));
  });

  it('do not save up what a quiet time left unused', async () => {
    const pacer = aPacer({ ratePerSecond: 10 });
    await pacer.background(0, call('first'));
    await clock.advance(60_000);
    for (let order = 1; order <= 5; order++) void pacer.background(order, call(`${order}`));
    await clock.advance(100);
    expect(names()).toEqual(['first', '1', '2']);
  });

  it('are at most so many at a time, and the oldest that waits is the next', async () => {
    const pacer = aPacer({ concurrency: 2 });
    const [one, two] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    void pacer.background(9, call('nine', one.promise));
    void pacer.background(8, call('eight', two.promise));
    for (const order of [5, 3, 4]) void pacer.background(order, call(`${order}`, two.promise));
    await settle();
    expect(names()).toEqual(['nine', 'eight']);
    one.resolve();
    await settle();
    expect(names()).toEqual(['nine', 'eight', '3']);
    two.resolve();
    await settle();
    expect(names()).toEqual(['nine', 'eight', '3', '4', '5']);
  });

  it('that fail, or never end, do not stop the others', async () => {
    const pacer = aPacer({ concurrency: 2 });
    const never = new Promise<void>(() => {});
    void pacer.background(0, call('never', never));
    const failing = pacer.background(1, async () => {
      throw new Error('bad');
    });
    await expect(failing).rejects.toThrow('bad');
    for (let order = 2; order < 5; order++) await pacer.background(order, call(`${order}`));
    expect(names()).toEqual(['never', '2', '3', '4']);
  });

  it('let a sale’s call pass for a moment, and no longer', async () => {
    const pacer = aPacer();
    const reply = Promise.withResolvers<void>();
    void pacer.sale(call('sale', reply.promise));
    void pacer.background(0, call('queue'));
    await clock.advance(249);
    expect(names()).toEqual(['sale']);
    await clock.advance(1);
    expect(names()).toEqual(['sale', 'queue']);
    reply.resolve();
  });

  it('go on at once when the sale’s call has its reply', async () => {
    const pacer = aPacer();
    const sale = pacer.sale(call('sale'));
    const queue = pacer.background(0, call('queue'));
    await Promise.all([sale, queue]);
    expect(begun).toEqual([
      { name: 'sale', atMs: 0 },
      { name: 'queue', atMs: 0 },
    ]);
  });
});

describe('a sale’s call', () => {
  it('waits for nothing: not for the rate, not for a place', async () => {
    const pacer = aPacer({ ratePerSecond: 1, concurrency: 1 });
    const never = new Promise<void>(() => {});
    for (let order = 0; order < 10; order++) void pacer.background(order, call(`${order}`, never));
    void pacer.sale(call('sale'));
    await settle();
    expect(names().slice(0, 2).toSorted()).toEqual(['0', 'sale']);
  });
});

it('spreads waits by up to a fifth, and shortens none', () => {
  const values = [0, 0.5, 0.999_999];
  const pacer = aPacer({ random: () => values.shift() ?? 0 });
  expect([pacer.spread(1_000), pacer.spread(1_000)]).toEqual([1_000, 1_100]);
  expect(pacer.spread(1_000)).toBeCloseTo(1_200, 2);
});

it('is not put off by a clock that was set back', async () => {
  const pacer = aPacer({ ratePerSecond: 10 });
  await pacer.background(0, call('before'));
  clock.setWall(-3_600_000);
  void pacer.background(1, call('after'));
  await clock.advance(100);
  expect(names()).toEqual(['before', 'after']);
});

it('lets everybody through at once when the day is over', async () => {
  const pacer = aPacer({ ratePerSecond: 1, concurrency: 1 });
  for (let order = 0; order < 5; order++) void pacer.background(order, call(`${order}`));
  pacer.release();
  await settle();
  expect(names()).toEqual(['0', '1', '2', '3', '4']);
});
