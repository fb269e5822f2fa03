import { afterEach, describe, expect, it } from 'vitest';
import type { HostLine, LineState } from '../../../src/main/gateway/gateway.ts';
import {
  AWAITED_FINE_MS,
  AWAITED_TROUBLE_MS,
  HURRY_GAP_MS,
  type LineWatch,
  WATCH_BACKOFF_MS,
  watchLine,
} from '../../../src/main/gateway/line-watch.ts';
import { ManualClock, settle } from '../../fixtures/clock.ts';

let watch: LineWatch | undefined;

afterEach(() => watch?.stop());

/** A watch over hosts whose state the test sets. Probes are written down by the seconds since the start. */
function aWatch(states: LineState[], onProbe: () => void | Promise<void> = () => undefined) {
  const clock = new ManualClock(0);
  const shop = {
    clock,
    states,
    awaited: false,
    probedAt: [] as number[],
    backs: 0,
    watch: undefined as never as LineWatch,
  };
  const hosts = (): HostLine[] =>
    shop.states.map((state, nth) => ({ name: `host-${nth}`, state, unreachable: state === 'offline' }));
  shop.watch = watch = watchLine({
    gateway: {
      hosts,
      line: () => (['online', 'shaky', 'unknown'] as const).find((state) => shop.states.includes(state)) ?? 'offline',
      async probe() {
        shop.probedAt.push(clock.now() / 1_000);
        await onProbe();
      },
    },
    clock,
    isScanAwaited: () => shop.awaited,
    onBack: () => {
      shop.backs += 1;
    },
  });
  return shop;
}

describe('watching the line', () => {
  it('leaves it alone while all is well and nobody is waited for', async () => {
    const { clock, probedAt } = aWatch(['online', 'unknown']);
    await clock.advance(3_600_000);
    expect(probedAt).toEqual([]);
  });

  it('looks at a line in trouble at once, and then ever more seldom', async () => {
    const { clock, probedAt } = aWatch(['offline']);
    await clock.advance(120_000);
    const waits = probedAt.slice(1).map((at, nth) => (at - (probedAt[nth] ?? 0)) * 1_000);
    expect(probedAt[0]).toBe(0);
    expect(waits).toEqual([...WATCH_BACKOFF_MS, 30_000, 30_000]);
  });

  it('looks after one host in trouble even while another serves, so that the nearer one is used again', async () => {
    const { clock, probedAt } = aWatch(['offline', 'online']);
    await clock.advance(1_000);
    expect(probedAt).toEqual([0, 1]);
  });

  it('is not put off by a clock that was set back', async () => {
    const shop = aWatch(['offline']);
    await shop.clock.advance(60_000);
    const before = shop.probedAt.length;
    shop.clock.setWall(-3_600_000);
    shop.watch.hurry();
    await shop.clock.advance(1_000);
    expect(shop.probedAt.length).toBeGreaterThan(before);
  });

  it('begins anew with the next trouble', async () => {
    const shop = aWatch(['offline']);
    await shop.clock.advance(60_000);
    shop.states = ['online'];
    shop.watch.noteChange();
    await shop.clock.advance(600_000);
    const before = shop.probedAt.length;
    shop.states = ['offline'];
    shop.watch.noteChange();
    await shop.clock.advance(1_000);
    expect(shop.probedAt.slice(before)).toEqual([660, 661]);
  });

  it('keeps the knowledge fresh while a customer is waited for', async () => {
    const shop = aWatch(['online']);
    shop.awaited = true;
    shop.watch.hurry();
    await shop.clock.advance(2 * AWAITED_FINE_MS);
    expect(shop.probedAt).toEqual([AWAITED_FINE_MS / 1_000, (2 * AWAITED_FINE_MS) / 1_000]);

    shop.states = ['offline'];
    shop.watch.noteChange();
    await shop.clock.advance(60_000);
    const waits = shop.probedAt.slice(2).map((at, nth) => (at - (shop.probedAt[nth + 1] ?? 0)) * 1_000);
    expect(Math.max(...waits)).toBe(AWAITED_TROUBLE_MS);
  });

  it('can be hurried, but not driven', async () => {
    const shop = aWatch(['offline']);
    await shop.clock.advance(48_000);
    const before = shop.probedAt.length;
    for (let nth = 0; nth < 100; nth++) {
      shop.watch.hurry();
      await shop.clock.advance(10);
    }
    const looks = shop.probedAt.length - before;
    expect(looks).toBeGreaterThanOrEqual(1);
    expect(looks).toBeLessThanOrEqual(1_000 / HURRY_GAP_MS + 1);
  });

  it('has one look under way at a time, however long a black hole holds it', async () => {
    const shop = aWatch(['offline'], () => new Promise(() => undefined));
    await shop.clock.advance(60_000);
    shop.watch.hurry();
    shop.watch.noteChange();
    await shop.clock.advance(60_000);
    expect(shop.probedAt).toEqual([0]);
  });

  it.each(['online', 'shaky'] as const)('tells once that a line that was down is back and %s', async (state) => {
    const shop = aWatch(['offline', 'offline']);
    shop.watch.noteChange();
    expect(shop.backs).toBe(0);
    shop.states = ['offline', state];
    shop.watch.noteChange();
    shop.states = ['online', state];
    shop.watch.noteChange();
    expect(shop.backs).toBe(1);
  });

  it('does not call it a return when the line was never down', async () => {
    const shop = aWatch(['shaky']);
    shop.watch.noteChange();
    shop.states = ['online'];
    shop.watch.noteChange();
    expect(shop.backs).toBe(0);
  });

  it('stops for good', async () => {
    const shop = aWatch(['offline']);
    await settle();
    shop.watch.stop();
    shop.watch.hurry();
    await shop.clock.advance(600_000);
    expect(shop.probedAt).toEqual([0]);
  });
});
