import { describe, expect, it } from 'vitest';
import type { TillView } from '../../../src/contract/types.ts';
import { fen } from '../../../src/core/money.ts';
import { amountOf } from '../../../src/renderer/sale/amount.ts';
import { afterNews, type Desk, EMPTY_DESK, saleState } from '../../../src/renderer/sale/desk.ts';
import { holdableFen, isFrontFree } from '../../../src/renderer/sale/holdable.ts';
import { aStaticSale } from '../fake-offline.ts';
import { aCashSale, aPayment } from '../fake-terminal.ts';

const KEYING: TillView = { step: 'amount', amountFen: fen(0) };
const SCAN: TillView = { step: 'scan', amountFen: fen(1250) };
const HELD = { saleId: 'sale-1', amountFen: fen(1250), heldAt: 7 };
const KEYED: Desk = { ...EMPTY_DESK, amount: amountOf(fen(750)) };

const paying = (phase: Parameters<typeof aPayment>[0]): TillView => ({
  step: 'payment',
  amountFen: fen(1250),
  payment: aPayment(phase),
});

describe('what could be put on hold now', () => {
  it.each<[string, Desk, TillView, number | undefined, boolean]>([
    ['nothing keyed', EMPTY_DESK, KEYING, undefined, true],
    ['an amount that is keyed', KEYED, KEYING, 750, false],
    ['an amount that waits for a scan', EMPTY_DESK, SCAN, 1250, false],
    ['a declined payment', EMPTY_DESK, paying('declined'), 1250, false],
    ['a cancelled payment', EMPTY_DESK, paying('cancelled'), 1250, false],
    ['one under way', EMPTY_DESK, paying('working'), undefined, false],
    ['one that is not certain', EMPTY_DESK, paying('uncertain'), undefined, false],
    ['one that was given up', EMPTY_DESK, paying('givenUp'), undefined, false],
    ['a paid one', EMPTY_DESK, paying('paid'), undefined, true],
    ['cash', EMPTY_DESK, aCashSale(fen(1250), fen(1250)), undefined, true],
    ['the static code', EMPTY_DESK, aStaticSale(), undefined, true],
    ['the static code, disproven', EMPTY_DESK, aStaticSale({ state: 'disproven' }), undefined, true],
  ])('%s', (_, desk, till, amountFen, isFree) => {
    const state = saleState(desk, till);
    expect(holdableFen(state, desk, till)).toBe(amountFen);
    expect(isFrontFree(state, desk, till)).toBe(isFree);
  });
});

describe('an amount on the desk', () => {
  const waiting = afterNews(EMPTY_DESK, KEYING, SCAN);

  it('is put away at every window when it was put on hold', () => {
    expect(afterNews(waiting, SCAN, { ...KEYING, held: [HELD] }).amount).toEqual(EMPTY_DESK.amount);
    expect(afterNews(KEYED, KEYING, { ...KEYING, held: [{ ...HELD, amountFen: fen(750) }] }).amount).toEqual(
      EMPTY_DESK.amount,
    );
  });

  it('stays when the cashier steps back from the scan, or another sale was put on hold', () => {
    expect(afterNews(waiting, SCAN, KEYING).amount).toEqual(waiting.amount);
    expect(afterNews(KEYED, KEYING, { ...KEYING, held: [HELD] }).amount).toEqual(KEYED.amount);
    expect(afterNews(waiting, { ...SCAN, held: [HELD] }, { ...KEYING, held: [HELD] }).amount).toEqual(waiting.amount);
  });

  it('goes back to the list with the sale that had been taken up again', () => {
    const before = { ...SCAN, resumed: true };
    expect(afterNews(waiting, before, { ...KEYING, held: [HELD] }).amount).toEqual(EMPTY_DESK.amount);
  });
});
