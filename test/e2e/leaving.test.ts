import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openLedgerReadOnly } from '../../src/main/ledger/open-ledger.ts';
import { verifyLedger } from '../../src/main/ledger/verify.ts';
import { launchBrowser, withoutBrowser } from '../fixtures/browser.ts';
import { leaveBehind } from '../fixtures/leave-behind.ts';
import { type SaomaProcess, startSaoma } from '../fixtures/saoma-process.ts';
import { openShop, type TestShop } from '../fixtures/shop.ts';

/* Whoever leaves while money is not settled hears exactly how much; whoever would lose it is refused. */

let shop: TestShop;
beforeEach(async () => {
  shop = await openShop();
});
afterEach(() => shop.close());

async function run(...args: string[]) {
  await using saoma = await startSaoma([...args, '--data', shop.dataDir, '--json']);
  const status = await saoma.exited;
  return { status, said: saoma.events.at(-1) ?? {}, events: saoma.events };
}

const startTill = () => startSaoma(['kiosk', '--data', shop.dataDir, '--no-open', '--printer', 'none']);
const linkOf = async (till: SaomaProcess) => /http:\/\/\S+/.exec(await till.line(/ticket=/))?.[0] ?? '';

describe('saoma leave, before a program is replaced', () => {
  it('gives leave where no till was ever started, and where all is settled', async () => {
    expect(await run('leave', '--for', 'update')).toMatchObject({ status: 0, said: { settled: true } });
    await run('sync');
    expect(await run('leave', '--for', 'update')).toMatchObject({ status: 0, said: { settled: true, count: 0 } });
  });

  it('warns with the exact amounts otherwise, beside a running till, and ends 1', async () => {
    await leaveBehind(shop, 'reverse-refused', 'attention', 2);
    await using till = await startTill();
    await linkOf(till);
    expect(await run('leave', '--for', 'update')).toMatchObject({
      status: 1,
      said: { for: 'update', settled: false, count: 2, amountFen: 2_460, oldestAt: expect.any(Number) },
    });
    await using spoken = await startSaoma(['leave', '--for', 'update', '--data', shop.dataDir]);
    await spoken.line(/^2 payments or refunds are not settled: ￥24\.60, the oldest just now$/);
    await spoken.line(/saoma sync/);
    expect(await spoken.exited).toBe(1);
    await till.kill('SIGTERM');
  });
});

describe('saoma stop', () => {
  it('says so when no till runs', async () => {
    expect(await run('stop')).toMatchObject({ status: 0, said: { event: 'stopped', wasRunning: false } });
  });

  it('closes a till whose payments are all settled', async () => {
    await using till = await startTill();
    await linkOf(till);
    expect(await run('stop')).toMatchObject({ status: 0, said: { event: 'stopped', wasRunning: true } });
    expect(await till.exited).toBe(0);
  });

  it('leaves it running while something is not, unless it is told twice; the till says it once more as it goes', async () => {
    await leaveBehind(shop, 'reverse-refused', 'attention');
    await using till = await startTill();
    await linkOf(till);
    expect(await run('stop')).toMatchObject({ status: 1, said: { event: 'leaving', count: 1, amountFen: 1_230 } });
    expect(await run('queue')).toMatchObject({ status: 1 });
    expect(await run('stop', '--yes')).toMatchObject({ status: 0, said: { event: 'stopped', wasRunning: true } });
    await till.line(/^1 payment or refund is not settled: ￥12\.30/);
    await till.line(/next start/);
    expect(await till.exited).toBe(0);
  });
});

