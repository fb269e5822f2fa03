import type { Browser, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { openLedgerReadOnly } from '../../src/main/ledger/open-ledger.ts';
import { verifyLedger } from '../../src/main/ledger/verify.ts';
import { launchBrowser, withoutBrowser } from '../fixtures/browser.ts';
import { decodeEscpos } from '../fixtures/escpos-decoder.ts';
import { type PrinterServer, startPrinterServer } from '../fixtures/printer-server.ts';
import { type SaomaProcess, startSaoma } from '../fixtures/saoma-process.ts';
import { openShop, type TestShop } from '../fixtures/shop.ts';

/* A day without a line: WeChat Pay cannot be reached, and the till goes on selling. */

describe.skipIf(withoutBrowser())('a sale for cash', () => {
  let browser: Browser;
  let shop: TestShop;
  let printer: PrinterServer;
  let saoma: SaomaProcess;
  let page: Page;

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  beforeEach(async () => {
    shop = await openShop();
    printer = await startPrinterServer();
    await openTill();
  });
  afterEach(async () => {
    await closeTill();
    await printer.close();
    await shop.close();
  });

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

  it('goes through while WeChat Pay is away, prints, and stands in the books after a restart', async () => {
    await shop.simulator.close();
    await page.keyboard.type('12.3');
    await page.keyboard.press('Enter');
    await state('scan').waitFor();
    await page.keyboard.press('F2');
    await state('tender').waitFor();
    await page.keyboard.type('50');
    // Twice, as hands do: it is one payment.
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await state('paid').waitFor();
    await page.getByText('找零 ￥37.70').waitFor();

    await vi.waitUntil(() => receiptText().includes('￥37.70'), { timeout: 20_000 });
    for (const part of ['现金 Cash', '￥12.30', '￥50.00', '0001-01-000001']) expect(receiptText()).toContain(part);

    await closeTill();
    await openTill();
    await page.getByText('1 笔 · ￥12.30').waitFor();
    await page.locator('.frame-rail li').getByText('现金').waitFor();
    const db = openLedgerReadOnly(shop.dataDir);
    expect(verifyLedger(db).problems).toEqual([]);
    const cash = db.prepare('SELECT amount_fen, tendered_fen, change_fen FROM cash').all();
    db.close();
    expect(cash).toEqual([{ amount_fen: 1_230, tendered_fen: 5_000, change_fen: 3_770 }]);
    expect(printer.jobs).toHaveLength(1);
  });

  /** What has come out of the printer so far; empty while a receipt is still arriving. */
  function receiptText(): string {
    try {
      return decodeEscpos(printer.jobs[0] ?? Buffer.alloc(0)).lines.join('\n');
    } catch {
      return '';
    }
  }
});
