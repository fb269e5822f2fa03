import { dirname, join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { startSimulator } from '../../src/simulator/simulator.ts';
import { createPtyPair } from '../devices/pty-pair.ts';
import { startSaoma } from '../fixtures/saoma-process.ts';
import { openShop, QUICK_DELAYS } from '../fixtures/shop.ts';

it('saoma sell says that the line is down, keeps waiting, and sells when it is back', async () => {
  const shop = await openShop();
  await using scanner = await createPtyPair();
  await shop.simulator.close();
  const data = ['--data', shop.dataDir, '--scanner', `serial:${scanner.path}@9600`];
  await using saoma = await startSaoma(['sell', ...data, '--amount', '12.30', '--json']);
  await saoma.event(({ event }) => event === 'ready');
  const code = shop.simulator.freshCode('pays');
  await scanner.write(`${code}\r`);
  await saoma.event(({ event, code: notice }) => event === 'notice' && notice === 'LINE_DOWN');

  const certDir = join(dirname(shop.dataDir), 'certificates');
  const back = await startSimulator({ port: shop.simulator.port, certDir, delays: QUICK_DELAYS });
  const done = async () => {
    await scanner.write(`${code}\r`);
    return saoma.events.some(({ event }) => event === 'done');
  };
  await vi.waitUntil(done, { timeout: 25_000, interval: 2_000 });
  expect(saoma.events.at(-1)).toMatchObject({ event: 'done', state: 'paid', amountFen: 1230 });
  expect(await saoma.exited).toBe(0);
  expect(back.books()).toMatchObject({ paid: 1, netFen: 1230 });
  await back.close();
  await shop.close();
}, 60_000);
