import { describe, expect, it } from 'vitest';
import { leavingQuestion } from '../../src/main/electron-leaving-question.ts';

describe('before closing', () => {
  it('nothing is asked when everything is settled', () => {
    expect(leavingQuestion({ count: 0, amountFen: 0 }, 'zh')).toBeUndefined();
  });

  it('the exact amount at stake is named, in either language', () => {
    expect(leavingQuestion({ count: 2, amountFen: 999_999_999 }, 'zh')?.message).toBe(
      '有 2 笔付款还没有结果，共 ￥9,999,999.99',
    );
    expect(leavingQuestion({ count: 2, amountFen: 5 }, 'en')?.message).toBe('2 payments are not certain yet: ￥0.05');
    expect(leavingQuestion({ count: 1, amountFen: 1230 }, 'en')?.message).toBe('1 payment is not certain yet: ￥12.30');
  });

  it('the cashier hears that no money is lost, and not to hand over the goods', () => {
    expect(leavingQuestion({ count: 1, amountFen: 1 }, 'zh')?.detail).toMatch(/不会丢钱.*不要交货/);
    expect(leavingQuestion({ count: 1, amountFen: 1 }, 'en')?.detail).toMatch(/loses no money.*do not hand over/);
  });
});
