import { describe, expect, it } from 'vitest';
import { showForeign, showRate } from '../../src/core/foreign-money.ts';

describe('money of another currency', () => {
  it.each([
    ['HKD', 1_365, 'HKD 13.65'],
    ['USD', 5, 'USD 0.05'],
    ['JPY', 250, 'JPY 250'],
    ['KWD', 1_234, 'KWD 1.234'],
  ])('%s %d is read as %s', (currency, amountMinor, shown) => {
    expect(showForeign({ currency, amountMinor })).toBe(shown);
  });

  it.each([
    ['91520000', '0.9152'],
    ['100000000', '1'],
    ['723456789', '7.23456789'],
    ['1', '0.00000001'],
    ['', undefined],
    [undefined, undefined],
  ])('a rate of %s is read as %s', (rate, shown) => {
    expect(showRate({ rate })).toBe(shown);
  });
});
