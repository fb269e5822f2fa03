import { describe, expect, it } from 'vitest';
import { fen, formatYuan, parseYuan, showYuan, sumFen } from '../../src/core/money.ts';

describe('an amount as a cashier types it', () => {
  it.each([
    ['12.30', 1230],
    ['12.3', 1230],
    ['12', 1200],
    ['12.', 1200],
    ['.5', 50],
    ['0.01', 1],
    ['0.29', 29],
    ['4.35', 435],
    ['1.15', 115],
    ['9999999.99', 999_999_999],
    [' 7 ', 700],
    ['007.10', 710],
  ])('%s is %i fen', (text, expected) => {
    expect(parseYuan(text)).toBe(expected);
  });

  it.each(['', '.', 'abc', '-1', '1,000', '1.234', '1e3', '0x10', '１２', '1 2', 'NaN', '9'.repeat(10)])(
    '%j is no amount',
    (text) => {
      expect(parseYuan(text)).toBeUndefined();
    },
  );
});

describe('money', () => {
  it.each([
    [0, '0.00', '￥0.00'],
    [1, '0.01', '￥0.01'],
    [1230, '12.30', '￥12.30'],
    [123_450, '1234.50', '￥1,234.50'],
    [999_999_999, '9999999.99', '￥9,999,999.99'],
    [-5, '-0.05', '-￥0.05'],
    [-123_456, '-1234.56', '-￥1,234.56'],
  ])('of %i fen is written %s and shown %s', (value, written, shown) => {
    expect([formatYuan(fen(value)), showYuan(fen(value))]).toEqual([written, shown]);
  });

  it.each([0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])('is never %d fen', (value) => {
    expect(() => fen(value)).toThrow(RangeError);
  });

  it('comes back from its own writing, for every amount up to ten yuan', () => {
    for (let value = 0; value <= 1000; value++) expect(parseYuan(formatYuan(fen(value)))).toBe(value);
  });

  it('adds up without a float', () => {
    expect(sumFen([fen(10), fen(20), fen(-5)])).toBe(25);
  });
});
