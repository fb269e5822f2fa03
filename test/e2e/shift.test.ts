import { mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { compareBooks } from '../fixtures/books.ts';
import { launchBrowser, withoutBrowser } from '../fixtures/browser.ts';
import { decodeEscpos } from '../fixtures/escpos-decoder.ts';
import { type PrinterServer, startPrinterServer } from '../fixtures/printer-server.ts';
import { type SaomaProcess, startSaoma } from '../fixtures/saoma-process.ts';
import { openShop, type TestShop } from '../fixtures/shop.ts';

describe.skipIf(withoutBrowser())('a shift, from the float to the Z report', () => {
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
    shop = await openShop({ settings: { backup: { folder: '../drive' } } });
    mkdirSync(path.join(shop.dataDir, '../drive'));
    printer = await startPrinterServer();
    await openTill();
  });
  afterEach(async () => {
    await closeTill();
    await printer.close();
    await shop.close();
  });

  async function openTill(): Promise<void> {
    saoma = await startSaoma([
      'kiosk',
      '--data',
      shop.dataDir,
      '--no-open',
      '--printer',
      `tcp:127.0.0.1:${printer.port}`,
    ]);
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
  const shift = () => page.getByRole('button', { name: /^班次/ });
  const field = (name: string) => page.getByRole('dialog').getByRole('textbox', { name });
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click();

  async function sellForCash(yuan: string, tendered: string): Promise<void> {
    await page.keyboard.type(yuan);
    await page.keyboard.press('Enter');
    await state('scan').waitFor();
    await page.keyboard.press('F2');
    await state('tender').waitFor();
    await page.keyboard.type(tendered);
    await page.keyboard.press('Enter');
    await state('paid').waitFor();
    await page.keyboard.press('Escape');
    await state('keying').waitFor();
  }

  it('counts what came in, outlives a restart, explains a difference, prints it and backs it up', async () => {
    await shift().click();
    await field('备用金').fill('500');
    await field('姓名').fill('小王');
    await page.keyboard.press('Enter');
    await page.getByText('0001-01-Z0001').waitFor();
    await page.keyboard.press('Escape');
    await sellForCash('12.3', '50');

    await closeTill();
    await openTill();
    await shift().click();
    await press('存取现金');
    await field('金额').fill('100');
    await field('原因').fill('存银行');
    await page.keyboard.press('Enter');
    await page.getByText('取出 · 存银行').waitFor();

    await press('交班');
    await field('实点金额').fill('410');
    await page.keyboard.press('Enter');
    await page.getByText('少了 ￥2.30').waitFor();
    await field('说明差额').fill('少找了');
    await press('确认交班');
    await page.getByText('已交班 0001-01-Z0001').waitFor();

    await expect.poll(() => paper(), { timeout: 20_000 }).toContain('Z REPORT');
    for (const part of ['￥412.30', '￥410.00', '-￥2.30', '少找了', '小王']) expect(paper()).toContain(part);
    await expect.poll(() => readdirSync(path.join(shop.dataDir, '../drive')), { timeout: 20_000 }).toHaveLength(1);
    expect(compareBooks(shop.dataDir, shop.simulator)).toEqual([]);
  });

  it('in which all is well ends with the count', async () => {
    await shift().click();
    await field('备用金').fill('0');
    await field('姓名').fill('小王');
    await page.keyboard.press('Enter');
    await press('交班');
    await field('实点金额').fill('0');
    await page.keyboard.press('Enter');
    await page.getByText('已交班 0001-01-Z0001').waitFor();
    await page.getByText('没有差额').waitFor();
  });

  /** The last paper that has come out whole. */
  function paper(): string {
    const papers = printer.jobs.map((job) => {
      try {
        return decodeEscpos(job).lines.join('\n');
      } catch {
        return '';
      }
    });
    return papers.at(-1) ?? '';
  }
});
