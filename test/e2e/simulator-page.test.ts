import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import jsQR from 'jsqr';
import type { Browser, Locator, Page } from 'playwright';
import type Payment from 'tenpay';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchBrowser, withoutBrowser } from '../fixtures/browser.ts';
import { temporaryFolder } from '../fixtures/ledger.ts';
import { type SaomaProcess, startSaoma } from '../fixtures/saoma-process.ts';
import { tenpayAt } from '../simulator/support/published-clients.ts';

/* The trainer at the page of a real `saoma simulator`, in a real browser; `tenpay`, as published, is the till. */

const STATE_WITHIN_MS = 30_000;

describe.skipIf(withoutBrowser())('the page of the simulator', () => {
  let browser: Browser;
  let folder: ReturnType<typeof temporaryFolder>;
  let saoma: SaomaProcess;
  let till: Payment;
  let page: Page;
  let url: string;
  let outTradeNo: string;
  let orders = 0;
  const complaints: string[] = [];

  // One simulator for all: each test has an order and, where a wallet pays, a customer of its own.
  beforeAll(async () => {
    browser = await launchBrowser();
    folder = temporaryFolder();
    saoma = await startSaoma(['simulator', '--plain-port', '0', '--control-port', '0', '--cert-dir', folder.path]);
    const ready = await saoma.event(({ event }) => event === 'ready');
    const clientP12 = readFileSync(join(folder.path, 'apiclient_cert.p12'));
    till = tenpayAt({ clientP12 }, `http://127.0.0.1:${ready.plainPort}`);
    url = String(ready.controlUrl);
  });
  afterAll(async () => {
    await browser.close();
    await saoma.kill('SIGTERM');
    folder.remove();
  });

  beforeEach(async () => {
    orders += 1;
    outTradeNo = `T${orders}`;
    page = await (await browser.newContext({ viewport: { width: 1024, height: 600 } })).newPage();
    page.setDefaultTimeout(STATE_WITHIN_MS);
    complaints.length = 0;
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    await page.goto(url);
    await button('出示新付款码').waitFor();
  });
  afterEach(async () => {
    await page.context().close();
    expect(complaints).toEqual([]);
  });

  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const orderIn = (state: string) => page.locator(`[data-order="${outTradeNo}"][data-state="${state}"]`);
  const wallet = (name: string) => page.locator(`[data-wallet="${name}"]`);

  /** Picks from the list under that heading, which is all that the label holds besides the list's own words. */
  const choose = (heading: string, option: string) =>
    page
      .locator('label', { hasText: new RegExp(`^${heading}`) })
      .locator('select')
      .selectOption({ label: option });

  /** Asks for a code as that customer, and reads it off the page as a person would. */
  async function showCode(customer: string, behaviour: string): Promise<string> {
    await choose('顾客', customer);
    await choose('他会怎么做', behaviour);
    await button('出示新付款码').click();
    return ((await page.locator('figure output').textContent()) ?? '').replace(/ /g, '');
  }

  const charge = (auth_code: string, total_fee = 888) =>
    till.micropay({ out_trade_no: outTradeNo, auth_code, body: '苹果', total_fee });

  const tradeState = async () => (await till.orderQuery({ out_trade_no: outTradeNo })).trade_state;

  it('shows a code to scan; what is paid with it comes out of the wallet and into books that balance', async () => {
    const code = await showCode('小红 Hong', '立即支付');
    expect(code).toMatch(/^1000\d{14}$/);
    expect(await readQr(page.locator('figure img').last())).toBe(code);
    await charge(code);
    await orderIn('SUCCESS').getByText('￥8.88').waitFor();
    expect(await orderIn('SUCCESS').textContent()).toContain('小红 Hong');
    await wallet('小红 Hong').getByText('￥11.12', { exact: true }).waitFor();
    await page.getByText('账平').waitFor();
  });

  it('says why a wallet with too little did not pay', async () => {
    await expect(charge(await showCode('老王 Wang', '立即支付'))).rejects.toThrow('NOTENOUGH');
    await orderIn('NOTPAY').getByText('NOTENOUGH').waitFor();
  });

  it.each([
    ['立即支付', 'SUCCESS'],
    ['取消支付', 'NOTPAY'],
    ['走开', 'USERPAYING'],
  ])('lets the trainer press “%s” for the customer: %s', async (name, state) => {
    const code = await showCode('路人（钱不限）', '等我来按（30 秒后走开）');
    await expect(charge(code)).rejects.toThrow('USERPAYING');
    await orderIn('USERPAYING').getByRole('button', { name }).click();
    await orderIn('USERPAYING').getByRole('button').first().waitFor({ state: 'detached' });
    expect(await tradeState()).toBe(state);
  });

  it('lets the customer type the password late, and says when', async () => {
    const code = await showCode('路人（钱不限）', '等我来按（30 秒后走开）');
    await expect(charge(code)).rejects.toThrow('USERPAYING');
    await orderIn('USERPAYING').getByRole('button', { name: '50 秒后才输密码' }).click();
    await orderIn('USERPAYING')
      .getByText(/^\d+ 秒后支付$/)
      .waitFor();
    expect(await tradeState()).toBe('USERPAYING');
    await orderIn('USERPAYING').getByRole('button', { name: '立即支付' }).click();
    await orderIn('SUCCESS').waitFor();
  });

  it('lets a customer scan an order that the merchant placed', async () => {
    const order = { out_trade_no: outTradeNo, body: 'x', total_fee: 888, product_id: 'p', trade_type: 'NATIVE' };
    await till.unifiedOrder({ ...order, notify_url: 'http://127.0.0.1:9/' });
    await choose('顾客', '小明 Ming');
    await orderIn('NOTPAY').getByRole('button', { name: '由小明 Ming扫码付款' }).click();
    await orderIn('SUCCESS').waitFor();
    await wallet('小明 Ming').getByText('￥491.12', { exact: true }).waitFor();
    expect(await tradeState()).toBe('SUCCESS');
  });

  it('switches a fault on and off, in the language that was chosen and is remembered', async () => {
    await button('English').click();
    await page.reload();
    await choose('Which call', 'orderquery');
    await choose('What goes wrong', 'SYSTEMERROR, nothing happens');
    await choose('When', 'Every nth call');
    await button('Switch on').click();
    await page.getByText('every 1 · struck 0×').waitFor();
    await expect(till.orderQuery({ out_trade_no: outTradeNo })).rejects.toThrow('SYSTEMERROR');
    await page.getByText('every 1 · struck 1×').waitFor();
    await button('Off').click();
    await page.getByText('The line is well.').waitFor();
    await expect(till.orderQuery({ out_trade_no: outTradeNo })).rejects.toThrow('ORDERNOTEXIST');
    expect(await page.locator('body').textContent()).not.toMatch(/账|订单|顾客/);
  });

  it('fills wallets, and welcomes customers of one’s own', async () => {
    await page.getByLabel('给谁充值').selectOption({ label: '老王 Wang' });
    await page.getByLabel('充值金额（元）').fill('12.30');
    await button('充值').click();
    await wallet('老王 Wang').getByText('￥12.80', { exact: true }).waitFor();
    await page.getByLabel('充值金额（元）').fill('12.345');
    expect(await button('充值').isDisabled()).toBe(true);
    await page.getByLabel('新顾客的名字').fill('<b>阿珍</b>');
    await button('添加顾客').click();
    await wallet('<b>阿珍</b>').getByText('￥50.00', { exact: true }).waitFor();
  });

  it('says that the simulator is gone, and dims what may have changed', async () => {
    await saoma.kill('SIGTERM');
    await page.locator('main[data-lost="true"]').getByText('模拟器没有回应').waitFor();
    // A browser complains about each fetch that nobody answers.
    complaints.length = 0;
    await page.goto('about:blank');
    complaints.length = 0;
  });
});

/** What a scanner would read from the picture. */
async function readQr(image: Locator): Promise<string | undefined> {
  const { pixels, width, height } = await image.evaluate((element) => {
    const picture = element as HTMLImageElement;
    const { naturalWidth, naturalHeight } = picture;
    const paper = new OffscreenCanvas(naturalWidth, naturalHeight).getContext('2d');
    if (!paper) throw new Error('This browser cannot draw');
    paper.drawImage(picture, 0, 0);
    const { data } = paper.getImageData(0, 0, naturalWidth, naturalHeight);
    return { pixels: [...data], width: naturalWidth, height: naturalHeight };
  });
  return jsQR.default(new Uint8ClampedArray(pixels), width, height)?.data;
}
