import { dirname, join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../src/simulator/simulator.ts';
import { compareBooks } from '../fixtures/books.ts';
import { launchBrowser, withoutBrowser } from '../fixtures/browser.ts';
import { type SaomaProcess, startSaoma } from '../fixtures/saoma-process.ts';
import { openShop, QUICK_DELAYS, type TestShop } from '../fixtures/shop.ts';
import { wedgeScan } from '../fixtures/wedge-scan.ts';

/*
 * WeChat Pay goes away in the middle of a sale: the shop sells on for cash, promises a refund, and when the line is back
 * the queue empties by itself. A real `saoma kiosk`, a real browser, real TLS; the simulator's books are the truth.
 */

/** The customer is still typing when the line goes, and pays behind it: nobody at the till can know. */
const TYPING_MS = 15_000;

describe.skipIf(withoutBrowser())('an outage in the middle of a sale', () => {
  let browser: Browser;
  let shop: TestShop;
  let simulator: Simulator;
  let saoma: SaomaProcess;
  let page: Page;

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  beforeEach(async () => {
    shop = await openShop();
    await shop.simulator.close();
    simulator = await startLastingSimulator();
    saoma = await startSaoma(['kiosk', '--data', shop.dataDir, '--no-open']);
    const [link = ''] = /http:\/\/\S+/.exec(await saoma.line(/ticket=/)) ?? [];
    page = await (await browser.newContext({ viewport: { width: 1024, height: 600 } })).newPage();
    await page.goto(link);
    await state('keying').waitFor();
  });
  afterEach(async () => {
    await page.context().close();
    await saoma.kill('SIGTERM');
    await simulator.close();
    await shop.close();
  });

  /** On the port that the till knows, with books that outlive it. */
  function startLastingSimulator(): Promise<Simulator> {
    const folder = dirname(shop.dataDir);
    return startSimulator({
      port: shop.simulator.port,
      certDir: join(folder, 'certificates'),
      dataDir: join(folder, 'simulator'),
      delays: { ...QUICK_DELAYS, passwordMs: TYPING_MS },
    });
  }

  const state = (name: string) => page.locator(`[data-state="${name}"]`).first();
  const panel = () => page.getByRole('dialog');
  const banner = (words: RegExp) => page.getByRole('button', { name: words });
  const totals = (tender: string) => page.locator(`[data-total="${tender}"]`);

  async function ask(amount: string): Promise<void> {
    await page.keyboard.type(amount, { delay: 60 });
    await page.keyboard.press('Enter');
    await state('scan').waitFor();
  }

  async function scan(scenario: string): Promise<void> {
    await wedgeScan(page, simulator.freshCode(scenario));
  }

  async function refundFirstSale(amount: string): Promise<void> {
    await page.getByRole('button', { name: '查小票' }).click();
    await panel().getByLabel('单号').fill('1');
    await panel().getByRole('button', { name: '打开这一单' }).click();
    await panel().getByRole('button', { name: '退款…' }).click();
    await panel()
      .getByLabel(/退多少/)
      .fill(amount);
    await panel().getByLabel('店长姓名').fill('王店长');
    await panel().getByLabel('原因').fill('商品有问题');
    await panel()
      .getByRole('button', { name: `退款 ￥${amount}` })
      .click();
    await panel().getByText('已申请，尚未退款').waitFor();
    await page.keyboard.press('Escape');
    await panel().waitFor({ state: 'detached' });
  }

  it('costs nobody a fen: cash is taken, a refund is promised, and the queue settles when the line is back', async () => {
    await ask('12.3');
    await scan('pays');
    await state('paid').waitFor();

    // The next customer is at the password box when WeChat Pay goes away.
    await ask('45');
    await scan('password');
    await state('password').waitFor();
    await simulator.close();
    await page.locator('[data-part="line"]').getByText(/断了/).waitFor();
    // Not known is shown as not known: neither paid nor failed.
    await state('uncertain').waitFor();
    await banner(/1 笔未结清 · ￥45\.00/).waitFor();

    // Nobody waits for ever: the till takes the payment back as soon as it can, and the next customer pays in cash.
    await page.getByText('等不到结果，正在撤销这笔').waitFor();
    await page.keyboard.press('Escape');
    await state('keying').waitFor();
    await ask('8');
    await page.keyboard.press('F2');
    await page.keyboard.type('10', { delay: 60 });
    await page.keyboard.press('Enter');
    await state('paid').waitFor();
    await page.keyboard.press('Escape');

    // Somebody brings back what was bought before.
    await refundFirstSale('5.00');
    await banner(/2 笔未结清 · ￥50\.00/).waitFor();

    simulator = await startLastingSimulator();
    await page.locator('[data-part="line"]').getByText(/断了/).waitFor({ state: 'detached' });
    await banner(/未结清/).waitFor({ state: 'detached', timeout: 60_000 });

    await page.getByText('2 笔 · ￥20.30').waitFor();
    expect(await totals('wechat').textContent()).toContain('￥12.30');
    expect(await totals('cash').textContent()).toContain('￥8.00');
    await page
      .getByText(/退款 ￥5\.00/)
      .first()
      .waitFor();

    // What was paid behind the till's back has gone back: its goods were never handed over.
    expect(simulator.books()).toMatchObject({ refundedFen: 500, netFen: 730 });
    expect(simulator.violations()).toEqual([]);
    expect(compareBooks(shop.dataDir, simulator)).toEqual([]);
  }, 120_000);
});
