import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { TaskView } from '../../../src/contract/types.ts';
import { fen } from '../../../src/core/money.ts';
import { LANGUAGES, messagesIn } from '../../../src/renderer/i18n/messages.ts';
import { withoutBrowser } from '../../fixtures/browser.ts';
import { aRow } from '../fake-terminal.ts';
import { LARGE, SMALL, startTillPages, type TillPage, type TillPageOptions } from '../support/till-pages.ts';

const HOUR_MS = 3_600_000;
/** Ages are said in full hours: the test may take its time. */
const MORE_MS = 300_000;

function aRefusedReport(more: Partial<TaskView> = {}): TaskView {
  return {
    taskId: 'upload:cash.received:cash-1',
    kind: 'upload',
    saleId: 'sale-1',
    saleNumber: '0001-01-000001',
    amountFen: fen(0),
    createdAt: Date.now() - 2 * HOUR_MS - MORE_MS,
    attempts: 1,
    said: 'HTTP 422: 门店不存在',
    state: 'human',
    ...more,
  };
}

describe.skipIf(withoutBrowser())('reports to the back office', () => {
  let pages: Awaited<ReturnType<typeof startTillPages>>;
  let till: TillPage;

  beforeAll(async () => {
    pages = await startTillPages();
  });
  afterAll(() => pages.close());
  afterEach(() => till.close());

  const open = async (options: TillPageOptions = {}) => {
    till = await pages.open(options);
    till.terminal.showSales([aRow(1, 'paid')]);
  };
  const panel = () => till.page.getByRole('dialog');

  function refuse(more: Partial<TaskView> = {}): void {
    const oldestAt = Date.now() - 3 * HOUR_MS - MORE_MS;
    till.terminal.showStatus({ reports: { refused: 1, oldestAt } });
    till.terminal.showQueue({
      uploads: { on: true, waiting: 12_345, refused: 1, oldestAt, lastError: 'ECONNREFUSED' },
      tasks: [aRefusedReport(more)],
    });
  }

  it('that only wait are no banner, unless they have waited for a day; unsettled money is said instead', async () => {
    await open();
    const banner = till.page.getByRole('button', { name: /后台|上传/ });
    const unsettled = till.page.getByRole('button', { name: /未结清/ });
    till.terminal.showStatus({
      reports: { refused: 3 },
      unsettled: { count: 1, amountFen: fen(1230), oldestAt: Date.now() - HOUR_MS },
    });
    await unsettled.waitFor();
    expect(await banner.count()).toBe(0);
    till.terminal.showStatus({
      reports: { refused: 0, oldestAt: Date.now() - 2 * HOUR_MS },
      unsettled: { count: 0, amountFen: fen(0) },
    });
    await unsettled.waitFor({ state: 'detached' });
    expect(await banner.count()).toBe(0);
    till.terminal.showStatus({ reports: { refused: 0, oldestAt: Date.now() - 30 * HOUR_MS } });
    await banner.getByText(/账目上传在等 · 最早 /).waitFor();
  });

  it('that were refused are shown with what the back office said, and can be sent again', async () => {
    await open();
    refuse();
    await till.page.getByRole('button', { name: '1 条账目后台没收下' }).click();
    await panel().getByText('全部结清').waitFor();
    await panel().getByText('12345 条账目等待上传后台 · 最早 3 小时前').waitFor();
    await panel().getByText('上次：ECONNREFUSED').waitFor();
    const row = panel().locator('[data-task="upload:cash.received:cash-1"]');
    await row.getByText('后台说：HTTP 422: 门店不存在').waitFor();
    await row.getByRole('button', { name: '再传一次' }).click();
    await row.getByText('正在传').waitFor();
    expect(till.terminal.calls).toEqual(['tryNow upload:cash.received:cash-1']);
  });

  it('are given up by a manager’s name and reason, and it is said that no money is affected', async () => {
    await open();
    refuse();
    await till.page.getByRole('button', { name: '1 条账目后台没收下' }).click();
    await panel().getByRole('button', { name: '不传了…' }).click();
    await panel()
      .getByText(/账本里还在，钱不受影响/)
      .waitFor();
    await panel().getByRole('textbox', { name: '店长姓名' }).fill('王店长');
    await panel().getByRole('textbox', { name: '原因' }).fill('已补录');
    const confirm = panel().getByRole('button', { name: '确定不传' });
    await confirm.click();
    await confirm.waitFor({ state: 'detached' });
    expect(till.terminal.calls).toEqual(['giveUp upload:cash.received:cash-1 王店长: 已补录']);
    expect(till.troubles).toEqual([]);
  });

  it.each(LANGUAGES.flatMap((language) => [SMALL, LARGE].map((size) => ({ language, size }))))(
    'have room for the longest that a back office may say: $language, $size.width × $size.height',
    async ({ language, size }) => {
      await open({ language, size });
      const { upload } = messagesIn(language);
      refuse({ said: `HTTP 422: ${'W'.repeat(200)}` });
      await till.page.getByRole('button', { name: upload.banner.refused(1) }).click();
      await panel().getByRole('button', { name: upload.giveUp }).waitFor();
      const wide = await panel().evaluate((element) =>
        [...element.querySelectorAll('*')]
          .filter((inner) => inner.scrollWidth > inner.clientWidth + 1 && inner.clientWidth > 0)
          .map((inner) => `${inner.tagName} ${inner.textContent}`),
      );
      expect(wide).toEqual([]);
    },
  );
});
