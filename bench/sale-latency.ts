import { once } from 'node:events';
import { closeSync, constants, openSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { fen } from '../src/core/money.ts';
import { createTerminal } from '../src/main/terminal.ts';
import { type Figure, figureOf } from './figures.ts';
import type { Observed } from './outside.ts';
import { startShop } from './shop.ts';

const WARM_UP_SALES = 10;

/**
 * Whole sales over a real pty, real TLS and a real TCP printer, watched from outside: from the scanner's last byte to
 * the request's first on the wire, and from the reply's last byte to the receipt's first at the printer.
 */
export async function saleLatency(sales: number): Promise<Figure[]> {
  await using shop = await startShop();
  const scannerFd = openSync(shop.scannerDevice, constants.O_RDWR | constants.O_NOCTTY);
  const outside = new Worker(new URL('./outside.ts', import.meta.url), {
    workerData: { gatewayPort: shop.gatewayPort, scannerFd },
  });
  const [{ cablePort, printerPort }] = (await once(outside, 'message')) as [{ cablePort: number; printerPort: number }];
  const ready = Promise.withResolvers<void>();
  const terminal = await createTerminal({
    onScanner: ({ state }) => state === 'ready' && ready.resolve(),
    dataDir: shop.dataDir,
    host: 'none',
    env: shop.envFor(`https://127.0.0.1:${cablePort}`),
    scanner: `serial:${shop.scannerPath}@9600`,
    printer: `tcp:127.0.0.1:${printerPort}`,
  });
  try {
    await ready.promise;
    const observed: Observed[] = [];
    for (let sale = 0; sale < WARM_UP_SALES + sales; sale++) {
      terminal.till.ask(fen(1230));
      outside.postMessage(shop.freshCode());
      const [seen] = (await once(outside, 'message')) as [Observed];
      if (sale >= WARM_UP_SALES) observed.push(seen);
      await terminal.printed();
    }
    return [
      figureOf(
        'scan → wire',
        observed.map(({ scannedAt, requestAt }) => requestAt - scannedAt),
        'p99 ≤ 10 ms',
      ),
      figureOf(
        'reply → receipt',
        observed.map(({ replyAt, receiptAt }) => receiptAt - replyAt),
        'p99 ≤ 20 ms',
      ),
    ];
  } finally {
    await terminal.close();
    await outside.terminate();
    closeSync(scannerFd);
  }
}
