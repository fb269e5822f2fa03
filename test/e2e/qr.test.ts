import { dirname, join } from 'node:path';
import jsQR from 'jsqr';
import type { Browser, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fen } from '../../src/core/money.ts';
import { openLedgerReadOnly } from '../../src/main/ledger/open-ledger.ts';
import { verifyLedger } from '../../src/main/ledger/verify.ts';
import { type Simulator, startSimulator } from '../../src/simulator/simulator.ts';
import { launchBrowser, withoutBrowser } from '../fixtures/browser.ts';
import { decodeEscpos } from '../fixtures/escpos-decoder.ts';
import { eventually } from '../fixtures/eventually.ts';
import { type PrinterServer, startPrinterServer } from '../fixtures/printer-server.ts';
import { type SaomaProcess, startSaoma } from '../fixtures/saoma-process.ts';
import { openShop, QUICK_DELAYS, type TestShop } from '../fixtures/shop.ts';

/*
 * The customer scans the till's QR code: a real `saoma kiosk`, a real browser, and a customer who knows of the order
 * only what the screen shows.
 */

const QR = { showMs: 600_000, closeNotBeforeMs: 0 };

describe.skipIf(withoutBrowser())('a QR code that the till shows', () => {
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
    shop = await openShop({ settings: { qr: QR } });
    // With a ledger of its own, on the port that the till knows.
    await shop.simulator.close();
    const folder = dirname(shop.dataDir);
    simulator = await startSimulator({
      port: shop.simulator.port,
      certDir: join(folder, 'certificates'),
      dataDir: join(folder, 'simulator'),
      delays: QUICK_DELAYS,
    });
    printer = await startPrinterServer();
    await openTill();
  });
  afterEach(async () => {
    await page.context().close();
    await saoma.kill('SIGTERM');
    await printer.close();
    const books = openLedgerReadOnly(shop.dataDir);
    const { problems } = verifyLedger(books);
    books.close();
    await simulator.close();
    await shop.close();
    expect(problems).toEqual([]);
  });

  async function openTill(): Promise<void> {
    const target = `tcp:127.0.0.1:${printer.port}`;
    saoma = await startSaoma(['kiosk', '--data', shop.dataDir, '--no-open', '--printer', target]);
    const [link = ''] = /http:\/\/\S+/.exec(await saoma.line(/ticket=/)) ?? [];
    page = await (await browser.newContext({ viewport: { width: 1024, height: 600 } })).newPage();
    await page.goto(link);
    await state('keying').waitFor();
  }

  const state = (name: string) => page.locator(`.frame-panel[data-state="${name}"]`);

  async function offer(amount: string): Promise<void> {
    await page.keyboard.type(amount);
    await page.keyboard.press('F6');
    await state('offered').waitFor();
  }

  /** What a phone reads off the screen, held to it from where the customer stands. */
  async function scanned(): Promise<string> {
    const picture = page.getByRole('img', { name: '微信收款码' });
    await picture.waitFor();
    const { width, height, data } = await picture.evaluate(async (img: HTMLImageElement) => {
      await img.decode();
      const canvas = Object.assign(document.createElement('canvas'), { width: img.width, height: img.height });
      const context = canvas.getContext('2d');
      if (!context) throw new Error('There is nothing to draw on');
      context.drawImage(img, 0, 0, img.width, img.height);
      return {
        width: img.width,
        height: img.height,
        data: [...context.getImageData(0, 0, img.width, img.height).data],
      };
    });
    return jsQR.default(Uint8ClampedArray.from(data), width, height)?.data ?? '';
  }

  it('is paid by whoever scans it, prints a receipt, and is found by the number on the customer’s phone', async () => {
    await offer('12.5');
    const code = await scanned();
    expect(code).toMatch(/^weixin:\/\/wxpay\/bizpayurl\?pr=/);
    simulator.pay(code);
    await state('paid').waitFor();
    await page.getByText('1 笔 · ￥12.50').waitFor();
    await eventually(() => paperText().includes('收款凭证'), { what: 'a receipt' });
    const [order] = simulator.orders();
    expect(order).toMatchObject({ state: 'SUCCESS', charges: 1, amountFen: 1_250 });

    await lookUp(order?.transactionId ?? '');
    await page.getByRole('button', { name: '向微信支付核对' }).click();
    await page.locator('[data-agreement="same"]').getByText('已支付').waitFor();
    // Of another till: as WeChat Pay has it, and as none of ours.
    await page.keyboard.press('Escape');
    await lookUp(simulator.payStatic(fen(990)).transactionId);
    await page.locator('[data-agreement="foreign"]').getByText('￥9.90').waitFor();
  });

  it('comes on paper when asked, is closed when the cashier takes it away, and then nobody can pay by it', async () => {
    await offer('6.6');
    const code = await scanned();
    await page.keyboard.press('F7');
    await eventually(() => paperText().includes('未付款'), { what: 'the code on paper' });
    const [paper] = papers();
    expect(paper?.events).toContainEqual({ type: 'qr', data: code });

    await cancelByKey();
    await state('cancelled').waitFor();
    expect(simulator.orders()).toMatchObject([{ state: 'CLOSED', charges: 0 }]);
    expect(() => simulator.pay(code)).toThrow(RangeError);
    await page.keyboard.press('Escape');
    await state('keying').waitFor();
  });

  it('that the customer confirms just as it is closed is a person’s to judge, with the money in sight', async () => {
    await offer('6.6');
    simulator.pay(await scanned(), 'pays-late');
    await state('password').waitFor();
    await cancelByKey();
    await state('attention').waitFor();
    expect(simulator.orders()).toMatchObject([{ state: 'SUCCESS', charges: 1 }]);
    await page.getByText('0 笔 · ￥0.00').waitFor();
  });

  it('that is paid while the till lies dead is found paid when it starts again', async () => {
    await offer('20');
    const code = await scanned();
    await page.context().close();
    await saoma.kill('SIGKILL');
    simulator.pay(code);
    await openTill();
    await page.getByText('1 笔 · ￥20.00').waitFor();
    expect(simulator.orders()).toMatchObject([{ state: 'SUCCESS', charges: 1 }]);
  });

  async function lookUp(number: string): Promise<void> {
    await page.getByRole('button', { name: '查小票' }).click();
    await page.getByRole('textbox').fill(number);
    await page.keyboard.press('Enter');
  }

  /** Two presses, apart enough not to be one bouncing key: pressed until the till has taken it. */
  async function cancelByKey(): Promise<void> {
    const open = state('offered').or(state('password'));
    await eventually(
      async () => {
        await page.keyboard.press('F4');
        return !(await open.isVisible());
      },
      { what: 'the code goes away' },
    );
  }

  /** What has been printed whole so far. */
  function papers() {
    return printer.jobs.flatMap((job) => {
      try {
        return [decodeEscpos(job)];
      } catch {
        return [];
      }
    });
  }

  function paperText(): string {
    return papers()
      .flatMap(({ lines }) => lines)
      .join('\n');
  }
});
