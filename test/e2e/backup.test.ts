import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPtyPair, type PtyPair } from '../devices/pty-pair.ts';
import { compareBooks } from '../fixtures/books.ts';
import { startSaoma } from '../fixtures/saoma-process.ts';
import { openShop, type TestShop } from '../fixtures/shop.ts';

let shop: TestShop;
let scanner: PtyPair;
let drive: string;

beforeEach(async () => {
  shop = await openShop();
  scanner = await createPtyPair();
  drive = join(shop.dataDir, '..', 'drive');
  mkdirSync(drive);
});
afterEach(async () => {
  await scanner[Symbol.asyncDispose]();
  await shop.close();
});

function startTill() {
  const line = `serial:${scanner.path}@9600`;
  return startSaoma(['sell', '--data', shop.dataDir, '--amount', '12.30', '--json', '--scanner', line]);
}

async function sell(): Promise<string> {
  await using till = await startTill();
  await till.event(({ event }) => event === 'ready');
  await scanner.write(`${shop.simulator.freshCode('pays')}\r`);
  expect(await till.exited).toBe(0);
  return String(till.events.at(-1)?.outTradeNo);
}

async function saoma(...args: string[]) {
  await using command = await startSaoma([...args, '--data', shop.dataDir, '--json']);
  const status = await command.exited;
  return { status, said: command.events.at(-1) ?? {}, errors: command.stderr() };
}

describe('saoma backup and saoma restore', () => {
  it('copy the books beside a running till, and bring them back after the disk was lost', async () => {
    const first = await sell();
    {
      await using till = await startTill();
      await till.event(({ event }) => event === 'ready');
      expect(await saoma('backup', '--to', drive)).toMatchObject({ status: 0, said: { event: 'backedUp' } });
      const refused = await saoma('restore', '--from', drive);
      expect(refused).toMatchObject({ status: 2, said: { event: 'error', code: 'DATA_IN_USE' } });
      expect(refused.errors).toContain(`process ${till.pid}`);
      await till.kill('SIGKILL');
    }
    for (const file of readdirSync(shop.dataDir).filter((name) => name.startsWith('ledger'))) {
      rmSync(join(shop.dataDir, file));
    }

    expect(await saoma('restore', '--from', drive)).toMatchObject({
      status: 0,
      said: {
        event: 'restored',
        epoch: 2,
        old: 'absent',
        owed: 0,
        unknown: { from: expect.any(Number), to: expect.any(Number) },
        freshBackup: { path: expect.stringContaining(drive) },
      },
    });
    const second = await sell();
    expect([first, second].map((number) => number.slice(0, -7))).toEqual(['0001-01-000001-', '0001-01-A000002-']);
    expect((await saoma('rebuild')).status).toBe(0);
    expect(compareBooks(shop.dataDir, shop.simulator)).toEqual([]);
    // The backup that was put back, and the one of the new epoch.
    expect(readdirSync(drive)).toHaveLength(2);
  });

  it('say in three lines what stands in the way', async () => {
    await sell();
    const missing = await saoma('backup', '--to', join(drive, 'not-there'));
    expect(missing).toMatchObject({ status: 2, said: { event: 'error', code: 'BACKUP_FOLDER_MISSING' } });
    expect(missing.errors.trim().split('\n')).toHaveLength(4);

    const { said } = await saoma('backup', '--to', drive);
    const needless = await saoma('restore', '--from', drive);
    expect(needless).toMatchObject({ status: 2, said: { event: 'error', code: 'RESTORE_NOT_NEEDED' } });

    const bytes = readFileSync(String(said.path));
    const place = bytes.lastIndexOf('payment.answered');
    bytes[place] = (bytes[place] ?? 0) ^ 1;
    writeFileSync(String(said.path), bytes);
    expect(await saoma('restore', '--from', drive)).toMatchObject({ status: 2, said: { code: 'RESTORE_DAMAGED' } });
    expect(compareBooks(shop.dataDir, shop.simulator)).toEqual([]);
  });
});
