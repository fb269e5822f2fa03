import { dirname, join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { fen } from '../../src/core/money.ts';
import { type Simulator, startSimulator } from '../../src/simulator/simulator.ts';
import { createPtyPair, type PtyPair } from '../devices/pty-pair.ts';
import { compareBooks } from '../fixtures/books.ts';
import { launchBrowser, withoutBrowser } from '../fixtures/browser.ts';
import { type SaomaProcess, startSaoma } from '../fixtures/saoma-process.ts';
import { openShop, QUICK_DELAYS, type TestShop } from '../fixtures/shop.ts';

/*
 * A day with the line down, by keyboard alone: a real `saoma kiosk`, a real browser, a scanner on a serial line. What
 * the till says at the end is held against the simulator's books, to the fen.
 */

describe.skipIf(withoutBrowser())('a day with the line down', () => {
  let browser: Browser;
  let shop: TestShop;
  let scanner: PtyPair;
  let saoma: SaomaProcess;
  let page: Page;
  let back: Simulator | undefined;

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  beforeEach(async () => {
    shop = await openShop({ settings: { toVerify: { perPaymentFen: 20_000, inAllFen: 50_000 } } });
    scanner = await createPtyPair();
    saoma = await startKiosk();
    page = await (await browser.newContext({ viewport: { width: 1024, height: 600 } })).newPage();
    await openTill();
  });
  afterEach(async () => {
    await page.context().close();
    await saoma.kill('SIGTERM');
    await scanner[Symbol.asyncDispose]();
    await back?.close();
    await shop.close();
  });

  const startKiosk = () =>
    startSaoma(['kiosk', '--data', shop.dataDir, '--no-open', '--scanner', `serial:${scanner.path}@9600`]);

  async function openTill(): Promise<void> {
    const [link = ''] = /http:\/\/\S+/.exec(await saoma.line(/ticket=/)) ?? [];
    await page.goto(link);
    await state('keying').waitFor();
  }

  const state = (name: string) => page.locator(`[data-state="${name}"]`).first();
  const line = () => page.locator('[data-part="line"]');
  const panel = () => page.getByRole('dialog');
  const banner = () => page.getByRole('button', { name: /^待核实/ });
  const panelGone = () => panel().waitFor({ state: 'detached' });

  async function ask(amount: string): Promise<void> {
    await page.keyboard.type(amount, { delay: 120 });
    await page.keyboard.press('Enter');
    await state('scan').waitFor();
  }

  async function takeLineAway(): Promise<void> {
    await shop.simulator.close();
    await line().getByText(/断了/).waitFor();
  }

  async function bringLineBack(): Promise<Simulator> {
    back = await startSimulator({
      port: shop.simulator.port,
      certDir: join(dirname(shop.dataDir), 'certificates'),
      delays: QUICK_DELAYS,
    });
    await line().getByText(/断了/).waitFor({ state: 'detached' });
    return back;
  }

  async function approve(manager: string, seen: string): Promise<void> {
    await page.keyboard.press('F9');
    await panel().getByRole('textbox', { name: '店长姓名' }).waitFor();
    await page.keyboard.type(manager, { delay: 120 });
    await page.keyboard.press('Tab');
    await page.keyboard.type(seen, { delay: 120 });
    await page.keyboard.press('Enter');
  }

  it('is sold through: held, approved within the limit, found when the line is back, and all books agree', async () => {
    await ask('12.5');
    await takeLineAway();

    // A scan is refused at once, and the sale is put aside with a word.
    await scanner.write(`${shop.simulator.freshCode('pays')}\r\n`);
    await page
      .getByText(/连不上微信支付，没有收款/)
      .first()
      .waitFor();
    await page.keyboard.press('F8');
    await panel().getByRole('textbox').waitFor();
    await page.keyboard.type('红衣服', { delay: 120 });
    await page.keyboard.press('Enter');
    await panelGone();
    await page.getByRole('button', { name: '挂单 1' }).waitFor();

    // Beyond the limit of one payment nothing can be approved.
    await ask('200.01');
    await approve('王店长', '手机显示付给本店');
    await panel()
      .getByText(/超过一笔 ￥200\.00 的限额/)
      .waitFor();
    expect(await panel().getByRole('button', { name: '批准，待核实' }).isDisabled()).toBe(true);
    await page.keyboard.press('Escape');
    await panelGone();
    await page.keyboard.press('Escape');
    await state('keying').waitFor();
    await page.keyboard.press('Escape');

    // Within it a manager's word is taken, and shown as what it is.
    await ask('88');
    await approve('王店长', '手机显示付给本店');
    await state('toVerify').waitFor();
    await panelGone();
    await page.getByText('还没查到钱，先不算收款').waitFor();
    expect(await banner().textContent()).toContain('待核实 1 笔 · ￥88.00');
    expect(await page.locator('.frame-rail').textContent()).toContain('0 笔 · ￥0.00');
    await page.keyboard.press('Escape');
    await state('keying').waitFor();

    // The power goes. Both are still there.
    await saoma.kill('SIGKILL');
    saoma = await startKiosk();
    await openTill();
    await page.getByRole('button', { name: '挂单 1' }).waitFor();
    await banner().waitFor();

    // The line is back, and the customer's phone has a number.
    const simulator = await bringLineBack();
    const { transactionId } = simulator.payStatic(fen(8_800));
    const other = simulator.payStatic(fen(1_200));
    await banner().press('Space');
    await panel()
      .getByRole('button', { name: /按交易单号查/ })
      .press('Space');
    const field = panel().getByRole('textbox');
    await field.fill(other.transactionId);
    await page.keyboard.press('Enter');
    await panel().getByText('金额不同：￥12.00').first().waitFor();
    await field.fill(transactionId);
    await page.keyboard.press('Enter');
    await panel().getByText('全部结清').waitFor();
    await banner().waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await panelGone();

    // The held sale is taken up again, and its customer pays.
    await page.keyboard.press('F8');
    await panel()
      .getByText(/红衣服/)
      .waitFor();
    await page.keyboard.press('Space');
    await state('scan').waitFor();
    const code = simulator.freshCode('pays');
    const paid = async () => {
      await scanner.write(`${code}\r\n`);
      return (await state('paid').count()) === 1;
    };
    await vi.waitUntil(paid, { timeout: 25_000, interval: 2_000 });
    expect(await page.locator('.frame-rail').textContent()).toContain('2 笔 · ￥100.50');
    // What the simulator holds beside it was never anybody's word here.
    expect(simulator.books().netFen).toBe(8_800 + 1_250 + 1_200);
    expect(compareBooks(shop.dataDir, simulator)).toEqual([`${other.outTradeNo} is not in the till's books`]);
  }, 120_000);
});
