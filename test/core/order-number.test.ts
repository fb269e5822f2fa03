import { describe, expect, it } from 'vitest';
import { outTradeNo, saleNumber } from '../../src/core/order-number.ts';

describe('order numbers', () => {
  it('say store, terminal and sequence, and each attempt has its own', () => {
    const sale = saleNumber('0001', '01', 42);
    expect(sale).toBe('0001-01-000042');
    expect([outTradeNo(sale, 1, '2k7q'), outTradeNo(sale, 2, '2k7q')]).toEqual([
      '0001-01-000042-12k7q',
      '0001-01-000042-22k7q',
    ]);
  });

  it('fit the 32 characters that WeChat Pay takes, for the longest names and a hundred million sales', () => {
    const longest = outTradeNo(saleNumber('ABCDEF', 'WXYZ', 99_999_999), 999, 'zzzz');
    expect(longest).toMatch(/^[0-9A-Za-z_-]{8,32}$/);
  });

  it('are refused when they are not numbers', () => {
    expect(() => saleNumber('0001', '01', 0)).toThrow();
    expect(() => outTradeNo('0001-01-000042', 1, 'TOO-LONG')).toThrow();
  });
});
