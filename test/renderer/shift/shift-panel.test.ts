import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ClosedShift, OpenShift } from '../../../src/contract/types.ts';
import { fen } from '../../../src/core/money.ts';
import { NO_TOTALS } from '../../../src/core/shift-totals.ts';
import { LANGUAGES, messagesIn } from '../../../src/renderer/i18n/messages.ts';
import { withoutBrowser } from '../../fixtures/browser.ts';
import { startTillPages, type TillPage, type TillPageOptions } from '../support/till-pages.ts';

const OPENED_AT = Date.UTC(2026, 0, 2, 0, 58);
const NOTHING = { count: 0, amountFen: fen(0) };
const SHORT = { expectedFen: fen(73_450), countedFen: fen(72_950), differenceFen: fen(-500) };
const EVEN = { ...SHORT, countedFen: SHORT.expectedFen, differenceFen: fen(0) };

function anOpenShift(more: Partial<OpenShift> = {}): OpenShift {
  return {
    shiftId: 'shift-1',
    number: '0001-01-Z0042',
    openedAt: OPENED_AT,
    openedBy: '小王',
    fromEarlierDay: false,
    floatFen: fen(50_000),
    ...NO_TOTALS,
    wechat: { count: 128, amountFen: fen(999_999_999) },
    cash: { count: 12, amountFen: fen(23_450) },
    owed: NOTHING,
    toVerify: NOTHING,
    moves: [],
    ...more,
  };
}

/** A shift with something of everything. */
const BUSY = {
  wechat: { count: 3, amountFen: fen(10_000) },
  staticCode: { count: 1, amountFen: fen(2_000) },
  wechatRefunds: { count: 2, amountFen: fen(1_500) },
  cashRefunds: { count: 1, amountFen: fen(450) },
  owed: { count: 2, amountFen: fen(2_460) },
  toVerify: { count: 1, amountFen: fen(800) },
};

const CLOSED: ClosedShift = {
  shiftId: 'shift-1',
  number: '0001-01-Z0042',
  openedAt: OPENED_AT,
  closedAt: OPENED_AT + 3_600_000,
  closedBy: '小王',
  ...NO_TOTALS,
  drawer: EVEN,
  owed: NOTHING,
  toVerify: NOTHING,
};

