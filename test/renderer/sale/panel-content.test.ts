import { describe, expect, it } from 'vitest';
import type { TillView } from '../../../src/contract/types.ts';
import { fen } from '../../../src/core/money.ts';
import type { Phase } from '../../../src/core/payment-view.ts';
import { LANGUAGES } from '../../../src/renderer/i18n/messages.ts';
import { type AmountKey, keyAmount, NO_AMOUNT } from '../../../src/renderer/sale/amount.ts';
import { EMPTY_DESK } from '../../../src/renderer/sale/desk.ts';
import { panelContent } from '../../../src/renderer/sale/panel-content.ts';
import { aPayment } from '../fake-terminal.ts';

const till = (payment: ReturnType<typeof aPayment>): TillView => ({
  step: 'payment',
  amountFen: payment.amountFen,
  payment,
});
const texts = (phase: Phase, more = {}, language: 'zh-CN' | 'en' = 'en') =>
  panelContent(EMPTY_DESK, till(aPayment(phase, more)), language).lines.map(({ text }) => text);

describe('the panel while keying', () => {
  const keying: TillView = { step: 'amount', amountFen: fen(0) };
  const shown = (typed: string) => {
    const amount = ([...typed] as AmountKey[]).reduce(keyAmount, NO_AMOUNT);
    const { amount: text, detail } = panelContent({ ...EMPTY_DESK, amount }, keying, 'zh-CN');
    return [text, detail];
  };

  it.each([
    ['', '0.00', ''],
    ['1', '1', ''],
    ['12.', '12.', ''],
    ['12.5', '12.5', ''],
    ['1234567.89', '1,234,567.89', ''],
    ['12.5+', '12.50', '12.50'],
    ['12.5+3', '15.50', '12.50 + 3'],
  ])('shows "%s" as %s', (typed, amount, detail) => {
    expect(shown(typed)).toEqual([amount, detail]);
  });
});

describe('the panel after a payment', () => {
  it('gives a declined payment its three lines and the one next step', () => {
    const { lines, code } = panelContent(EMPTY_DESK, till(aPayment('declined')), 'zh-CN');
    expect(lines).toHaveLength(3);
    expect(lines.filter(({ strong }) => strong)).toHaveLength(1);
    expect(lines.at(-1)?.strong).toBe(true);
    expect(code).toBe('NOTENOUGH');
  });

  it('says what the customer paid when a coupon paid the rest', () => {
    expect(texts('paid', { paidFen: fen(1000), couponFen: fen(250) })[0]).toBe('Customer paid ￥10.00, coupon ￥2.50');
    expect(texts('paid').join()).not.toContain('coupon');
  });

  it('shows four digits of the transaction and no more', () => {
    expect(texts('paid').join()).toContain('1234');
    expect(texts('paid').join()).not.toContain('42000020');
  });
});

describe('the panel while a QR code is shown', () => {
  const native = { method: 'native' } as const;

  it('never says that money came in, nor that it did not, before it is certain', () => {
    for (const phase of ['working', 'offered', 'closing'] as const) {
      expect(texts(phase, native).join(' ')).not.toMatch(/\b(Paid|received\.|Declined)\b/);
    }
    expect(texts('closing', native)[0]).toContain('Hold the goods');
  });

  it('says why the code cannot be checked just now, and nothing of that while it can', () => {
    const trouble = texts('offered', { ...native, reason: { code: 'NO_REPLY' } });
    expect(trouble.join()).toContain('No answer came from WeChat Pay');
    expect(texts('offered', { ...native, reason: { code: 'AWAITING_SCAN' } })).toHaveLength(2);
  });

  it('says what the customer was charged in another currency', () => {
    const foreign = { currency: 'HKD', amountMinor: 1_344, rate: '91520000' };
    expect(texts('paid', { foreign }).join()).toContain('Charged as HKD 13.44 at 0.9152');
  });
});

describe('the panel while nothing is certain', () => {
  it.each(LANGUAGES)('begins with the goods, in %s', (language) => {
    for (const phase of ['uncertain', 'attention'] as const) {
      const [first] = panelContent(EMPTY_DESK, till(aPayment(phase)), language).lines;
      expect(first).toMatchObject({
        strong: true,
        text: expect.stringMatching(/先不要交货|Do not hand over the goods/),
      });
    }
  });

  it('warns of giving back a second time what a refund is already giving back', () => {
    expect(texts('attention', { refunding: true }).join()).toMatch(/A refund is asked for.*Do not give it back again/);
  });

  it('tells checking from taking back', () => {
    expect(texts('uncertain').join()).toContain('Asking WeChat Pay');
    expect(texts('uncertain', { cancellable: false }).join()).toContain('being taken back');
  });
});
