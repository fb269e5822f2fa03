import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Simulator, startSimulator } from '../../src/simulator/simulator.ts';
import { createPtyPair, type PtyPair } from '../devices/pty-pair.ts';
import { launchBrowser, withoutBrowser } from '../fixtures/browser.ts';
import { type SaomaProcess, startSaoma } from '../fixtures/saoma-process.ts';
import { openShop, QUICK_DELAYS, type TestShop } from '../fixtures/shop.ts';

/*
 * The gateway goes away while a customer is waited for, and comes back: a real `saoma kiosk`, a real browser, a scanner
 * on a serial line.
 */

describe.skipIf(withoutBrowser())('a line that goes down while a customer is waited for', () => {
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
    shop = await openShop();
    scanner = await createPtyPair();
    saoma = await startSaoma([
      'kiosk',
      '--data',
      shop.dataDir,
      '--no-open',
      '--scanner',
      `serial:${scanner.path}@9600`,
    ]);
    const [link = ''] = /http:\/\/\S+/.exec(await saoma.line(/ticket=/)) ?? [];
    page = await (await browser.newContext({ viewport: { width: 1024, height: 600 } })).newPage();
    await page.goto(link);
    await state('keying').waitFor();
  });
  afterEach(async () => {
    await page.context().close();
    await saoma.kill('SIGTERM');
    await scanner[Symbol.asyncDispose]();
    await back?.close();
    await shop.close();
  });

  const state = (name: string) => page.locator(`[data-state="${name}"]`);
  const line = () => page.locator('[data-part="line"]');

  it('refuses the code in words, keeps none of it, and sells when the line is back', async () => {
    await page.keyboard.type('12.5');
    await page.keyboard.press('Enter');
    await state('scan').waitFor();
    await shop.simulator.close();
    await line().getByText(/断了/).waitFor();
    expect(await line().getAttribute('title')).toMatch(
      new RegExp(`127\\.0\\.0\\.1:${shop.simulator.port}.*ECONNREFUSED`),
    );

    const code = shop.simulator.freshCode('pays');
    await scanner.write(`${code}\r\n`);
    await page
      .getByText(/连不上微信支付，没有收款/)
      .first()
      .waitFor();
    await state('scan').waitFor();

    back = await startSimulator({
      port: shop.simulator.port,
      certDir: join(dirname(shop.dataDir), 'certificates'),
      delays: QUICK_DELAYS,
    });
    await line().getByText(/断了/).waitFor({ state: 'detached' });
    expect(back.orders()).toEqual([]);

    // The customer shows the same code again: not so soon that it counts as the same look at the phone.
    const paid = async () => {
      await scanner.write(`${code}\r\n`);
      return (await state('paid').count()) === 1;
    };
    await vi.waitUntil(paid, { timeout: 25_000, interval: 2_000 });
    expect(back.books()).toMatchObject({ paid: 1, netFen: 1250 });
    expect(everythingIn(shop.dataDir).includes(code)).toBe(false);
  }, 60_000);
});

/** Every file of the data folder, as bytes: where a payment code must never be found. */
function everythingIn(dataDir: string): Buffer {
  const files = readdirSync(dataDir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Buffer.concat(files.map(({ parentPath, name }) => readFileSync(join(parentPath, name))));
}
