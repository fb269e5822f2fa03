import { describe, expect, it } from 'vitest';
import { seededRandom, seedOf } from '../../src/core/random.ts';

describe('a seeded sequence', () => {
  it('is the same for the same seed, and another for another', () => {
    const take = (seed: number) => Array.from({ length: 20 }, seededRandom(seed));
    expect(take(42)).toEqual(take(42));
    expect(take(42)).not.toEqual(take(43));
  });

  it('stays in [0, 1) and fills it evenly', () => {
    const random = seededRandom(seedOf('evenly'));
    const buckets = new Array<number>(10).fill(0);
    for (let drawn = 0; drawn < 100_000; drawn++) {
      const bucket = Math.floor(random() * 10);
      buckets[bucket] = (buckets[bucket] ?? 0) + 1;
    }
    expect(buckets).toHaveLength(10);
    for (const count of buckets) expect(Math.abs(count - 10_000)).toBeLessThan(500);
  });

  it('starts anywhere for seeds that come from similar texts', () => {
    const firsts = Array.from({ length: 10_000 }, (_, index) => seededRandom(seedOf(`T${index}`))());
    const below = firsts.filter((value) => value < 0.1).length;
    expect(Math.abs(below - 1_000)).toBeLessThan(150);
  });
});

describe('a seed from text', () => {
  it('is FNV-1a, as published', () => {
    expect(seedOf('')).toBe(0x811c9dc5);
    expect(seedOf('a')).toBe(0xe40c292c);
    expect(seedOf('foobar')).toBe(0xbf9cf968);
  });
});
