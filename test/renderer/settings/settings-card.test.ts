import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fen } from '../../../src/core/money.ts';
import { LANGUAGES, messagesIn } from '../../../src/renderer/i18n/messages.ts';
import { withoutBrowser } from '../../fixtures/browser.ts';
import { aRow } from '../fake-terminal.ts';
import { LARGE, SMALL, startTillPages, type TillPage, type TillPageOptions } from '../support/till-pages.ts';

const HOUR_MS = 3_600_000;

describe.skipIf(withoutBrowser())('around the sale', () => {
  let pages: Awaited<ReturnType<typeof startTillPages>>;
  let till: TillPage;
  beforeAll(async () => {
    pages = await startTillPages();
  });
  afterAll(() => pages.close());
  afterEach(async () => {
    expect(till.troubles).toEqual([]);
    await till.close();
  });

  const open = async (options: TillPageOptions = {}) => {
    till = await pages.open(options);
  };
  const part = () => till.page.locator('[data-part="backup"]');
  const card = () => till.page.getByRole('dialog');

  it('nothing is said of backups that are well', async () => {
    await open();
    await till.page.locator('[data-part="printer"]').waitFor();
    expect(await part().count()).toBe(0);
  });

  it('one that failed is told with what to do, and taken again from the settings', async () => {
    await open();
    const backup = { everyHours: 24, lastAt: Date.now() - 30 * HOUR_MS } as const;
    till.terminal.showStatus({ backup: { ...backup, failed: { why: 'FOLDER_MISSING', at: Date.now() } } });
    await part().getByText('备份盘没接上 · 请插好备份盘').waitFor();
    expect(await part().getAttribute('title')).toContain('不影响收款');
    await till.page.getByRole('button', { name: '设置' }).click();
    await card().getByText('备份盘没接上 · 上次 30 小时前').waitFor();
    await card().getByRole('button', { name: '马上备份' }).click();
    await card().getByText('上次 刚刚').waitFor();
    await part().waitFor({ state: 'detached' });
    expect(till.terminal.calls).toContain('backup now');
  });

  it('one that failed waits while something that sales need is not well', async () => {
    await open();
    till.terminal.showStatus({ backup: { everyHours: 24, failed: { why: 'FOLDER_FULL', at: Date.now() } } });
    await part().waitFor();
    till.terminal.showStatus({ line: 'offline' });
    await part().waitFor({ state: 'detached' });
  });

  it('one that is too old is told with its age', async () => {
    await open({ language: 'en' });
    till.terminal.showStatus({ backup: { everyHours: 24, lastAt: Date.now() - 100 * HOUR_MS } });
    await part().getByText('last one 4 days ago · take one now, in Settings').waitFor();
  });

  it('the day’s total is told by tender, without a line for what nobody brought', async () => {
    await open();
    till.terminal.showSales([aRow(1, 'paid', fen(1_250)), { ...aRow(2, 'paid', fen(800)), tender: 'cash' }]);
    const total = (key: string) => till.page.locator(`[data-total="${key}"]`);
    await total('cash').getByText('￥8.00').waitFor();
    await total('wechat').getByText('￥12.50').waitFor();
    till.terminal.showSales([aRow(1, 'paid', fen(1_250))]);
    await total('cash').waitFor({ state: 'detached' });
  });

  describe.each(LANGUAGES)('signing out, in %s', (language) => {
    const words = messagesIn(language).leaving;

    it.each([SMALL, LARGE])('asks with the exact amounts, and all of it is on the screen', async (size) => {
      await open({ language, size });
      till.terminal.showStatus({ owed: { count: 3, amountFen: fen(999_999_999), oldestAt: Date.now() - HOUR_MS } });
      await till.page.getByRole('button', { name: messagesIn(language).settings.open }).click();
      await card().getByRole('button', { name: words.signOut }).click();
      const question = till.page.getByRole('alertdialog');
      await question.getByText('￥9,999,999.99').waitFor();
      const box = await card().boundingBox();
      expect(box && [box.x >= 0, box.y >= 0, box.y + box.height <= size.height]).toEqual([true, true, true]);
      // The focus is on staying: the hand of somebody who did not read is a safe one.
      await till.page.keyboard.press('Space');
      await question.waitFor({ state: 'detached' });
    });
  });
});
