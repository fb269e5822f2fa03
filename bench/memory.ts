import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { round } from './figures.ts';
import type { MemoryOrder, MemoryReading } from './memory-till.ts';
import { type BenchShop, startShop } from './shop.ts';

/** Until then code is compiled, statements are prepared and buffers find their size: not counted. */
const WARM_UP_SALES = 5_000;
/** Drawing makes the heap as wide as it will ever be much sooner. */
const WARM_UP_RECEIPTS = 2_500;
/** Nothing is measured here that a disk has to do with, and a hundred thousand sales wait for it long. */
const RAM_DISK = '/dev/shm';

export interface MemoryGrowth {
  readonly sales: number;
  /** Heap and what hangs on it outside (buffers), after a full collection: how much more than after the warm-up. */
  readonly heldMiB: number;
  /** The whole process as the system sees it, SQLite's page cache and all. */
  readonly rssMiB: number;
}

/**
 * A process that sells for a year: how much more it holds in the end. One sale in ten is paid in cash. Beside it, for
 * drawing a receipt takes longer than the sale, another one that sells a tenth of that and draws each receipt.
 */
export async function memoryGrowth(sales: number): Promise<readonly MemoryGrowth[]> {
  await using shop = await startShop();
  // Both are waited for whatever happens to one: the shop closes when this function is left.
  const ends = await Promise.allSettled([
    growthOf(shop, 'none', WARM_UP_SALES, sales),
    growthOf(shop, 'virtual', WARM_UP_RECEIPTS, sales / 10),
  ]);
  return ends.map((end) => {
    if (end.status === 'rejected') throw end.reason;
    return end.value;
  });
}

async function growthOf(
  shop: BenchShop,
  printer: MemoryOrder['printer'],
  warmUp: number,
  sales: number,
): Promise<MemoryGrowth> {
  const dataDir = mkdtempSync(path.join(existsSync(RAM_DISK) ? RAM_DISK : tmpdir(), 'saoma-memory-'));
  const order: MemoryOrder = {
    dataDir,
    env: shop.envFor(`http://127.0.0.1:${shop.plainPort}`),
    printer,
    readAfter: [warmUp, warmUp + sales],
  };
  const till = fork(new URL('./memory-till.ts', import.meta.url), [JSON.stringify(order)], {
    execArgv: ['--expose-gc'],
  });
  try {
    const [[before, after]] = (await Promise.race([once(till, 'message'), failed(till)])) as [MemoryReading[]];
    if (!before || !after) throw new Error('The till did not say what it holds');
    return {
      sales,
      heldMiB: round(after.heldMiB - before.heldMiB),
      rssMiB: round(after.rssMiB - before.rssMiB),
    };
  } finally {
    till.kill();
    rmSync(dataDir, { recursive: true });
  }
}

async function failed(till: ReturnType<typeof fork>): Promise<never> {
  const [code] = await once(till, 'exit');
  throw new Error(`The till ended with ${code}`);
}
