import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPtyPair, type PtyPair } from '../devices/pty-pair.ts';
import { compareBooks } from '../fixtures/books.ts';
import { launchBrowser, withoutBrowser } from '../fixtures/browser.ts';
import { decodeEscpos } from '../fixtures/escpos-decoder.ts';
import { type PrinterServer, startPrinterServer } from '../fixtures/printer-server.ts';
import { type SaomaProcess, startSaoma } from '../fixtures/saoma-process.ts';
import { SCENARIO_ENDS } from '../fixtures/scenario-ends.ts';
import { openShop, QUICK_TIMINGS, type TestShop } from '../fixtures/shop.ts';
import { wedgeScan } from '../fixtures/wedge-scan.ts';

/*
 * The whole till as a shop has it: a real `saoma kiosk` process, a real browser in front of it, a scanner on a serial
 * line, WeChat Pay's simulator behind TLS, a printer on TCP.
 */

declare global {
  interface Window {
    statesSeen: string[];
  }
}

describe.skipIf(withoutBrowser())('the first sale', () => {
  let browser: Browser;
  let shop: TestShop;
  let scanner: PtyPair;
  let printer: PrinterServer;
  let saoma: SaomaProcess;
  let page: Page;
  const complaints: string[] = [];

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterAll(() => browser.close());

  beforeEach(() => open());
  afterEach(async () => {
    await close();
    expect(complaints).toEqual([]);
  });

  async function open(timings = QUICK_TIMINGS): Promise<void> {
    shop = await openShop({ settings: { timings } });
    scanner = await createPtyPair();
    printer = await startPrinterServer();
    saoma = await startSaoma([
      'kiosk',
      ...['--data', shop.dataDir, '--no-open'],
      ...['--scanner', `serial:${scanner.path}@9600`, '--printer', `tcp:127.0.0.1:${printer.port}`],
    ]);
    const [link = ''] = /http:\/\/\S+/.exec(await saoma.line(/ticket=/)) ?? [];
    page = await (await browser.newContext({ viewport: { width: 1024, height: 600 } })).newPage();
    complaints.length = 0;
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    await page.goto(link);
    await state('keying').waitFor();
    await noteStates();
  }

  async function close(): Promise<void> {
    await endOfDay();
    await printer.close();
    await scanner[Symbol.asyncDispose]();
    await shop.close();
  }

  const state = (name: string) => page.locator(`[data-state="${name}"]`);

  /** Every state that the panel goes through, however short. */
  async function noteStates(): Promise<void> {
    await page.evaluate(() => {
      const panel = document.querySelector('[data-state]');
      window.statesSeen = [];
      if (panel === null) throw new Error('There is no panel');
      new MutationObserver(() => window.statesSeen.push(panel.getAttribute('data-state') ?? '')).observe(panel, {
        attributes: true,
        attributeFilter: ['data-state'],
      });
    });
  }

  async function ask(amount: string): Promise<void> {
    await page.keyboard.type(amount);
    await page.keyboard.press('Enter');
    await state('scan').waitFor();
  }

  /** The window first: one that loses its terminal says so, and rightly. */
  async function endOfDay(): Promise<void> {
    await page.context().close();
    await saoma.kill('SIGTERM');
  }

  it('goes from keys and scanner bytes to paid on screen and paper, with all books agreeing', async () => {
    await ask('12.5');
    const code = shop.simulator.freshCode('pays');
    await scanner.write(`${code}\r\n`);
    await state('paid').waitFor();
    expect(await page.locator('[data-state="paid"]').textContent()).toContain('12.50');

    const [order] = shop.simulator.orders();
    await vi.waitUntil(() => printer.jobs.length === 1, { timeout: 20_000 });
    await vi.waitUntil(() => decodes(printer.jobs[0]), { timeout: 20_000 });
    const text = decodeEscpos(printer.jobs[0] ?? Buffer.alloc(0)).lines.join('\n');
    for (const part of ['天虹便利店', '12.50', order?.outTradeNo, order?.transactionId]) expect(text).toContain(part);
    expect(order).toMatchObject({ amountFen: 1250, charges: 1, state: 'SUCCESS' });

    // The next digit begins the next sale.
    await page.keyboard.type('8');
    await state('keying').waitFor();

    await endOfDay();
    expect(compareBooks(shop.dataDir, shop.simulator)).toEqual([]);
    expect(everythingOnDisk(shop.dataDir).includes(code)).toBe(false);
  });

  it('takes the code from a keyboard-wedge scanner just as well, and leaves no digit of it on the screen', async () => {
    await ask('3');
    await wedgeScan(page, shop.simulator.freshCode('pays'));
    await state('paid').waitFor();
    expect(shop.simulator.books()).toMatchObject({ paid: 1, netFen: 300 });
    expect(await page.locator('body').textContent()).not.toMatch(/\d{16}/);
  });

  it('says what a barcode is that is no WeChat payment code, and charges nothing', async () => {
    await ask('3');
    await scanner.write('281234567890123456\r');
    await page
      .getByText(/支付宝/)
      .first()
      .waitFor();
    await scanner.write('6901234567892\r');
    await page
      .getByText(/6901234567892/)
      .first()
      .waitFor();
    expect(shop.simulator.orders()).toEqual([]);
    await state('scan').waitFor();
  });

  it('shows each customer and fault as what it is: paid only what is paid, failed only what is not', async () => {
    for (const { scenario, screen } of SCENARIO_ENDS) {
      await page.evaluate(() => {
        window.statesSeen = [];
      });
      await ask('12.30');
      await scanner.write(`${shop.simulator.freshCode(scenario)}\r`);
      await state(screen).waitFor();
      const seen = await page.evaluate(() => window.statesSeen);
      const certain = seen.filter((name) => ['paid', 'declined', 'cancelled'].includes(name));
      expect([scenario, certain]).toEqual([scenario, screen === 'attention' ? [] : [screen]]);
      await page.keyboard.press('Escape');
      await state('keying').waitFor();
    }
    expect(shop.simulator.violations()).toEqual([]);
    const kept = SCENARIO_ENDS.reduce((sum, { keptFen }) => sum + keptFen, 0);
    expect(shop.simulator.books().netFen).toBe(kept);
    await endOfDay();
    const open = compareBooks(shop.dataDir, shop.simulator);
    expect(open).toEqual([expect.stringMatching(/attention\) is not settled/)]);
  }, 90_000);

  it('takes a payment back when the cashier cancels while the customer is typing', async () => {
    await close();
    await open({ ...QUICK_TIMINGS, giveUpMs: 20_000 });
    await ask('20');
    await scanner.write(`${shop.simulator.freshCode('walks-away')}\r`);
    await state('password').waitFor();
    // Two presses, not one and not a bounce: the first asks, the second, a moment later, confirms.
    const cancelled = async () => {
      await page.keyboard.press('F4');
      return (await state('password').count()) === 0;
    };
    expect(await cancelled()).toBe(false);
    await vi.waitUntil(cancelled, { timeout: 20_000, interval: 500 });
    await state('cancelled').waitFor();
    expect(shop.simulator.books()).toMatchObject({ netFen: 0 });
    await endOfDay();
    expect(compareBooks(shop.dataDir, shop.simulator)).toEqual([]);
  });
});

function decodes(bytes: Buffer | undefined): boolean {
  try {
    return bytes !== undefined && decodeEscpos(bytes).events.some(({ type }) => type === 'cut');
  } catch {
    return false;
  }
}

/** The ledger with its WAL, and the log, as bytes: where a payment code must never be found. */
function everythingOnDisk(dataDir: string): Buffer {
  return Buffer.concat(
    ['ledger.db', 'ledger.db-wal', 'saoma.log'].map((name) => {
      try {
        return readFileSync(join(dataDir, name));
      } catch {
        return Buffer.alloc(0);
      }
    }),
  );
}
