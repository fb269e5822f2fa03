import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fen } from '../../src/core/money.ts';
import { createTerminal } from '../../src/main/terminal.ts';
import { startSaoma } from '../fixtures/saoma-process.ts';
import { openShop, type TestShop } from '../fixtures/shop.ts';
import {
  accept,
  type BackOffice,
  officeCertificates,
  openBackOffice,
  uploadSettings,
} from '../main/upload/support/back-office.ts';

const SALES = 6;

let shop: TestShop;
let office: BackOffice;

beforeEach(async () => {
  const certificates = await officeCertificates();
  office = await openBackOffice(certificates);
  shop = await openShop();
  const settings = uploadSettings(shop.dataDir, office.url, certificates);
  // With a key that is not there yet, what the till sells only waits.
  configure({ ...settings, keyFile: 'not-yet.key' });
  const terminal = await createTerminal({ dataDir: shop.dataDir, host: 'none', env: {} });
  for (let sale = 0; sale < SALES; sale++) {
    terminal.till.ask(fen(1_230));
    terminal.till.takeCash(fen(1_230), fen(2_000));
    terminal.till.next();
  }
  await terminal.close();
  configure(settings);
});
afterEach(async () => {
  await shop.close();
  await office.close();
});

function configure(upload: Record<string, unknown>): void {
  const path = join(shop.dataDir, 'config.json');
  writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), upload }));
}

const sync = (...more: string[]) => startSaoma(['sync', '--data', shop.dataDir, ...more]);

describe('reports to the back office', () => {
  it('are sent by saoma sync, and saoma queue says what waits', async () => {
    await using waiting = await startSaoma(['queue', '--data', shop.dataDir]);
    await waiting.line(/^Reports to the back office: 6 wait · oldest /);
    await using syncing = await sync('--json');
    expect(await syncing.exited).toBe(0);
    expect(syncing.events.at(-1)).toEqual({ event: 'done', settled: true, count: 0, amountFen: 0, humanCount: 0 });
    expect(office.accepted()).toHaveLength(SALES);
  });

  it('that the back office does not take now do not keep saoma sync from ending', async () => {
    office.behave(({ response }) => response.writeHead(500).end('later'));
    await using syncing = await sync();
    await syncing.line(/^Reports to the back office: 6 wait · oldest .+ · HTTP 500: later$/);
    expect(await syncing.exited).toBe(0);
  });

  it('are sent again under the same key, word for word, by a till that was killed before it could write down that they arrived', async () => {
    for (const dies of ['before the answer', 'before the answer', 'after it'] as const) {
      const killed = Promise.withResolvers<void>();
      await using syncing = await sync();
      let nth = 0;
      office.behave((delivery) => {
        if (dies === 'before the answer') killed.resolve();
        else if (nth++ === 0) {
          delivery.response.on('finish', () => killed.resolve());
          accept(delivery);
        }
      });
      await killed.promise;
      await syncing.kill('SIGKILL');
    }
    office.behave(accept);
    await using syncing = await sync();
    expect(await syncing.exited).toBe(0);

    expect(office.accepted()).toHaveLength(SALES);
    const bodies = Map.groupBy(office.deliveries, ({ key }) => key);
    expect(bodies.size).toBe(SALES);
    expect(office.deliveries.length).toBeGreaterThan(SALES);
    for (const [, [first, ...more]] of bodies) {
      expect(more.every(({ body, isGenuine }) => body === first?.body && isGenuine)).toBe(true);
    }
    await using verifying = await startSaoma(['verify', '--data', shop.dataDir]);
    expect(await verifying.exited).toBe(0);
  });

  it('are known to saoma doctor, which sends nothing', async () => {
    await using doctor = await startSaoma(['doctor', '--data', shop.dataDir, '--json']);
    const check = await doctor.event(({ name }) => name === 'upload');
    expect(check).toMatchObject({ state: 'ok', says: expect.stringMatching(/takes a connection; 6 wait$/) });
    await doctor.exited;
    expect(office.deliveries).toEqual([]);
  });
});
