import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { TaskView } from '../../../src/contract/types.ts';
import { fen } from '../../../src/core/money.ts';
import { LANGUAGES, messagesIn } from '../../../src/renderer/i18n/messages.ts';
import { withoutBrowser } from '../../fixtures/browser.ts';
import { aRow } from '../fake-terminal.ts';
import { LARGE, SMALL, startTillPages, type TillPage, type TillPageOptions } from '../support/till-pages.ts';

const MINUTE_MS = 60_000;

function aTask(number: number, more: Partial<TaskView> = {}): TaskView {
  return {
    taskId: `resolve:payment-${number}`,
    kind: 'resolve',
    saleId: `sale-${number}`,
    saleNumber: `0001-01-${String(number).padStart(6, '0')}`,
    amountFen: fen(1230),
    createdAt: Date.now() - (10 - number) * MINUTE_MS,
    attempts: 3,
    reason: 'NO_REPLY',
    state: 'open',
    ...more,
  };
}

describe.skipIf(withoutBrowser())('what is not settled', () => {
  let pages: Awaited<ReturnType<typeof startTillPages>>;
  let till: TillPage;

  beforeAll(async () => {
    pages = await startTillPages();
  });
  afterAll(() => pages.close());
  afterEach(() => till.close());

  const open = async (options: TillPageOptions = {}) => {
    till = await pages.open(options);
    till.terminal.showSales([aRow(42, 'paid')]);
  };
  const banner = () => till.page.getByRole('button', { name: /未结清|not settled/ });
  const panel = () => till.page.getByRole('dialog');

  /** Two payments and a receipt are owed; one of the payments waits for a person. */
  function owe(more: Partial<TaskView> = {}): void {
    const oldestAt = Date.now() - 9 * MINUTE_MS - 5_000;
    const sum = { count: 2, amountFen: fen(2460), oldestAt };
    till.terminal.showStatus({ unsettled: sum });
    till.terminal.showQueue({
      ...sum,
      humanCount: 1,
      tasks: [
        aTask(1, more),
        aTask(2, { state: 'human', reason: 'REVERSE_EXPIRED' }),
        aTask(3, { taskId: 'print:1', kind: 'print', amountFen: fen(0) }),
      ],
    });
  }

  it('is no banner while nothing is open, nor while a sale is simply being charged', async () => {
    await open();
    expect(await banner().count()).toBe(0);
    till.terminal.showPhase('working');
    till.terminal.showStatus({ unsettled: { count: 1, amountFen: fen(1250), oldestAt: Date.now() } });
    await till.page.locator('[data-state="working"]').waitFor();
    expect(await banner().count()).toBe(0);
    till.terminal.showPhase('uncertain');
    await banner().waitFor();
  });

  it('is said with count, amount and age on top of the screen, and one press opens the answer', async () => {
    await open();
    owe();
    expect(await banner().textContent()).toBe('2 笔未结清 · ￥24.60 · 9 分钟前');
    await banner().click();
    await panel().getByText('2 笔未结清 · ￥24.60 · 最早 9 分钟前').waitFor();
    await panel().getByText('其中 1 笔要店长处理').waitFor();
    const tasks = await panel()
      .locator('[data-task]')
      .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-task')));
    // What needs a person comes first.
    expect(tasks).toEqual(['resolve:payment-2', 'resolve:payment-1', 'print:1']);
    await till.page.keyboard.press('Escape');
    await panel().waitFor({ state: 'detached' });
  });

  it('shows how far a drain has come, and when all is settled', async () => {
    await open();
    owe();
    await banner().click();
    till.terminal.showQueue({ count: 3, amountFen: fen(100), draining: { done: 7, total: 10 }, tasks: [aTask(1)] });
    await panel().getByText('已结清 7 / 10').waitFor();
    const bar = panel().getByRole('progressbar', { name: '结清进度' });
    expect(await bar.evaluate((element) => (element as HTMLProgressElement).position)).toBeCloseTo(0.7);
    till.terminal.showQueue({ givenUp: { count: 1, amountFen: fen(1230) } });
    await panel().getByText('全部结清').waitFor();
    await panel().getByText('另有 1 笔由店长放弃查清 · ￥12.30 · 不算收款').waitFor();
  });

  it('can be tried at once, and tells its story', async () => {
    await open();
    till.terminal.showSales([aRow(1, 'uncertain')]);
    owe();
    await banner().click();
    const row = panel().locator('[data-task="resolve:payment-1"]');
    await row.getByRole('button', { name: '马上再试' }).click();
    await row.getByText('正在查', { exact: true }).waitFor();
    expect(till.terminal.calls).toEqual(['tryNow resolve:payment-1']);
    await row.getByRole('button', { name: '经过' }).click();
    await panel().getByRole('heading', { name: '单号 0001-01-000001' }).waitFor();
  });

  it('is given up by keyboard alone, with a name and a reason, and not without', async () => {
    await open();
    owe();
    await banner().press('Space');
    const row = panel().locator('[data-task="resolve:payment-2"]');
    await row.getByRole('button', { name: '放弃查清' }).press('Space');
    const confirm = row.getByRole('button', { name: '确定放弃' });
    expect(await confirm.isDisabled()).toBe(true);
    await till.page.keyboard.type('王店长');
    await till.page.keyboard.press('Enter');
    await till.page.keyboard.press('Tab');
    await till.page.keyboard.type('账单已核对');
    await vi.waitFor(async () => expect(await confirm.isEnabled()).toBe(true));
    expect(till.terminal.calls).toEqual([]);
    await till.page.keyboard.press('Enter');
    await confirm.waitFor({ state: 'detached' });
    expect(till.terminal.calls).toEqual(['giveUp resolve:payment-2 王店长: 账单已核对']);
    expect(till.troubles).toEqual([]);
  });

  it('is not given up when the manager thinks again', async () => {
    await open();
    owe();
    await banner().click();
    const row = panel().locator('[data-task="resolve:payment-2"]');
    await row.getByRole('button', { name: '放弃查清' }).click();
    await row.getByRole('textbox', { name: '店长姓名' }).press('Escape');
    await row.getByRole('button', { name: '放弃查清' }).waitFor();
    await panel().waitFor();
    expect(till.terminal.calls).toEqual([]);
  });

  describe.each(LANGUAGES)('in %s', (language) => {
    it.each([
      ['1024×600', SMALL],
      ['1920×1080', LARGE],
    ])('has room for the longest of it at %s, in light and dark', async (_, size) => {
      for (const theme of ['light', 'dark'] as const) {
        await open({ language, size, theme });
        owe({ amountFen: fen(999_999_999), attempts: 99_999, reason: 'BAD_CERTIFICATE' });
        await banner().click();
        const row = panel().locator('[data-state="human"]');
        await row.getByRole('button', { name: messagesIn(language).queue.decide }).click();
        const confirm = row.getByRole('button', { name: messagesIn(language).queue.giveUp });
        // The whole form is in view as soon as it opens.
        const box = await confirm.boundingBox();
        expect((box?.y ?? size.height) + (box?.height ?? 0)).toBeLessThanOrEqual(size.height);
        const wide = await panel().evaluate((element) =>
          [...element.querySelectorAll('*')]
            .filter((inner) => inner.scrollWidth > inner.clientWidth + 1 && inner.clientWidth > 0)
            .map((inner) => `${inner.tagName} ${inner.textContent}`),
        );
        expect(wide).toEqual([]);
        expect(till.troubles).toEqual([]);
        if (theme === 'light') await till.close();
      }
    });
  });
});
