import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startPrinterServer } from '../fixtures/printer-server.ts';
import { startSaoma } from '../fixtures/saoma-process.ts';
import { openShop, type TestShop } from '../fixtures/shop.ts';

let shop: TestShop;
beforeEach(async () => {
  shop = await openShop();
});
afterEach(() => shop.close());

/** What the doctor found, by name, and how it ended. */
async function examine(...flags: string[]) {
  await using saoma = await startSaoma(['doctor', '--data', shop.dataDir, '--json', ...flags]);
  const status = await saoma.exited;
  const found = saoma.events.filter(({ event }) => event === 'check').map(({ name, ...rest }) => [name, rest]);
  return { status, found: Object.fromEntries(found) };
}

describe('saoma doctor', () => {
  it('finds everything well in a shop where it is, and ends 0', async () => {
    await using printer = await startPrinterServer();
    const { status, found } = await examine('--printer', `tcp:127.0.0.1:${printer.port}`);
    const names = ['node', 'sqlite', 'data', 'certificate', 'gateway', 'clock', 'serial', 'scanner', 'printer'];
    for (const name of names) expect([name, found[name]]).toMatchObject([name, { state: 'ok' }]);
    expect(Object.keys(found)).toEqual(expect.arrayContaining(['hid', 'electron']));
    expect(status).toBe(0);
  });

  it.each([
    ['a printer that is off', ['--printer', 'tcp:127.0.0.1:9'], 'printer'],
    ['a scanner that is not there', ['--scanner', 'serial:/dev/not-there'], 'scanner'],
  ])('says what to do about %s, and ends 1', async (_, flags, name) => {
    const { status, found } = await examine(...flags);
    expect(found[name]).toMatchObject({ state: 'fail', mend: expect.any(String) });
    expect(status).toBe(1);
  });

  it('says what to do about a gateway that does not answer and a certificate that is not there', async () => {
    const path = join(shop.dataDir, 'config.json');
    const settings = JSON.parse(readFileSync(path, 'utf8'));
    const change = { hosts: ['https://127.0.0.1:9'] };
    writeFileSync(path, JSON.stringify({ ...settings, gateway: { ...settings.gateway, ...change } }));
    expect((await examine()).found.gateway).toMatchObject({ state: 'fail' });

    const without = { ...settings.gateway, certificate: { p12File: 'nowhere.p12' } };
    writeFileSync(path, JSON.stringify({ ...settings, gateway: without }));
    expect((await examine()).found.certificate).toMatchObject({ state: 'fail', mend: expect.any(String) });
  });
});
