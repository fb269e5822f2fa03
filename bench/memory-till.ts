import { invariant } from '../src/core/assert.ts';
import { isSettled } from '../src/core/payment.ts';
import { createTerminal, type Terminal } from '../src/main/terminal.ts';
import { round } from './figures.ts';
import { BENCH_AMOUNT } from './full-books.ts';
import { watchAsAScreenDoes } from './screen-watchers.ts';

/*
 * A process of its own that sells and says what it holds on to: started by memory.ts, with --expose-gc.
 */

export interface MemoryOrder {
  readonly dataDir: string;
  readonly env: Readonly<Record<string, string>>;
  readonly printer: 'none' | 'virtual';
  /** After how many sales to look. */
  readonly readAfter: readonly number[];
}

export interface MemoryReading {
  readonly heldMiB: number;
  readonly rssMiB: number;
}

const CASH_ONE_IN = 10;
/** Two of these sell at the same gateway, which takes each code once. */
const CODE_PREFIX = { none: '130', virtual: '131' } as const;

const { dataDir, env, printer, readAfter }: MemoryOrder = JSON.parse(process.argv[2] ?? '');
let settled: () => void = () => undefined;
const terminal = await createTerminal({
  dataDir,
  host: 'none',
  env,
  scanner: 'none',
  printer,
  onPayment: (payment) => isSettled(payment) && settled(),
});
const windows = new AbortController();
watchAsAScreenDoes(terminal, windows.signal);

const readings: MemoryReading[] = [];
for (let sale = 1; readings.length < readAfter.length; sale++) {
  await (sale % CASH_ONE_IN === 0 ? sellForCash(terminal) : sellForCode(terminal, sale));
  await terminal.printed();
  if (!readAfter.includes(sale)) continue;
  readings.push(await reading());
}
windows.abort();
await terminal.close();
process.send?.(readings);

async function sellForCode({ till }: Terminal, sale: number): Promise<void> {
  till.ask(BENCH_AMOUNT);
  const paid = new Promise<void>((resolve) => (settled = resolve));
  const refusal = till.scan(CODE_PREFIX[printer] + String(sale).padStart(15, '0'));
  invariant(refusal === undefined, `Sale ${sale} was refused: ${refusal?.code}`);
  await paid;
  till.next();
}

async function sellForCash({ till }: Terminal): Promise<void> {
  till.ask(BENCH_AMOUNT);
  const refusal = till.takeCash(BENCH_AMOUNT, BENCH_AMOUNT);
  invariant(refusal === undefined, `Cash was refused: ${refusal?.code}`);
  till.next();
}

/** Twice, and a turn between: what a finaliser lets go of is collected by the second. */
async function reading(): Promise<MemoryReading> {
  for (let round = 0; round < 2; round++) {
    globalThis.gc?.();
    await new Promise((resolve) => setImmediate(resolve));
  }
  globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { heldMiB: miB(heapUsed + external), rssMiB: miB(rss) };
}

function miB(bytes: number): number {
  return round(bytes / 2 ** 20);
}
