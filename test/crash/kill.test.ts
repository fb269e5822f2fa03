import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/core/random.ts';
import { createTerminal } from '../../src/main/terminal.ts';
import { createPtyPair, type PtyPair } from '../devices/pty-pair.ts';
import { compareBooks } from '../fixtures/books.ts';
import { type PrinterServer, startPrinterServer } from '../fixtures/printer-server.ts';
import { type SaomaProcess, startSaoma } from '../fixtures/saoma-process.ts';
import { openShop, type TestShop } from '../fixtures/shop.ts';

/*
 * A real process over a real scanner line, real TLS and a real printer is killed with SIGKILL at a random moment of a
 * sale, 50 times, on one and the same data folder. After each restart every payment has to become certain, and the
 * till's books have to agree with the simulator's to the fen.
 */

const ROUNDS = 50;
const SEED = Number(process.env.SAOMA_CRASH_SEED ?? 20260102);
/** The longest a round waits after the scan before it kills: past most sales' end. */
const KILL_WITHIN_MS = 350;
const CUSTOMERS = ['pays', 'password', 'reply-lost', 'system-error-moved', 'password-cancels', 'slow', 'request-lost'];

let shop: TestShop;
let scanner: PtyPair;
let printer: PrinterServer;

beforeAll(async () => {
  shop = await openShop();
  scanner = await createPtyPair();
  printer = await startPrinterServer();
});
afterAll(async () => {
  await printer.close();
  await scanner[Symbol.asyncDispose]();
  await shop.close();
});

describe(`a till that is killed at ${ROUNDS} random moments of a sale (seed ${SEED})`, () => {
  const random = seededRandom(SEED);
  const rounds = Array.from({ length: ROUNDS }, (_, index) => ({
    round: index + 1,
    customer: CUSTOMERS[Math.floor(random() * CUSTOMERS.length)] ?? 'pays',
    afterMs: Math.floor(random() * KILL_WITHIN_MS),
  }));

  it.each(rounds)(
    'round $round: a customer who "$customer", killed after $afterMs ms',
    async ({ customer, afterMs }) => {
      await using saoma = await startTill();
      await saoma.event(({ event }) => event === 'ready');
      await scanner.write(`${shop.simulator.freshCode(customer)}\r`);
      await killAfter(saoma, afterMs);
      expect(compareBooks(shop.dataDir, shop.simulator, { settled: false })).toEqual([]);

      await resolveEverything();
      expect(compareBooks(shop.dataDir, shop.simulator)).toEqual([]);
      expect(shop.simulator.violations()).toEqual([]);
    },
  );

  it('has been killed in the middle of payments, and not only before and after them', () => {
    const orders = shop.simulator.orders();
    expect(orders.filter(({ state }) => state === 'SUCCESS').length).toBeGreaterThan(5);
    expect(orders.filter(({ state }) => state === 'REVOKED').length).toBeGreaterThan(2);
  });
});

function startTill(): Promise<SaomaProcess> {
  return startSaoma([
    'sell',
    ...['--data', shop.dataDir, '--amount', '12.30', '--json'],
    ...['--scanner', `serial:${scanner.path}@9600`, '--printer', `tcp:127.0.0.1:${printer.port}`],
  ]);
}

/** The moment is the point of this test: it has to fall anywhere, so it cannot be an event. */
async function killAfter(saoma: SaomaProcess, ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
  await saoma.kill('SIGKILL');
}

/** The next start: takes up what was left open and works until nothing is uncertain any more. */
async function resolveEverything(): Promise<void> {
  const changed = { wake: () => {} };
  const terminal = await createTerminal({
    dataDir: shop.dataDir,
    host: 'none',
    env: {},
    printer: 'none',
    onPayment: () => changed.wake(),
  });
  while (terminal.unsettled().count > 0) {
    await new Promise<void>((resolve) => {
      changed.wake = resolve;
      if (terminal.unsettled().count === 0) resolve();
    });
  }
  await terminal.close();
}
