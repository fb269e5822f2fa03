import { describe, expect, it } from 'vitest';
import { EPOCH_MAX, outTradeNo, saleNumber } from '../../src/core/order-number.ts';

const TILL = { storeId: '0001', terminalId: '01', epoch: 1 };

describe('order numbers', () => {
  it('say store, terminal and sequence, and each attempt has its own', () => {
    const sale = saleNumber(TILL, 42);
    expect(sale).toBe('0001-01-000042');
    expect([outTradeNo(sale, 1, '2k7q'), outTradeNo(sale, 2, '2k7q')]).toEqual([
      '0001-01-000042-12k7q',
      '0001-01-000042-22k7q',
    ]);
  });

  it('fit the 32 characters that WeChat Pay takes, for the longest names, a hundred million sales and the last epoch', () => {
    const longest = outTradeNo(
      saleNumber({ storeId: 'ABCDEF', terminalId: 'WXYZ', epoch: EPOCH_MAX }, 99_999_999),
      999,
      'zzzzzz',
    );
    expect(longest).toMatch(/^[0-9A-Za-z_-]{8,32}$/);
  });

  it('carry letters after a restore, so that none is given twice', () => {
    const at = (epoch: number) => saleNumber({ ...TILL, epoch }, 42);
    expect([1, 2, 3, 25, 26, 27, 50].map(at)).toEqual([
      '0001-01-000042',
      '0001-01-A000042',
      '0001-01-B000042',
      '0001-01-Z000042',
      '0001-01-AA000042',
      '0001-01-AB000042',
      '0001-01-BA000042',
    ]);
    const all = Array.from({ length: EPOCH_MAX }, (_, index) => at(index + 1));
    expect(new Set(all).size).toBe(EPOCH_MAX);
    expect(all.at(-1)).toBe('0001-01-ZZ000042');
    expect(() => at(EPOCH_MAX + 1)).toThrow();
  });

  it('are refused when they are not numbers', () => {
    expect(() => saleNumber(TILL, 0)).toThrow();
    expect(() => outTradeNo('0001-01-000042', 1, 'TOO-LONG')).toThrow();
  });
});
