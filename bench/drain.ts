import diagnostics from 'node:diagnostics_channel';
import { once } from 'node:events';
import { closeSync, constants, openSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { DEFAULT_TIMINGS, isSettled, type Payment } from '../src/core/payment.ts';
import { createTerminal, type Terminal } from '../src/main/terminal.ts';
import { checkDrained, openOrdersOfThePast } from './drain-truth.ts';
import { type Figure, figureOf, machineMs, round } from './figures.ts';
import { BENCH_AMOUNT, fillBooks, UNANSWERED } from './full-books.ts';
import { watchAsAScreenDoes } from './screen-watchers.ts';
import { type BenchShop, startShop } from './shop.ts';

/** A sale every so often: ten times what a busy till sees. */
const SALE_EVERY_MS = 100;
const WARM_UP_SALES = 5;
/** Payments of long ago: the 15 s before a reversal, and the late look after it, are over. */
const OLD_TIMINGS = { ...DEFAULT_TIMINGS, reverseNotBeforeMs: 0, lateCheckMs: 0 };

export interface Drained {
  readonly figures: readonly Figure[];
  readonly tasksPerSecond: number;
  /** A sale's scan → wire p99 during the drain, against the same till when the queue is empty. */
  readonly saleDuringToIdle: number;
}

/**
 * The morning after a long outage: every payment of the day is unresolved, the line is back, and the shop goes on
 * selling. Nine in ten were paid and only the reply was lost; one in ten never arrived and is taken back.
 *
 * @throws when a task was not done once, by the gateway's books or by the journal.
 */
export async function drain(tasks: number): Promise<Drained> {
  await using shop = await startShop({ beforeOpening: (folder) => openOrdersOfThePast(folder, tasks) });
  fillBooks(shop.dataDir, tasks, () => UNANSWERED, OLD_TIMINGS);
  writeFileSync(path.join(shop.dataDir, 'config.json'), JSON.stringify({ queue: { ratePerSecond: 0 } }));
  const scannerFd = openSync(shop.scannerDevice, constants.O_RDWR | constants.O_NOCTTY);
  const scanner = new Worker(new URL('./scanner.ts', import.meta.url), { workerData: { scannerFd } });

  const payments = followPayments();
  const ready = Promise.withResolvers<void>();
  const begunAt = machineMs();
  const terminal = await createTerminal({
    dataDir: shop.dataDir,
    host: 'none',
    env: shop.envFor(`https://127.0.0.1:${shop.gatewayPort}`),
    scanner: `serial:${shop.scannerPath}@9600`,
    printer: 'none',
    onScanner: ({ state }) => state === 'ready' && ready.resolve(),
    onPayment: payments.saw,
  });
  const windows = new AbortController();
  let [during, idle]: [number[], number[]] = [[], []];
  try {
    await ready.promise;
    watchAsAScreenDoes(terminal, windows.signal);
    const counter = { terminal, shop, scanner, payments };
    during = await sellUntil(counter, () => payments.settledOld() === tasks);
    idle = await sellUntil(counter, (sold) => sold >= during.length);
  } finally {
    windows.abort();
    await terminal.close();
    await scanner.terminate();
    closeSync(scannerFd);
  }
  checkDrained(shop, tasks);
  const empty = figureOf('scan → wire, queue empty', idle.slice(WARM_UP_SALES));
  const draining = figureOf('scan → wire, queue draining', during.slice(WARM_UP_SALES), 'p99 ≤ 2 × empty');
  return {
    figures: [empty, draining],
    tasksPerSecond: Math.round((tasks / (payments.lastOldSettledAt() - begunAt)) * 1_000),
    saleDuringToIdle: round(draining.p99 / empty.p99),
  };
}

interface Counter {
  readonly terminal: Terminal;
  readonly shop: BenchShop;
  readonly scanner: Worker;
  readonly payments: ReturnType<typeof followPayments>;
}

/** Sells at a steady pace until told to stop. Returns each sale's scan → wire, milliseconds. */
async function sellUntil(counter: Counter, isOver: (sold: number) => boolean): Promise<number[]> {
  const { terminal, shop, scanner, payments } = counter;
  const samples: number[] = [];
  while (!isOver(samples.length)) {
    const nextAt = machineMs() + SALE_EVERY_MS;
    terminal.till.ask(BENCH_AMOUNT);
    const onWire = payCallOnWire();
    const sold = payments.nextSold();
    const scanned = once(scanner, 'message') as Promise<[number]>;
    scanner.postMessage(shop.freshCode());
    const [[scannedAt], wireAt] = await Promise.all([scanned, onWire]);
    samples.push(wireAt - scannedAt);
    await sold;
    terminal.till.next();
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, nextAt - machineMs())));
  }
  return samples;
}

/** When the HTTP client has handed the next pay call to its socket. */
function payCallOnWire(): Promise<number> {
  return new Promise((resolve) => {
    function heard(message: unknown): void {
      if ((message as { request: { path: string } }).request.path !== '/pay/micropay') return;
      diagnostics.unsubscribe('undici:client:sendHeaders', heard);
      resolve(machineMs());
    }
    diagnostics.subscribe('undici:client:sendHeaders', heard);
  });
}

/** Tells the payments of the past from those of the counter, and when each was over. */
function followPayments() {
  const over = new Set<string>();
  let lastAt = 0;
  let sold: (() => void) | undefined;
  return {
    saw(payment: Payment): void {
      if (!isSettled(payment)) return;
      if (!payment.id.startsWith('payment-')) {
        sold?.();
        return;
      }
      over.add(payment.id);
      lastAt = machineMs();
    },
    settledOld: () => over.size,
    lastOldSettledAt: () => lastAt,
    nextSold: () => new Promise<void>((resolve) => (sold = resolve)),
  };
}
