import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { TaskView, TillView } from '../../../src/contract/types.ts';
import { fen } from '../../../src/core/money.ts';
import { LANGUAGES, messagesIn } from '../../../src/renderer/i18n/messages.ts';
import { withoutBrowser } from '../../fixtures/browser.ts';
import { aStaticSale, findNext } from '../fake-offline.ts';
import { LARGE, SMALL, startTillPages, type TillPage, type TillPageOptions } from '../support/till-pages.ts';

const ID = '4200000000202601020000000007';
const OFFER = { perPaymentFen: fen(50_000), inAllFen: fen(200_000), roomFen: fen(50_000) };
const SCAN: TillView = { step: 'scan', amountFen: fen(1250), staticOffer: OFFER };
const HELD = [
  { saleId: 'held-1', amountFen: fen(1230), heldAt: Date.now() - 120_000, label: '红衣服' },
  { saleId: 'held-2', amountFen: fen(999_999_999), heldAt: Date.now(), saleNumber: '0001-01-000041' },
];

function aVerifyTask(more: Partial<NonNullable<TaskView['verify']>> = {}): TaskView {
  const verify = {
    saleId: 'sale-42',
    saleNumber: '0001-01-000042',
    amountFen: fen(8800),
    state: 'accepted',
    acceptedAt: Date.now() - 65_000,
    manager: '王店长',
    seen: '手机显示付给本店，10:32',
    ...more,
  } as const;
  const { saleId, saleNumber, amountFen, acceptedAt: createdAt } = verify;
  return {
    taskId: 'verify:1',
    kind: 'verify',
    saleId,
    saleNumber,
    amountFen,
    createdAt,
    attempts: 0,
    verify,
    state: 'human',
  };
}

