import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterEach, describe, expect, it } from 'vitest';
import type { StatusView } from '../../src/contract/types.ts';
import { fen } from '../../src/core/money.ts';
import type { Payment } from '../../src/core/payment.ts';
import { createTerminal, type Terminal } from '../../src/main/terminal.ts';
import { type Simulator, startSimulator } from '../../src/simulator/simulator.ts';
import { openShop, QUICK_DELAYS, type ShopOptions, type TestShop } from '../fixtures/shop.ts';

/*
 * The whole terminal over a real line: TLS simulators on ports of their own, which the test stops and starts again.
 */

const PATIENT = { timeout: 25_000, interval: 20 };
const AMOUNT = fen(1230);

let shop: TestShop;
let terminal: Terminal | undefined;
let others: Simulator[] = [];
let payments: Payment[] = [];

afterEach(async () => {
  await terminal?.close();
  terminal = undefined;
  await Promise.all(others.map((simulator) => simulator.close()));
  others = [];
  payments = [];
  await shop.close();
});

async function open(options: ShopOptions = {}): Promise<void> {
  shop = await openShop(options);
}

async function openTill(): Promise<Terminal> {
  const { dataDir } = shop;
  terminal = await createTerminal({ dataDir, host: 'none', env: {}, onPayment: (payment) => payments.push(payment) });
  return terminal;
}

/** Another simulator with the shop's certificates, on a port of its own or on that of one that is gone. */
async function startAnother(port = 0): Promise<Simulator> {
  const certDir = join(dirname(shop.dataDir), 'certificates');
  const simulator = await startSimulator({ port, certDir, delays: QUICK_DELAYS });
  others.push(simulator);
  return simulator;
}

function useHosts(hosts: readonly string[]): void {
  const path = join(shop.dataDir, 'config.json');
  const settings = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(path, JSON.stringify({ ...settings, gateway: { ...settings.gateway, hosts } }));
}

async function status({ router }: Terminal): Promise<StatusView> {
  for await (const view of await createRouterClient(router).status.watch()) return view;
  throw new Error('There is no status');
}

const lineOf = (till: Terminal) => async () => (await status(till)).line;
const hostsOf = (till: Terminal) => async () => (await status(till)).lineHosts.map(({ state }) => state);

async function sell(till: Terminal): Promise<void> {
  till.till.ask(AMOUNT);
  expect(till.till.scan(shop.simulator.freshCode('pays'))).toBeUndefined();
  await expect.poll(() => payments.at(-1)?.state, PATIENT).toBe('paid');
  till.till.next();
}

describe('a till whose gateway is away', () => {
  it('refuses a scan at once, keeps nothing of it, and takes the same code when the line is back', async () => {
    await open();
    const till = await openTill();
    await expect.poll(lineOf(till), PATIENT).toBe('online');
    till.till.ask(AMOUNT);
    await shop.simulator.close();
    // Nobody scans and nothing is sent: the till finds out by itself, while it waits for the code.
    await expect.poll(lineOf(till), PATIENT).toBe('offline');

    const code = shop.simulator.freshCode('pays');
    const begunAt = performance.now();
    expect(till.till.scan(code)).toMatchObject({ code: 'LINE_DOWN' });
    expect(performance.now() - begunAt).toBeLessThan(1_000);
    expect(till.till.view()).toMatchObject({ step: 'scan', amountFen: AMOUNT });
    expect(payments).toEqual([]);

    const back = await startAnother(shop.simulator.port);
    await expect.poll(lineOf(till), PATIENT).not.toBe('offline');
    expect(back.orders()).toEqual([]);
    expect(everythingIn(shop.dataDir).includes(code)).toBe(false);

    expect(till.till.scan(code)).toBeUndefined();
    await expect.poll(() => payments.at(-1)?.state, PATIENT).toBe('paid');
    expect(back.books()).toMatchObject({ paid: 1, netFen: AMOUNT });
    expect(everythingIn(shop.dataDir).includes(code)).toBe(false);
  }, 60_000);

  it('lets a scan go out while the line is only shaky', async () => {
    await open();
    const till = await openTill();
    till.till.ask(AMOUNT);
    await shop.simulator.close();
    await expect.poll(lineOf(till), PATIENT).toBe('offline');
    const back = await startAnother(shop.simulator.port);
    await expect.poll(lineOf(till), PATIENT).toBe('shaky');
    expect(till.till.scan(back.freshCode('pays'))).toBeUndefined();
    await expect.poll(() => payments.at(-1)?.state, PATIENT).toBe('paid');
  }, 60_000);

  it('asks at once for what is open when the line is back, whatever wait was planned', async () => {
    const timings = {
      pollMs: 600_000,
      giveUpMs: 1_800_000,
      reverseNotBeforeMs: 150,
      reverseBackoffMs: [600_000],
      lateCheckMs: 1_900_000,
      attentionPollMs: 600_000,
    };
    await open({ settings: { timings }, delays: { passwordMs: 0 } });
    const till = await openTill();
    till.till.ask(AMOUNT);
    till.till.scan(shop.simulator.freshCode('walks-away'));
    await expect.poll(() => payments.at(-1)?.state, PATIENT).toBe('pending');
    await shop.simulator.close();
    till.till.cancel();
    await expect.poll(lineOf(till), PATIENT).toBe('offline');
    await startAnother(shop.simulator.port);
    await expect.poll(() => payments.at(-1)?.state, PATIENT).toBe('reversed');
  }, 60_000);
});

describe('a till with two hosts', () => {
  it('sells through the second while the first is down, and through the first again when it is back', async () => {
    await open();
    const second = await startAnother();
    useHosts([shop.simulator.baseUrl, second.baseUrl]);
    const till = await openTill();
    await sell(till);
    expect([shop.simulator.books().paid, second.books().paid]).toEqual([1, 0]);

    await shop.simulator.close();
    till.till.ask(AMOUNT);
    await expect.poll(hostsOf(till), PATIENT).toEqual(['offline', 'online']);
    expect(await lineOf(till)()).toBe('online');
    await sell(till);
    expect(second.books().paid).toBe(1);

    const first = await startAnother(shop.simulator.port);
    await expect.poll(hostsOf(till), PATIENT).toEqual(['online', 'online']);
    await sell(till);
    expect([first.books().paid, second.books().paid]).toEqual([1, 1]);
  }, 90_000);

  it('is down only when neither can be reached, and says of each why', async () => {
    await open();
    const second = await startAnother();
    useHosts([shop.simulator.baseUrl, second.baseUrl]);
    const till = await openTill();
    till.till.ask(AMOUNT);
    await shop.simulator.close();
    await second.close();
    await expect.poll(lineOf(till), PATIENT).toBe('offline');
    expect((await status(till)).lineHosts).toMatchObject(
      [shop.simulator.port, second.port].map((port) => ({
        name: `127.0.0.1:${port}`,
        state: 'offline',
        lastFailure: { at: expect.any(Number), detail: expect.stringMatching(/^[A-Z_]+$/) },
      })),
    );
  }, 60_000);
});

/** Every file of the data folder, as bytes: where a payment code must never be found. */
function everythingIn(dataDir: string): Buffer {
  const files = readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Buffer.concat(files.map(({ parentPath, name }) => readFileSync(join(parentPath, name))));
}
