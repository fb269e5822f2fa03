import { describe, expect, it } from 'vitest';
import { createTopic } from '../../src/main/topic.ts';

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
