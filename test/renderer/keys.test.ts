import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { fen } from '../../src/core/money.ts';
import { withoutBrowser } from '../fixtures/browser.ts';
import { wedgeScan, wedgeScanDeliveredLate } from '../fixtures/wedge-scan.ts';
import { aPayment, aRow } from './fake-terminal.ts';
import { startTillPages, type TillPage } from './support/till-pages.ts';

const CODE = '134567890123456789';

describe.skipIf(withoutBrowser())('the keys of the till', () => {
  let pages: Awaited<ReturnType<typeof startTillPages>>;
  let till: TillPage;

  beforeAll(async () => {
    pages = await startTillPages();
  });
  afterAll(() => pages.close());
  beforeEach(async () => {
    till = await pages.open({ language: 'en' });
  });
  afterEach(async () => {
    await till.close();
    expect(till.troubles).toEqual([]);
  });

  const state = (name: string) => till.page.locator(`[data-state="${name}"]`).waitFor();
  const amount = () => till.page.locator('.frame-panel output').textContent();
  const type = async (...keys: string[]) => {
    for (const key of keys) await till.page.keyboard.press(key);
  };
  const called = (call: string) => vi.waitFor(() => expect(till.terminal.calls).toContain(call), { timeout: 20_000 });
  const askFor1250 = async () => {
    await type('1', '2', '.', '5', 'Enter');
    await state('scan');
  };

  describe('for an amount', () => {
    it('ask for 12.50 when 12.5 and Enter are typed', async () => {
      await askFor1250();
      expect(till.terminal.calls).toEqual(['ask 1250']);
      expect(await amount()).toBe('￥12.50');
    });

    it('add one thing to another with +', async () => {
      await type('1', '2', '.', '5', '+', '3', 'Enter');
      await called('ask 1550');
    });

    it('are on the screen too', async () => {
      for (const key of ['7', '00', '.', '5', 'Backspace', '5', 'Enter']) {
        await till.page.locator(`[data-key="${key}"]`).click();
      }
      await called('ask 70050');
    });

    it('ask for nothing while there is nothing to ask for, and say what comes first', async () => {
      await type('Enter');
      await till.page.getByText('First the amount, then Charge').waitFor();
      expect(till.terminal.calls).toEqual([]);
    });
  });

  describe('of a scanner that types', () => {
    const scannedOnce = async () => {
      await vi.waitFor(() => expect(till.terminal.scans).toEqual([{ text: CODE, source: 'wedge' }]));
      await state('working');
      await leftNoDigit();
      expect(till.terminal.calls).toEqual(['ask 1250']);
    };
    /** Four digits of the code in a row, in the page's text or in a field, would be a leak. */
    const leftNoDigit = async () => {
      const everything = await till.page.evaluate(() =>
        [document.body.textContent, ...[...document.querySelectorAll('input')].map(({ value }) => value)].join('\n'),
      );
      expect(everything).not.toMatch(/1345|3456|4567|5678|6789/);
    };

    beforeEach(() => till.terminal.showSales([aRow(42, 'paid'), aRow(41, 'declined')]));

    it('reach the terminal once, and nothing else', async () => {
      await askFor1250();
      await wedgeScan(till.page, CODE);
      await scannedOnce();
      expect(await amount()).toBe('￥12.50');
    });

    it.each([
      ['a story', 'aside li button', '[role="dialog"] time'],
      ['the settings', '[aria-label="Settings"]', '[role="dialog"] [role="slider"]'],
    ])('do so while %s lies over the till', async (_, opener, inside) => {
      await askFor1250();
      await till.page.locator(opener).first().click();
      await till.page.locator(inside).first().waitFor();
      await wedgeScan(till.page, CODE);
      await scannedOnce();
      expect(await till.page.locator('[role="dialog"]').count()).toBe(1);
    });

    it('do not press the button that the keyboard had walked to', async () => {
      await askFor1250();
      await till.page.locator('[data-action="Escape"]').focus();
      await wedgeScan(till.page, CODE);
      await scannedOnce();
    });

    it('belong together by their own times, however late a busy machine delivers them', async () => {
      await askFor1250();
      await wedgeScanDeliveredLate(till.page, CODE);
      await scannedOnce();
    });

    it('leave an amount that is being typed as it was', async () => {
      await type('1', '2', '.');
      await vi.waitFor(async () => expect(await amount()).toBe('￥12.'));
      await wedgeScan(till.page, CODE);
      await till.page.getByText('First key in the amount and press Charge').waitFor();
      await type('5');
      await vi.waitFor(async () => expect(await amount()).toBe('￥12.5'));
      await leftNoDigit();
      expect(till.terminal.scans).toHaveLength(1);
    });

    it('are taken out of a text field again, and what a person typed there stays', async () => {
      await askFor1250();
      await till.page.evaluate(() => {
        const field = document.createElement('input');
        document.body.append(field);
        field.focus();
      });
      await till.page.keyboard.type('ab1');
      const field = till.page.locator('body > input');
      await vi.waitFor(async () => expect(await field.inputValue()).toBe('ab1'));
      // A person's last key and a scanner's first are never as close as the two calls of a test.
      await till.page.waitForFunction(
        (from) => performance.now() - from > 60,
        await till.page.evaluate(() => performance.now()),
      );
      await wedgeScan(till.page, CODE);
      await scannedOnce();
      expect(await field.inputValue()).toBe('ab1');
    });
  });

  describe('while a payment is under way', () => {
    beforeEach(async () => {
      till.terminal.showPhase('working');
      await state('working');
    });

    it('cancel it only when pressed twice', async () => {
      await type('F4');
      await till.page.getByText('Press once more to cancel it').waitFor();
      expect(till.terminal.calls).toEqual([]);
      // A bounce is no second press, so this takes some of them.
      await vi.waitFor(
        async () => {
          await type('F4');
          expect(till.terminal.calls).toEqual(['cancel']);
        },
        { interval: 150, timeout: 3_000 },
      );
      await state('cancelling');
    });

    it('never cancel it by Esc, Enter or a digit', async () => {
      const armed = till.page.locator('[data-look="armed"]');
      await type('Escape', 'Escape', 'Enter', 'Enter', '5', 'F4');
      await armed.waitFor();
      await type('Escape');
      await armed.waitFor({ state: 'detached' });
      till.terminal.showPhase('paid');
      await state('paid');
      expect(till.terminal.calls).toEqual([]);
    });
  });

  describe('after a payment', () => {
    it('begin the next sale at once, with the first digit of its amount', async () => {
      till.terminal.showPhase('paid');
      await state('paid');
      await type('Enter');
      expect(await amount()).toBe('￥12.50');
      await type('7');
      await called('next');
      await state('keying');
      await vi.waitFor(async () => expect(await amount()).toBe('￥7'));
      await type('Enter');
      await called('ask 700');
    });

    it('offer the same amount again when it was declined', async () => {
      till.terminal.showPhase('declined');
      await state('declined');
      expect(await till.page.locator('[data-action="Enter"]').textContent()).toContain('Try again');
      await type('Enter');
      await called('retry');
    });

    it('leave a declined one by Esc', async () => {
      till.terminal.showPhase('declined');
      await state('declined');
      await type('Escape');
      await called('next');
      await state('keying');
      expect(await amount()).toBe('￥0.00');
    });

    it('leave one that is still being resolved, but never by a digit', async () => {
      till.terminal.show({ step: 'payment', amountFen: fen(1250), payment: aPayment('uncertain') });
      await state('uncertain');
      await type('5');
      await till.page.getByText('For the next customer press Esc').waitFor();
      await type('Escape');
      await called('next');
      expect(till.terminal.calls).toEqual(['next']);
    });
  });
});
