import { dirname, join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../src/simulator/simulator.ts';
import { compareBooks } from '../fixtures/books.ts';
import { launchBrowser, withoutBrowser } from '../fixtures/browser.ts';
import { decodeEscpos } from '../fixtures/escpos-decoder.ts';
import { eventually } from '../fixtures/eventually.ts';
import { type PrinterServer, startPrinterServer } from '../fixtures/printer-server.ts';
import { type SaomaProcess, startSaoma } from '../fixtures/saoma-process.ts';
import { openShop, QUICK_DELAYS, type TestShop } from '../fixtures/shop.ts';
import { wedgeScan } from '../fixtures/wedge-scan.ts';

/* A customer brings something back while WeChat Pay is away: a real `saoma kiosk`, a real browser, a real printer. */

describe.skipIf(withoutBrowser())('a refund', () => {
  let browser: Browser;
  let shop: TestShop;
  let simulator: Simulator;
  let printer: PrinterServer;
  let saoma: SaomaProcess;
  let page: Page;

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  beforeEach(async () => {
    shop = await openShop();
    simulator = await startLastingSimulator();
    printer = await startPrinterServer();
    await openTill();
  });
  afterEach(async () => {
    await closeTill();
    await printer.close();
    await simulator.close();
    await shop.close();
  });

  /** On the port that the till knows, with a ledger that outlives it. */
  async function startLastingSimulator(): Promise<Simulator> {
    await shop.simulator.close();
    const folder = dirname(shop.dataDir);
    return startSimulator({
      port: shop.simulator.port,
      certDir: join(folder, 'certificates'),
      dataDir: join(folder, 'simulator'),
      delays: QUICK_DELAYS,
    });
  }

  async function openTill(): Promise<void> {
    const target = `tcp:127.0.0.1:${printer.port}`;
    saoma = await startSaoma(['kiosk', '--data', shop.dataDir, '--no-open', '--printer', target]);
    const [link = ''] = /http:\/\/\S+/.exec(await saoma.line(/ticket=/)) ?? [];
    page = await (await browser.newContext({ viewport: { width: 1024, height: 600 } })).newPage();
    await page.goto(link);
    await state('keying').waitFor();
  }

  async function closeTill(): Promise<void> {
    await page.context().close();
    await saoma.kill('SIGTERM');
  }

  const state = (name: string) => page.locator(`[data-state="${name}"]`);
  const panel = () => page.getByRole('dialog');
  const lineIsDown = () => page.locator('[data-part="line"]').getByText(/断了/);

  async function sell(): Promise<void> {
    await page.keyboard.type('12.3');
    await page.keyboard.press('Enter');
    await state('scan').waitFor();
    await page.keyboard.type(simulator.freshCode('pays'));
    await page.keyboard.press('Enter');
    await state('paid').waitFor();
  }

  /** The receipt's number is keyed, as when its code cannot be read. */
  async function findSale(number: string): Promise<void> {
    await page.getByRole('button', { name: '查小票' }).click();
    await panel().getByLabel('单号').fill(number);
    await panel().getByRole('button', { name: '打开这一单' }).click();
    await panel()
      .getByText(/单号 0001-01-000001/)
      .waitFor();
  }

  async function refundPart(amount: string): Promise<void> {
    await panel().getByRole('button', { name: '退款…' }).click();
    await panel()
      .getByLabel(/退多少/)
      .fill(amount);
    await panel().getByLabel('店长姓名').fill('王店长');
    await panel().getByLabel('原因').fill('商品有问题');
    // Twice, as hands do: it is one refund.
    await panel()
      .getByRole('button', { name: `退款 ￥${amount}` })
      .dblclick();
  }

  /** What has come out of the printer so far, whole papers only. */
  function papers(): string[] {
    return printer.jobs.flatMap((job) => {
      try {
        return [decodeEscpos(job).lines.join('\n')];
      } catch {
        return [];
      }
    });
  }

  it('of a part, asked for without a line, arrives when the line is back, and every book agrees', async () => {
    await sell();
    await simulator.close();
    await page.keyboard.press('Escape');
    await findSale('1');
    await refundPart('5.00');
    await panel().getByText('已申请，尚未退款').waitFor();
    await page.getByRole('button', { name: /1 笔未结清 · ￥5\.00/ }).waitFor();
    await eventually(() => papers().some((text) => text.includes('尚未退款 NOT YET REFUNDED')), { what: 'a slip' });
    await lineIsDown().waitFor();

    simulator = await startLastingSimulator();
    await lineIsDown().waitFor({ state: 'detached' });
    await panel().getByText('已退款', { exact: true }).waitFor({ timeout: 60_000 });
    await panel().getByText('部分退款').waitFor();
    await page.getByRole('button', { name: /未结清/ }).waitFor({ state: 'detached' });
    const receipt = await eventually(() => papers().find((text) => text.includes('退款凭证 REFUND RECEIPT')), {
      what: 'a receipt of the refund',
    });
    for (const part of ['￥5.00', '王店长', '商品有问题', '0001-01-000001']) expect(receipt).toContain(part);
    expect(receipt).not.toContain('NOT YET REFUNDED');

    expect(simulator.books()).toMatchObject({ chargedFen: 1_230, refundedFen: 500, netFen: 730 });
    expect(simulator.orders().map(({ refunds }) => refunds.length)).toEqual([1]);
    expect(simulator.violations()).toEqual([]);
    expect(compareBooks(shop.dataDir, simulator)).toEqual([]);
    // Sale, slip, refund: nothing was printed twice.
    expect(papers()).toHaveLength(3);
  }, 120_000);

  it('of a sale for cash is handed over at once, and its receipt finds the sale again', async () => {
    await page.keyboard.type('8');
    await page.keyboard.press('Enter');
    await state('scan').waitFor();
    await page.keyboard.press('F2');
    await page.keyboard.type('8');
    await page.keyboard.press('Enter');
    await state('paid').waitFor();
    await page.keyboard.press('Escape');
    await wedgeScan(page, '0001-01-000001');
    await panel()
      .getByText(/单号 0001-01-000001/)
      .waitFor();
    await panel().getByRole('button', { name: '退款…' }).click();
    await panel().getByLabel('店长姓名').fill('王店长');
    await panel().getByLabel('原因').fill('退货');
    await panel().getByRole('button', { name: '已退现金 ￥8.00' }).click();
    await panel().getByText('已退现金', { exact: true }).waitFor();
    expect(await panel().getByRole('button', { name: '退款…' }).count()).toBe(0);
    await eventually(() => papers().some((text) => text.includes('现金已当面退还')), { what: 'a receipt' });
    expect(compareBooks(shop.dataDir, simulator)).toEqual([]);
  }, 60_000);
});
