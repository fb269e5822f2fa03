import { describe, expect, it } from 'vitest';
import { CHANGE_MAX_FEN, changeFen, refuseTender } from '../../src/core/cash.ts';
import { fen, SALE_MAX_FEN } from '../../src/core/money.ts';

const AMOUNT = fen(1_230);

describe('what is handed over', () => {
  it.each([
    ['a fen short', fen(1_229), 'CASH_TOO_LITTLE'],
    ['exact', AMOUNT, undefined],
    ['a large note', fen(10_000), undefined],
    ['as much change as can be meant', fen(AMOUNT + CHANGE_MAX_FEN), undefined],
    ['a fen more than that', fen(AMOUNT + CHANGE_MAX_FEN + 1), 'CASH_TOO_MUCH'],
  ])('is judged when it is %s', (_, tenderedFen, refusal) => {
    expect(refuseTender(AMOUNT, tenderedFen)).toBe(refusal);
  });

  it('is never more than the largest sum that a till holds', () => {
    expect(refuseTender(SALE_MAX_FEN, fen(SALE_MAX_FEN + 1))).toBe('CASH_TOO_MUCH');
  });

  it('less the amount goes back', () => {
    expect(changeFen(AMOUNT, fen(10_000))).toBe(8_770);
  });
});