describe.skipIf(withoutBrowser())('what a cashier can do while the line is down', () => {
  let pages: Awaited<ReturnType<typeof startTillPages>>;
  let till: TillPage;

  beforeAll(async () => {
    pages = await startTillPages();
  });
  afterAll(() => pages.close());
  afterEach(() => till.close());

  const open = async (options: TillPageOptions = {}) => {
    till = await pages.open(options);
  };
  const show = async (view: TillView, state: string) => {
    till.terminal.show(view);
    await till.page.locator(`[data-state="${state}"]`).first().waitFor();
  };
  const panel = () => till.page.getByRole('dialog');
  const press = (key: string) => till.page.keyboard.press(key);
  const type = (text: string) => till.page.keyboard.type(text, { delay: 120 });

  describe('a sale on hold', () => {
    it('is put there by keyboard alone, with a word, and the counter is free', async () => {
      await open();
      await show(SCAN, 'scan');
      await press('F8');
      await panel().getByText('挂起这一单 ￥12.50').waitFor();
      await type('红衣服');
      await press('Enter');
      await panel().waitFor({ state: 'detached' });
      expect(till.terminal.calls).toEqual(['hold 1250 红衣服']);
      await till.page.getByRole('button', { name: '挂单 1' }).waitFor();
      expect(await till.page.locator('output').textContent()).toMatch(/0\.00/);
    });

    it('can be one that is only keyed yet', async () => {
      await open();
      await type('7.5');
      await press('F8');
      await panel().getByText('挂起这一单 ￥7.50').waitFor();
      await press('Enter');
      await panel().waitFor({ state: 'detached' });
      expect(till.terminal.calls).toEqual(['hold 750']);
      expect(await till.page.locator('output').textContent()).toMatch(/0\.00/);
    });

    it('is taken up again by keyboard alone', async () => {
      await open();
      await show({ step: 'amount', amountFen: fen(0), held: HELD }, 'keying');
      await press('F8');
      await panel()
        .getByText(/红衣服/)
        .waitFor();
      await press('Space');
      await panel().waitFor({ state: 'detached' });
      expect(till.terminal.calls).toEqual(['resume held-1']);
      await till.page.locator('[data-action="Escape"]').getByText('放回挂单').waitFor();
      // Its amount stays what it was.
      await press('+');
      await till.page.getByText(/取回的单按原金额收/).waitFor();
      expect(till.terminal.calls).toEqual(['resume held-1']);
    });

    it('waits behind a sale that is not finished, and is discarded by a second press only', async () => {
      await open();
      await show({ ...SCAN, held: HELD }, 'scan');
      await till.page.getByRole('button', { name: '挂单 2' }).click();
      const row = panel().locator('[data-held="held-1"]');
      await panel().getByText('前面还有一单：先收完，或先挂起').waitFor();
      expect(await row.getByRole('button', { name: '取回' }).isDisabled()).toBe(true);
      await row.getByRole('button', { name: '作废' }).click();
      expect(till.terminal.calls).toEqual([]);
      await row.getByRole('button', { name: '再按一次作废' }).click();
      await row.waitFor({ state: 'detached' });
      expect(till.terminal.calls).toEqual(['discard held-1']);
    });
  });

  describe('a payment on the static code', () => {
    it('is approved by keyboard alone, by name and by what was seen', async () => {
      await open();
      await show(SCAN, 'scan');
      await press('F9');
      await panel().getByText('一笔最多 ￥500.00，现在还能收 ￥500.00').waitFor();
      await type('王店长');
      await press('Enter');
      expect(till.terminal.calls).toEqual([]);
      await press('Tab');
      await type('手机显示付给本店');
      await press('Enter');
      await till.page.locator('[data-state="toVerify"]').first().waitFor();
      expect(till.terminal.calls).toEqual(['acceptStatic 1250 王店长: 手机显示付给本店']);
      await till.page.getByText('还没查到钱，先不算收款').waitFor();
      expect(await till.page.getByText('收款成功').count()).toBe(0);
    });

    it('takes the number that is read from the phone, and no half of one', async () => {
      await open();
      await show(SCAN, 'scan');
      await press('F9');
      const [manager, seen, id] = ['店长姓名', '看到了什么', /交易单号/].map((name) =>
        panel().getByRole('textbox', { name }),
      );
      await manager?.fill('王店长');
      await seen?.fill('手机显示付给本店');
      await id?.fill('4200 0000 0020');
      const approve = panel().getByRole('button', { name: '批准，待核实' });
      expect(await approve.isDisabled()).toBe(true);
      till.terminal.show({ ...SCAN, notice: { code: 'SCAN_TRANSACTION', at: Date.now(), detail: ID } });
      await expect.poll(() => id?.inputValue()).toBe(ID);
      await approve.click();
      await till.page.locator('[data-state="toVerify"]').first().waitFor();
      expect(till.terminal.calls).toEqual([`acceptStatic 1250 王店长: 手机显示付给本店 ${ID}`]);
    });

    it.each([
      ['one payment', fen(50_001), OFFER, '超过一笔 ￥500.00 的限额'],
      ['all that waits', fen(1250), { ...OFFER, roomFen: fen(1249) }, '还能收 ￥12.49'],
    ])('is refused in words beyond the limit of %s', async (_, amountFen, staticOffer, words) => {
      await open();
      await show({ step: 'scan', amountFen, staticOffer }, 'scan');
      await till.page.locator('[data-panel="static"]').click();
      await panel().getByRole('alert').getByText(words).waitFor();
      await panel().getByRole('textbox', { name: '店长姓名' }).fill('王店长');
      await panel().getByRole('textbox', { name: '看到了什么' }).fill('手机显示付给本店');
      expect(await panel().getByRole('button', { name: '批准，待核实' }).isDisabled()).toBe(true);
    });

    it('is not offered where it is switched off', async () => {
      await open();
      await show({ step: 'scan', amountFen: fen(1250) }, 'scan');
      expect(await till.page.locator('[data-panel="static"]').count()).toBe(0);
      await press('F9');
      await panel().getByText('店里没有开通静态码收款').waitFor();
    });

    it.each([
      ['proven', 'paid', '收款成功'],
      ['disproven', 'declined', '没有收到'],
    ] as const)('that turns out %s while it is in front shows it', async (state, shown, word) => {
      await open();
      await show(aStaticSale(), 'toVerify');
      await show(aStaticSale({ state, transactionId: ID }), shown);
      await till.page.getByRole('heading', { name: word }).waitFor();
      await press('Enter');
      await press('Escape');
      await till.page.locator('[data-state="keying"]').first().waitFor();
      expect(till.terminal.calls).toEqual(['next']);
    });
  });

  describe('what is to be verified', () => {
    const sum = { count: 1, amountFen: fen(8800) };

    function owe(more: Partial<NonNullable<TaskView['verify']>> = {}): void {
      till.terminal.showStatus({ toVerify: { ...sum, oldestAt: Date.now() - 65_000 } });
      till.terminal.showQueue({ toVerify: sum, tasks: [aVerifyTask(more)] });
    }
    const banner = () => till.page.getByRole('button', { name: /^待核实|^1 to be verified/ });
    const row = () => panel().locator('[data-task="verify:1"]');

    it('is on top of the screen, apart from what the terminal settles by itself', async () => {
      await open();
      owe();
      expect(await banner().textContent()).toBe('待核实 1 笔 · ￥88.00 · 1 分钟前');
      till.terminal.showStatus({ unsettled: { count: 2, amountFen: fen(2460), oldestAt: Date.now() - 65_000 } });
      await till.page.getByRole('button', { name: '2 笔未结清 · ￥24.60 · 1 分钟前 · 另有 1 笔待核实' }).click();
      await panel().getByText('待核实 1 笔 · ￥88.00').waitFor();
      await row().getByText('王店长 批准：手机显示付给本店，10:32').waitFor();
    });

    it('is looked up by the number on the phone, and what is found is said in a sentence', async () => {
      await open();
      owe();
      await banner().press('Space');
      await row().getByRole('button', { name: '按交易单号查' }).press('Space');
      findNext({ proven: false, finding: { code: 'OWN_PAYMENT', saleNumber: '0001-01-000123' } });
      await row().getByRole('textbox').fill('4200 0000 0020 2601 0200 0000 0007');
      await press('Enter');
      await row().getByText('这是 0001-01-000123 扫码收的款').waitFor();
      expect(till.terminal.calls).toEqual([`lookUp verify:1 ${ID}`]);
      findNext({ proven: true });
      await press('Enter');
      await till.page.getByText('查到了：钱已收到，这一单算收款').waitFor();
    });

    it('is ended by a manager as not received, with a reason', async () => {
      await open();
      owe({ transactionId: ID, finding: { code: 'NOT_FOUND' } });
      await banner().click();
      await row()
        .getByText(/本商户没有这个交易单号/)
        .waitFor();
      await row().getByRole('button', { name: '判定没收到' }).click();
      await row()
        .getByText(/这一单将记为没有收到/)
        .waitFor();
      await row().getByRole('textbox', { name: '店长姓名' }).fill('李店长');
      await row().getByRole('textbox', { name: '原因' }).fill('账单里没有');
      await row().getByRole('button', { name: '确定没收到' }).click();
      await row().getByRole('button', { name: '判定没收到' }).waitFor();
      expect(till.terminal.calls).toEqual(['giveUp verify:1 李店长: 账单里没有']);
    });

    describe.each(LANGUAGES)('in %s', (language) => {
      it.each([
        ['1024×600', SMALL],
        ['1920×1080', LARGE],
      ])('has room for the longest of it at %s', async (_, size) => {
        await open({ language, size });
        const { offline } = messagesIn(language);
        const longest = {
          manager: '司'.repeat(32),
          seen: '看'.repeat(200),
          transactionId: ID,
          amountFen: fen(999_999_999),
        };
        owe({ ...longest, finding: { code: 'NOT_KNOWN', reason: { code: 'NOT_SENT' } } });
        await show({ ...SCAN, amountFen: fen(999_999_999), held: HELD }, 'scan');
        expect(await cut('.frame-panel, .frame-top')).toEqual([]);
        await press('F9');
        await panel().getByText(offline.static.meaning).waitFor();
        expect(await cut('[role="dialog"]')).toEqual([]);
        await press('Escape');
        await panel().waitFor({ state: 'detached' });
        await press('F8');
        await panel().getByText(offline.held.inFront).waitFor();
        expect(await cut('[role="dialog"]')).toEqual([]);
        await press('Escape');
        await panel().waitFor({ state: 'detached' });
        await banner().click();
        await row().waitFor();
        expect(await cut('[role="dialog"]')).toEqual([]);
        expect(till.troubles).toEqual([]);
      });
    });

    /** What is wider than its room. */
    function cut(within: string): Promise<string[]> {
      return till.page.locator(within).evaluateAll((roots) =>
        roots
          .flatMap((root) => [root, ...root.querySelectorAll('*')])
          .filter(
            (element) =>
              element.clientWidth > 0 &&
              element.scrollWidth > element.clientWidth + 1 &&
              getComputedStyle(element).textOverflow !== 'ellipsis',
          )
          .map((element) => `${element.tagName}.${element.className} ${element.textContent}`),
      );
    }
  });
});