describe('saoma reset', () => {
  const siblings = () => readdirSync(path.dirname(shop.dataDir)).filter((name) => name.startsWith('till'));

  it('is refused while anything is not settled, with the list and the amounts', async () => {
    await leaveBehind(shop, 'reverse-refused', 'attention', 2);
    const { status, events } = await run('reset', '--yes');
    expect(status).toBe(1);
    expect(events).toMatchObject([
      { event: 'leaving', for: 'reset', count: 2, amountFen: 2_460 },
      { event: 'queue', tasks: [{ amountFen: 1_230, saleNumber: '0001-01-000001' }, { amountFen: 1_230 }] },
    ]);
    expect(siblings()).toEqual(['till']);
  });

  it('is refused while a till runs', async () => {
    await using till = await startTill();
    await linkOf(till);
    expect(await run('reset', '--yes')).toMatchObject({ status: 2, said: { event: 'error', code: 'DATA_IN_USE' } });
    await till.kill('SIGTERM');
  });

  it('takes a last checked backup, moves everything aside, and begins anew with numbers that repeat none', async () => {
    await leaveBehind(shop, 'walks-away', 'pending');
    await run('sync');
    const settings = readFileSync(path.join(shop.dataDir, 'config.json'), 'utf8');
    const { status, said } = await run('reset', '--yes');
    expect(status).toBe(0);
    expect(said).toMatchObject({ event: 'reset', done: true, epoch: 2 });

    const backup = String(said.backupPath);
    expect([existsSync(backup), backup.startsWith(String(said.asidePath))]).toEqual([true, true]);
    expect(readFileSync(path.join(shop.dataDir, 'config.json'), 'utf8')).toBe(settings);
    const [old, fresh] = [String(said.asidePath), shop.dataDir].map((folder) => openLedgerReadOnly(folder));
    const count = 'SELECT count(*) FROM sale';
    expect([old, fresh].map((db) => db?.prepare(count).pluck().get())).toEqual([1, 0]);
    for (const db of [old, fresh]) {
      expect(db && verifyLedger(db).problems).toEqual([]);
      db?.close();
    }

    await leaveBehind(shop, 'reverse-refused', 'attention');
    expect((await run('queue')).said).toMatchObject({ tasks: [{ saleNumber: '0001-01-A000001' }] });
  });

  it.each([
    ['the right store number', '0001\n', 0],
    ['another number', '0002\n', 1],
    ['nothing', '', 1],
  ])('asks for the store number, and is given %s', async (_, typed, status) => {
    await run('sync');
    const cli = path.resolve(import.meta.dirname, '../../out/main/cli.js');
    const answered = spawnSync(process.execPath, [cli, 'reset', '--data', shop.dataDir], { input: typed });
    expect(answered.status).toBe(status);
    expect(siblings()).toHaveLength(status === 0 ? 2 : 1);
  });
});

describe.skipIf(withoutBrowser())('a window of the kiosk', () => {
  let browser: Browser;
  let till: SaomaProcess;
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());
  afterEach(() => till.kill('SIGTERM'));

  async function openTill(): Promise<{ page: Page; link: string }> {
    till = await startTill();
    const link = await linkOf(till);
    const page = await (await browser.newContext({ viewport: { width: 1024, height: 600 } })).newPage();
    await page.goto(link);
    await page.locator('[data-state="keying"]').waitFor();
    return { page, link };
  }

  async function pressSignOut(page: Page): Promise<void> {
    await page.getByRole('button', { name: '设置' }).click();
    await page.getByRole('button', { name: '退出这个窗口' }).click();
  }

  it('is asked with the exact amounts, stays if it would rather, and signs out for good when it insists', async () => {
    await leaveBehind(shop, 'reverse-refused', 'attention', 2);
    const { page } = await openTill();
    await pressSignOut(page);
    const question = page.getByRole('alertdialog');
    await question.getByText('还有 2 笔没有结清，共 ￥24.60').waitFor();
    await question.getByRole('button', { name: '先不退出' }).click();
    await question.waitFor({ state: 'detached' });
    await page.locator('[data-state="keying"]').waitFor();

    await page.getByRole('button', { name: '退出这个窗口' }).click();
    await question.getByRole('button', { name: '仍要退出' }).click();
    await page.getByText('这个窗口已退出').waitFor();
    // Its pass is worth nothing any more, here or on the server.
    await page.reload();
    await page.getByText('没有登录凭证').waitFor();
    // The till itself goes on.
    expect(await run('queue')).toMatchObject({ status: 1, said: { count: 2 } });
    await page.context().close();
  });

  it('signs out at once when all is settled, and another window stays', async () => {
    const { page } = await openTill();
    const link = readFileSync(path.join(shop.dataDir, 'kiosk-url'), 'utf8').trim();
    const other = await (await browser.newContext()).newPage();
    await other.goto(link);
    await other.locator('[data-state="keying"]').waitFor();
    await pressSignOut(page);
    await page.getByText('这个窗口已退出').waitFor();
    await other.keyboard.type('5');
    await other.locator('output').getByText('5').waitFor();
    await other.keyboard.press('Enter');
    await other.locator('[data-state="scan"]').waitFor();
    for (const { context } of [page, other].map((one) => ({ context: one.context() }))) await context.close();
  });

  it('is asked by the browser before it closes on money that is not settled', async () => {
    await leaveBehind(shop, 'reverse-refused', 'attention');
    const { page } = await openTill();
    await page.getByText('1 笔未结清').waitFor();
    // A browser asks only on a page that somebody has used.
    await page.locator('main').click();
    const asked = page.waitForEvent('dialog');
    await page.close({ runBeforeUnload: true });
    const dialog = await asked;
    expect(dialog.type()).toBe('beforeunload');
    await dialog.accept();
  });
});
