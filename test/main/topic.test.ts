import { describe, expect, it } from 'vitest';
import { createTopic } from '../../src/main/topic.ts';
import { ManualClock, settle } from '../fixtures/clock.ts';

describe('a watched value', () => {
  it('is given at once and then after each change', async () => {
    let value = 1;
    const topic = createTopic(() => value);
    const watcher = topic.watch();
    expect((await watcher.next()).value).toBe(1);
    const next = watcher.next();
    value = 2;
    topic.publish();
    expect((await next).value).toBe(2);
    await watcher.return();
  });

  it('skips what a slow watcher missed and shows the present', async () => {
    let value = 0;
    const topic = createTopic(() => value);
    const watcher = topic.watch();
    await watcher.next();
    for (value = 1; value <= 1000; value++) topic.publish();
    expect((await watcher.next()).value).toBe(1001);
    await watcher.return();
  });

  it('is not missed when it changes while the watcher is busy with the last', async () => {
    let value = 1;
    const topic = createTopic(() => value);
    const watcher = topic.watch();
    await watcher.next();
    value = 2;
    topic.publish();
    expect((await watcher.next()).value).toBe(2);
    await watcher.return();
  });

  it('ends when the watcher goes away, also in the middle of waiting', async () => {
    const topic = createTopic(() => 1);
    const leaving = new AbortController();
    const watcher = topic.watch(leaving.signal);
    await watcher.next();
    const next = watcher.next();
    leaving.abort();
    expect(await next).toEqual({ done: true, value: undefined });
  });

  it('leaves nothing behind, however often it changes', async () => {
    const topic = createTopic(() => 1);
    const watcher = topic.watch();
    const grownBy = async (changes: number) => {
      globalThis.gc?.();
      const before = process.memoryUsage().heapUsed;
      for (let change = 0; change < changes; change++) {
        const next = watcher.next();
        topic.publish();
        await next;
      }
      globalThis.gc?.();
      return process.memoryUsage().heapUsed - before;
    };
    await grownBy(1_000);
    // 312 bytes a change were kept once: 15 MB here. What is left is the noise of the heap.
    expect(await grownBy(50_000)).toBeLessThan(8_000_000);
    await watcher.return();
  });
});

describe('a watched value that costs something to read', () => {
  const GAP_MS = 250;

  function watched() {
    const clock = new ManualClock();
    const seen: number[] = [];
    const state = { value: 0, reads: 0 };
    const topic = createTopic(
      () => {
        state.reads++;
        return state.value;
      },
      { clock, gapMs: GAP_MS },
    );
    const leaving = new AbortController();
    const followed = (async () => {
      for await (const value of topic.watch(leaving.signal)) seen.push(value);
    })();
    return { clock, seen, state, topic, leaving, followed };
  }

  it('is there at once, and after a quiet while nearly at once', async () => {
    const { clock, seen, state, topic, leaving, followed } = watched();
    await settle();
    expect(seen).toEqual([0]);
    await clock.advance(GAP_MS);
    state.value = 1;
    topic.publish();
    await settle();
    // Whoever published it is not held up by its being read.
    expect(seen).toEqual([0]);
    await clock.advance(20);
    expect(seen).toEqual([0, 1]);
    leaving.abort();
    await followed;
  });

  it('is read once for a thousand changes in a row, and shows the last of them', async () => {
    const { clock, seen, state, topic, leaving, followed } = watched();
    await settle();
    for (state.value = 1; state.value < 1_000; state.value++) {
      topic.publish();
      await Promise.resolve();
    }
    await clock.advance(GAP_MS);
    expect(seen).toEqual([0, 1_000]);
    expect(state.reads).toBe(2);
    leaving.abort();
    await followed;
  });

  it('is not put off by a clock that was set back', async () => {
    const { clock, seen, state, topic, leaving, followed } = watched();
    await settle();
    clock.jump(-3_600_000);
    state.value = 1;
    topic.publish();
    await clock.advance(GAP_MS);
    expect(seen).toEqual([0, 1]);
    leaving.abort();
    await followed;
  });

  it('ends when the watcher goes away while it waits for its turn', async () => {
    const { seen, state, topic, leaving, followed } = watched();
    await settle();
    state.value = 1;
    topic.publish();
    await settle();
    leaving.abort();
    await followed;
    expect(seen).toEqual([0]);
  });
});
