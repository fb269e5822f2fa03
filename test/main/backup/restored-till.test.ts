import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fen } from '../../../src/core/money.ts';
import { isSettled, type Payment } from '../../../src/core/payment.ts';
import { restoreLedger } from '../../../src/main/backup/restore.ts';
import { LEDGER_FILE, openLedgerReadOnly } from '../../../src/main/ledger/open-ledger.ts';
import { createTerminal, type Terminal } from '../../../src/main/terminal.ts';
import { compareBooks } from '../../fixtures/books.ts';
import { openShop, QUICK_TIMINGS, type ShopOptions, type TestShop } from '../../fixtures/shop.ts';

/* A whole terminal against the simulator over real TLS: sold, backed up, lost, restored, and sold again. */

let shop: TestShop;
let terminal: Terminal | undefined;
let codes: string[];

beforeEach(async () => {
  shop = await openShop();
  codes = [];
});
afterEach(async () => {
  await close();
  await shop.close();
});

async function reopenShop(options: ShopOptions): Promise<void> {
  await shop.close();
  shop = await openShop(options);
}

async function close(): Promise<void> {
  await terminal?.close();
  terminal = undefined;
}

/** Payments as they come, and a way to wait for one. */
async function open() {
  const seen: Payment[] = [];
  let look = () => {};
  terminal = await createTerminal({
    dataDir: shop.dataDir,
    host: 'none',
    env: {},
    onPayment(payment) {
      seen.push(payment);
      look();
    },
  });
  const until = (isIt: (payment: Payment) => boolean) =>
    new Promise<Payment>((resolve) => {
      look = () => {
        const found = seen.find(isIt);
        if (found) resolve(found);
      };
      look();
    });
  return { terminal, until };
}

async function sell(till: Awaited<ReturnType<typeof open>>, scenario: string, isEnd: (payment: Payment) => boolean) {
  const code = shop.simulator.freshCode(scenario);
  codes.push(code);
  till.terminal.till.ask(fen(1230));
  expect(till.terminal.till.scan(code)).toBeUndefined();
  return till.until((payment) => payment.outTradeNo === newestNumber(till) && isEnd(payment));
}

function newestNumber({ terminal: { till, outTradeNo } }: Awaited<ReturnType<typeof open>>): string | undefined {
  const view = till.view();
  return view.payment && outTradeNo(view.payment.id);
}

function restore(force = false) {
  const from = join(shop.dataDir, 'backups');
  return restoreLedger({
    dataDir: shop.dataDir,
    from,
    force,
    owner: { storeId: '0001', terminalId: '01' },
    now: Date.now(),
  });
}

function saleNumbers(): unknown[] {
  const db = openLedgerReadOnly(shop.dataDir);
  try {
    return db.prepare('SELECT number FROM sale ORDER BY opened_at, number').pluck().all();
  } finally {
    db.close();
  }
}

function loseLedger(): void {
  for (const part of ['', '-wal', '-shm']) rmSync(join(shop.dataDir, LEDGER_FILE + part), { force: true });
}

describe('a till that was restored after its ledger was lost', () => {
  it('resolves what was open in the backup, gives no number twice, and its books agree with the gateway’s', async () => {
    // Time enough for a backup while the customer types, on any machine.
    await reopenShop({ delays: { passwordMs: 8_000 }, settings: { timings: { ...QUICK_TIMINGS, giveUpMs: 60_000 } } });
    const first = await open();
    await sell(first, 'pays', isSettled);
    const typing = await sell(first, 'password', ({ state }) => state === 'pending');
    expect(await first.terminal.backupNow()).toMatchObject({ word: 'ok' });
    await close();
    loseLedger();

    expect(restore()).toMatchObject({ owed: 1, restoration: { epoch: 2 } });
    const second = await open();
    await second.until(({ id, state }) => id === typing.id && state === 'paid');
    await sell(second, 'pays', isSettled);
    await close();
    expect(saleNumbers()).toEqual(['0001-01-000001', '0001-01-000002', '0001-01-A000003']);
    expect(compareBooks(shop.dataDir, shop.simulator)).toEqual([]);
  });

  it('gives the sale after the backup another number than the lost one had', async () => {
    const first = await open();
    await first.terminal.backupNow();
    const lost = await sell(first, 'pays', isSettled);
    await close();
    loseLedger();
    expect(restore().unknown).toMatchObject({ to: expect.any(Number) });
    const second = await open();
    const sold = await sell(second, 'pays', isSettled);
    expect(lost.outTradeNo).toMatch(/^0001-01-000001-1/);
    expect(sold.outTradeNo).toMatch(/^0001-01-A000001-1/);
    await close();
    // Only the gateway knows of the first: that is what `unknown` says.
    expect(compareBooks(shop.dataDir, shop.simulator)).toEqual([`${lost.outTradeNo} is not in the till's books`]);
  });
});

describe('a till that was restored over a damaged ledger that can still be read', () => {
  it('asks about a payment that the backup had never heard of, and it ends paid', async () => {
    const first = await open();
    await sell(first, 'pays', isSettled);
    await first.terminal.backupNow();
    const later = await sell(first, 'pays', isSettled);
    await close();
    // Its answer is destroyed: the old books still prove that it was sent, and no longer what became of it.
    const db = new Database(join(shop.dataDir, LEDGER_FILE));
    db.exec(
      `DROP TRIGGER journal_is_not_changed;
       UPDATE journal SET payload = '{}' WHERE subject = '${later.id}' AND kind = 'payment.answered'`,
    );
    db.close();

    expect(restore()).toMatchObject({ owed: 1, restoration: { paymentsKnown: 1 } });
    const second = await open();
    expect(await second.until(({ id, state }) => id === later.id && state === 'paid')).toMatchObject({
      outTradeNo: later.outTradeNo,
      amountFen: 1230,
    });
    await close();
    expect(shop.simulator.books().netFen).toBe(2460);
    expect(compareBooks(shop.dataDir, shop.simulator)).toEqual([]);
  });
});

describe('a backup that fails', () => {
  it('disturbs no sale, and says why', async () => {
    await reopenShop({ settings: { backup: { folder: 'not-plugged-in' } } });
    const till = await open();
    const failing = till.terminal.backupNow();
    expect(await sell(till, 'pays', isSettled)).toMatchObject({ state: 'paid' });
    expect(await failing).toMatchObject({ word: 'failed', lastError: { code: 'BACKUP_FOLDER_MISSING' } });
    expect(till.terminal.backup()).toEqual(await failing);
    expect(readFileSync(join(shop.dataDir, 'saoma.log'), 'utf8')).toContain('BACKUP_FOLDER_MISSING');
  });
});

describe('the bytes of a backup', () => {
  it('hold the sales, and no payment code', async () => {
    const till = await open();
    for (const scenario of ['pays', 'not-enough', 'password']) await sell(till, scenario, isSettled);
    await till.terminal.backupNow();
    const folder = join(shop.dataDir, 'backups');
    const [file = ''] = readdirSync(folder);
    const bytes = readFileSync(join(folder, file));
    expect(bytes.includes('0001-01-000003')).toBe(true);
    expect(codes.filter((code) => bytes.includes(code))).toEqual([]);
    expect(statSync(join(folder, file)).mode & 0o077).toBe(0);
  });
});