describe.skipIf(withoutBrowser())('the shift', () => {
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
  const button = (name: RegExp | string) => till.page.getByRole('button', { name });
  const field = (name: string) => till.page.getByRole('dialog').getByRole('textbox', { name });
  const press = (key: string) => till.page.keyboard.press(key);
  const shiftCalls = () => till.terminal.calls.filter((call) => call.startsWith('shift'));

  it('is not spoken of where a shop has none', async () => {
    await open();
    await button('设置').waitFor();
    expect(await button(/班次/).count()).toBe(0);
  });

  it('is opened with a float and a name, by keyboard alone', async () => {
    await open();
    till.terminal.showShift({ mode: 'asked' });
    await button('班次 未开班').focus();
    await press('Space');
    await field('备用金').waitFor();
    await till.page.keyboard.type('500');
    await press('Tab');
    await till.page.keyboard.type('小王');
    await press('Enter');
    await expect.poll(shiftCalls).toEqual(['shift open 50000 小王']);
  });

  it('does not stand in the way of a sale', async () => {
    await open();
    till.terminal.showShift({ mode: 'asked' });
    await button('班次 未开班').waitFor();
    await till.page.keyboard.type('12.5');
    await press('Enter');
    await till.page.locator('[data-state="scan"]').waitFor();
  });

  it('in which all is well is closed with three presses', async () => {
    await open();
    till.terminal.showShift({ mode: 'asked', open: anOpenShift() });
    await button('班次 当班 小王').click();
    await till.page.getByRole('button', { name: '交班', exact: true }).click();
    expect(await till.page.getByRole('dialog').textContent()).not.toContain('734.50');
    await field('实点金额').waitFor();
    await till.page.keyboard.type('734.50');
    await press('Enter');
    await expect.poll(shiftCalls).toEqual(['shift count 73450 小王']);
    till.terminal.showShift({ mode: 'asked', lastClosed: CLOSED });
    await till.page.getByText('已交班 0001-01-Z0042').waitFor();
    await till.page.getByText('没有差额').waitFor();
    // What is typed next is a sale again.
    await till.page.keyboard.type('7');
    await till.page.locator('output').getByText('7').waitFor();
  });

  it('with a difference is closed only with an explanation, and says what is not settled', async () => {
    await open();
    till.terminal.showStatus({ owed: { count: 2, amountFen: fen(2_460), oldestAt: Date.now() } });
    till.terminal.showShift({ mode: 'asked', open: anOpenShift({ count: SHORT }) });
    await button(/班次/).click();
    await till.page.getByText('少了 ￥5.00').waitFor();
    await till.page.getByText('还有 2 笔没有结清，共 ￥24.60').waitFor();
    expect(await button('确认交班').isDisabled()).toBe(true);
    await field('说明差额').fill('少找了五元');
    await button('确认交班').click();
    await expect.poll(shiftCalls).toEqual(['shift close 小王 少找了五元 2 2460']);
  });

  it.each(LANGUAGES)('tells what went back, and apart from all sums what is uncertain, in %s', async (language) => {
    await open({ language });
    const words = messagesIn(language).shift;
    till.terminal.showShift({ mode: 'asked', open: anOpenShift(BUSY) });
    await button(new RegExp(words.button.open('小王'))).click();
    const row = (label: string) => till.page.getByRole('dialog').locator('dl > div').filter({ hasText: label });
    for (const [label, sum] of [
      [words.staticCode, '￥20.00'],
      [words.wechatRefunds, '-￥15.00'],
      [words.cashRefunds, '-￥4.50'],
      [words.net, '￥335.00'],
      [words.unsettled, '￥24.60'],
      [words.toVerify, '￥8.00'],
    ] as const) {
      await row(label).filter({ hasText: sum }).waitFor();
    }
    await till.page.getByText(words.owedNote).waitFor();
    const overflow = await till.page.getByRole('dialog').evaluate((panel) => panel.scrollWidth - panel.clientWidth);
    expect(overflow).toBe(0);
  });

  it('has to be counted again when cash came in after the count', async () => {
    await open();
    till.terminal.showShift({ mode: 'asked', open: anOpenShift({ count: SHORT }) });
    await button(/班次/).click();
    await till.page.getByText('少了 ￥5.00').waitFor();
    till.terminal.showShift({ mode: 'asked', open: anOpenShift() });
    await field('实点金额').waitFor();
  });

  it('takes cash in and out, with a reason', async () => {
    await open();
    till.terminal.showShift({ mode: 'asked', open: anOpenShift() });
    await button(/班次/).click();
    await button('存取现金').click();
    await till.page.keyboard.type('200');
    await field('原因').fill('存银行');
    await press('Enter');
    await expect.poll(shiftCalls).toEqual(['shift moveCash out 20000 存银行 小王']);
    await button('存取现金').waitFor();
  });

  it('left open over midnight says so, on the bar and in the panel', async () => {
    await open();
    till.terminal.showShift({ mode: 'asked', open: anOpenShift({ fromEarlierDay: true }) });
    await button('班次 上一班还没交').click();
    await till.page.getByText('先点钱交班').waitFor();
  });

  it.each(LANGUAGES)('fits a small screen with the largest sums, in %s', async (language) => {
    await open({ language });
    const words = messagesIn(language).shift;
    till.terminal.showShift({ mode: 'asked', open: anOpenShift({ fromEarlierDay: true, couponFen: fen(100) }) });
    await button(new RegExp(words.button.earlier)).click();
    const last = till.page.getByRole('button', { name: words.endShift, exact: true });
    await last.waitFor();
    const box = await last.boundingBox();
    expect(box && box.y + box.height <= 600).toBe(true);
    const overflow = await till.page.getByRole('dialog').evaluate((panel) => panel.scrollWidth - panel.clientWidth);
    expect(overflow).toBe(0);
  });
});
