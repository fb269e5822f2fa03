import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fen } from '../../../src/core/money.ts';
import { LANGUAGES, messagesIn } from '../../../src/renderer/i18n/messages.ts';
import { withoutBrowser } from '../../fixtures/browser.ts';
import { aRefund } from '../fake-refunds.ts';
import { aRow } from '../fake-terminal.ts';
import { LARGE, SMALL, startTillPages, type TillPage, type TillPageOptions } from '../support/till-pages.ts';

describe.skipIf(withoutBrowser())('a refund', () => {
  let pages: Awaited<ReturnType<typeof startTillPages>>;
  let till: TillPage;

  beforeAll(async () => {
    pages = await startTillPages();
  });
  afterAll(() => pages.close());
  afterEach(async () => {
    await till.close();
    expect(till.troubles).toEqual([]);
  });

  const open = async (options: TillPageOptions = {}) => {
    till = await pages.open(options);
    till.terminal.showSales([aRow(42, 'paid')]);
  };
  const panel = () => till.page.getByRole('dialog');
  const story = async () => {
    await till.page.locator('aside li button').click();
    await panel()
      .getByRole('heading', { name: /0001-01-000042/ })
      .waitFor();
  };
  const ask = async (amount: string) => {
    await panel().getByRole('button', { name: '退款…' }).click();
    await panel()
      .getByLabel(/退多少/)
      .fill(amount);
    await panel().getByLabel('店长姓名').fill('王店长');
    await panel().getByLabel('原因').fill('商品有问题');
  };
  const refundCalls = () => till.terminal.calls.filter((call) => call.startsWith('refund '));

  it('is asked for with an amount, a reason and a name, and pressed twice it is one', async () => {
    await open();
    await story();
    await panel().getByRole('button', { name: '退款…' }).click();
    // All that is left is offered first.
    expect(
      await panel()
        .getByLabel(/退多少/)
        .inputValue(),
    ).toBe('12.50');
    expect(await panel().getByRole('button', { name: '退款 ￥12.50' }).isDisabled()).toBe(true);
    await panel().getByRole('button', { name: '先不退' }).click();
    await ask('5');
    await panel().getByRole('button', { name: '退款 ￥5.00' }).dblclick();
    await panel()
      .getByLabel(/退多少/)
      .waitFor({ state: 'detached' });
    expect(new Set(refundCalls()).size).toBe(1);
    expect(refundCalls()[0]).toMatch(/^refund sale-42 500 王店长: 商品有问题 #[0-9a-f]{32}$/);
  });

  it('cannot be of nothing, nor of more than is left', async () => {
    await open();
    await story();
    await ask('12.51');
    const confirm = panel().locator('button[type="submit"]');
    expect(await confirm.isDisabled()).toBe(true);
    await panel()
      .getByLabel(/退多少/)
      .fill('0');
    expect(await confirm.isDisabled()).toBe(true);
    await panel()
      .getByLabel(/退多少/)
      .fill('12.50');
    expect(await confirm.isEnabled()).toBe(true);
    expect(refundCalls()).toEqual([]);
  });

  it('says why it cannot be, keeps what was typed, and asks again for the very same', async () => {
    await open();
    till.terminal.showRefunds([], 'TOO_LATE');
    await story();
    await ask('5');
    await panel().locator('button[type="submit"]').click();
    await panel().getByRole('alert').getByText('付款超过一年').waitFor();
    till.terminal.showRefunds([]);
    await panel().locator('button[type="submit"]').click();
    await panel()
      .getByLabel(/退多少/)
      .waitFor({ state: 'detached' });
    expect(refundCalls()).toHaveLength(2);
    expect(new Set(refundCalls()).size).toBe(1);
  });

  it('says beforehand that it waits when there is no line, and that cash is handed over', async () => {
    await open();
    till.terminal.showStatus({ line: 'offline' });
    await story();
    await panel().getByRole('button', { name: '退款…' }).click();
    await panel()
      .getByText(/现在还没有退款，请告诉顾客/)
      .waitFor();
    till.terminal.showSales([{ ...aRow(42, 'paid'), tender: 'cash' }]);
    await panel()
      .getByText(/从钱箱拿出钱/)
      .waitFor();
  });

  it('is never called done before it is', async () => {
    await open();
    till.terminal.showRefunds([
      aRefund('processing', { amountFen: fen(100) }),
      aRefund('attention', { amountFen: fen(200), cause: 'blocked', reason: { code: 'MERCHANT_BALANCE_LOW' } }),
      aRefund('refunded', { amountFen: fen(300), receivedBy: '招商银行信用卡8915' }),
    ]);
    till.terminal.showSales([{ ...aRow(42, 'paid'), refundedFen: fen(300), refundPendingFen: fen(300) }]);
    await till.page.locator('aside').getByText('退款 ￥3.00 · 尚未退款 ￥3.00').waitFor();
    await till.page.locator('aside li').getByText('退款中').waitFor();
    await story();
    const refunds = panel().locator('[data-phase]');
    expect(await refunds.nth(0).textContent()).toContain('￥1.00微信支付处理中，尚未到账');
    expect(await refunds.nth(1).textContent()).toMatch(/没有退成，要店长处理.*余额不够.*充值/);
    expect(await refunds.nth(2).textContent()).toMatch(/已退款.*招商银行信用卡8915/);
    await panel().getByRole('button', { name: '退款…' }).click();
    expect(
      await panel()
        .getByLabel(/退多少/)
        .inputValue(),
    ).toBe('6.50');
  });

  it('begins at the receipt: its number keyed, or its code scanned by whatever scanner', async () => {
    await open();
    await till.page.getByRole('button', { name: '查小票' }).click();
    await panel().getByLabel('单号').fill('0001-01-999999');
    await till.page.keyboard.press('Enter');
    await panel().getByRole('alert').getByText('没有这个单号').waitFor();
    await panel().getByLabel('单号').fill('0001-01-000042');
    await till.page.keyboard.press('Enter');
    await panel().getByRole('heading', { name: '单号 0001-01-000042' }).waitFor();
    await till.page.keyboard.press('Escape');
    await panel().waitFor({ state: 'detached' });
    const notice = { code: 'SCAN_RECEIPT', at: Date.now(), detail: 'sale-42' } as const;
    till.terminal.show({ step: 'amount', amountFen: fen(0), notice });
    await panel().getByRole('heading', { name: '单号 0001-01-000042' }).waitFor();
  });

  it('takes back a payment that cannot be reversed, from the queue', async () => {
    await open();
    const task = { taskId: 'resolve:payment-1', kind: 'resolve', saleNumber: '0001-01-000042', amountFen: fen(1230) };
    const sum = { count: 1, amountFen: fen(1230), oldestAt: Date.now() - 600_000 };
    till.terminal.showSales([aRow(42, 'attention')]);
    till.terminal.showStatus({ unsettled: sum });
    till.terminal.showQueue({
      ...sum,
      humanCount: 1,
      tasks: [{ ...task, createdAt: Date.now() - 600_000, attempts: 3, state: 'human', canTakeBack: true }],
    });
    await till.page.getByRole('button', { name: /未结清/ }).click();
    await panel().getByRole('button', { name: '退款给顾客…' }).click();
    await panel().getByLabel('店长姓名').fill('王店长');
    await panel().getByLabel('原因').fill('顾客没有拿货');
    await panel().getByRole('button', { name: '退款 ￥12.30' }).click();
    await panel().getByLabel('店长姓名').waitFor({ state: 'detached' });
    expect(till.terminal.calls).toEqual(['takeBack resolve:payment-1 王店长: 顾客没有拿货']);
  });

  describe.each(LANGUAGES)('in %s', (language) => {
    it.each([
      ['1024×600', SMALL],
      ['1920×1080', LARGE],
    ])('has room for the longest of it at %s', async (_, size) => {
      await open({ language, size });
      const row = { ...aRow(42, 'paid', fen(999_999_999)), refundPendingFen: fen(99_999_999) };
      till.terminal.showRefunds([
        aRefund('attention', { amountFen: fen(99_999_999), cause: 'stranded', why: '字'.repeat(200) }),
      ]);
      till.terminal.showSales([row]);
      await story();
      await panel()
        .getByRole('button', { name: messagesIn(language).refund.ask })
        .click();
      const submit = panel().locator('button[type="submit"]');
      const box = await submit.boundingBox();
      expect((box?.y ?? size.height) + (box?.height ?? 0)).toBeLessThanOrEqual(size.height);
      const wide = await till.page.evaluate(() =>
        [...document.querySelectorAll('[role="dialog"] *')]
          .filter((inner) => inner.scrollWidth > inner.clientWidth + 1 && inner.clientWidth > 0)
          .map((inner) => `${inner.tagName} ${inner.textContent}`),
      );
      expect(wide).toEqual([]);
    });
  });
});
