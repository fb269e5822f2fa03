import { describe, expect, it } from 'vitest';
import { fen } from '../../../src/core/money.ts';
import {
  type Amount,
  type AmountKey,
  amountOf,
  keyAmount,
  NO_AMOUNT,
  stepBack,
  totalFen,
} from '../../../src/renderer/sale/amount.ts';

const keyed = (keys: readonly AmountKey[], from: Amount = NO_AMOUNT): Amount => keys.reduce(keyAmount, from);
const typed = (text: string, from?: Amount): Amount => keyed([...text] as AmountKey[], from);

describe('keying an amount', () => {
  it.each([
    ['12.5', 1250],
    ['12.50', 1250],
    ['.5', 50],
    ['0.05', 5],
    ['7', 700],
    ['007', 700],
    ['9999999.99', 999_999_999],
  ])('reads %s as %i fen', (text, expected) => {
    expect(totalFen(typed(text))).toBe(expected);
  });

  it('shows what was typed, not what it would be rounded to', () => {
    expect([typed('12.').text, typed('12.5').text, typed('.').text, typed('00').text]).toEqual([
      '12.',
      '12.5',
      '0.',
      '0',
    ]);
  });

  it('ignores what no amount can have: a third decimal, a second point, a cent beyond the most', () => {
    expect(typed('1.234').text).toBe('1.23');
    expect(typed('1.2.3').text).toBe('1.23');
    expect(typed('99999999').text).toBe('9999999');
    expect(totalFen(typed('9999999.99+1'))).toBe(999_999_999);
  });

  it('takes 00 as two noughts at once, and never half of them', () => {
    expect(keyed(['5', '00']).text).toBe('500');
    expect(keyed(['1', '.', '5', '00']).text).toBe('1.5');
  });
});

describe('several lines', () => {
  it('add up', () => {
    expect(totalFen(typed('12.5+3+0.05'))).toBe(1555);
  });

  it('do not begin with an empty one', () => {
    expect(typed('+++5++').lines).toEqual([500]);
  });

  it('are unmade one after another, the latest first', () => {
    const two = typed('12.5+3');
    expect(totalFen(stepBack(two))).toBe(1250);
    expect(totalFen(stepBack(stepBack(two)))).toBe(0);
    expect(stepBack(NO_AMOUNT)).toEqual(NO_AMOUNT);
  });

  it('come back under the fingers when there is nothing else to erase', () => {
    expect(keyed(['Backspace'], typed('12.5+')).text).toBe('12.50');
    expect(keyed(['Backspace', 'Backspace'], typed('12.5+')).text).toBe('12.5');
    expect(keyed(['Backspace'])).toEqual(NO_AMOUNT);
  });
});

describe('an amount that has been asked for', () => {
  const asked = amountOf(fen(1250));

  it('starts anew with the next digit', () => {
    expect(typed('8', asked)).toEqual({ lines: [], text: '8', asked: false });
  });

  it('can still be corrected or added to', () => {
    expect(keyed(['Backspace'], asked).text).toBe('12.5');
    expect(totalFen(typed('+1', asked))).toBe(1350);
  });

  it('is nothing when it was nothing', () => {
    expect(amountOf(fen(0))).toEqual(NO_AMOUNT);
  });
});
