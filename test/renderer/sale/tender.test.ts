import { describe, expect, it } from 'vitest';
import type { TillView } from '../../../src/contract/types.ts';
import { fen } from '../../../src/core/money.ts';
import { actionsFor } from '../../../src/renderer/sale/actions.ts';
import {
  afterFailure,
  afterNews,
  type Desk,
  EMPTY_DESK,
  type Order,
  pressKey,
  saleState,
} from '../../../src/renderer/sale/desk.ts';
import type { DeskKey } from '../../../src/renderer/sale/desk-keys.ts';
import { panelContent } from '../../../src/renderer/sale/panel-content.ts';
import { aCashSale, aPayment } from '../fake-terminal.ts';

const SCAN: TillView = { step: 'scan', amountFen: fen(1_230) };
const DECLINED: TillView = { step: 'payment', amountFen: fen(1_250), payment: aPayment('declined') };

function press(keys: readonly DeskKey[], till = SCAN, from: Desk = EMPTY_DESK): { desk: Desk; orders: Order[] } {
  const orders: Order[] = [];
  const desk = keys.reduce((before, key) => {
    const move = pressKey(before, till, key, 0);
    if (move.order) orders.push(move.order);
    return move.desk;
  }, from);
  return { desk, orders };
}

describe('while an amount waits', () => {
  it('F2 takes cash, and Enter alone says that it is exact', () => {
    expect(press(['Cash', 'Enter']).orders).toEqual([{ type: 'cash', amountFen: 1_230, tenderedFen: 1_230 }]);
  });

  it('the digits say what is handed over, and the screen what goes back', () => {
    const { desk, orders } = press(['Cash', '5', '0', 'Enter']);
    expect(orders).toEqual([{ type: 'cash', amountFen: 1_230, tenderedFen: 5_000 }]);
    expect(panelContent(desk, SCAN, 'en').lines).toContainEqual({ text: 'Change ￥37.70', strong: true });
  });

  it('a note is one press', () => {
    expect(press(['Cash', 'Note100', 'Enter']).orders).toMatchObject([{ tenderedFen: 10_000 }]);
    expect(press(['Cash', 'Note100', 'Exact', 'Enter']).orders).toMatchObject([{ tenderedFen: 1_230 }]);
  });

  it.each([
    ['too little', ['Cash', '5', 'Enter'], 'CASH_TOO_LITTLE'],
    ['a slip of the fingers', ['Cash', '5', '0', '00', 'Enter'], 'CASH_TOO_MUCH'],
  ] as const)('%s is not sent, and said', (_, keys, hint) => {
    const { desk, orders } = press(keys);
    expect([orders, desk.hint]).toEqual([[], hint]);
  });

  it('Esc takes back what is keyed, then leads back to the scan', () => {
    expect(saleState(press(['Cash', '5', 'Escape']).desk, SCAN)).toBe('tender');
    expect(saleState(press(['Cash', '5', 'Escape', 'Escape']).desk, SCAN)).toBe('scan');
  });

  it('a customer who pays by phone after all ends the taking of cash', () => {
    const working: TillView = { step: 'payment', amountFen: fen(1_230), payment: aPayment('working') };
    expect(saleState(afterNews(press(['Cash']).desk, SCAN, working), working)).toBe('working');
  });
});

describe('after a payment that did not succeed', () => {
  it('F2 goes back to its amount and takes cash for it, without losing a key on the way', () => {
    const { desk, orders } = press(['Cash', '5', '0', 'Enter'], DECLINED);
    expect(orders).toEqual([{ type: 'retry' }, { type: 'cash', amountFen: 1_250, tenderedFen: 5_000 }]);
    expect(saleState(desk, DECLINED)).toBe('tender');
    expect(saleState(afterFailure(desk), DECLINED)).toBe('declined');
  });

  it('offers cash, and none while the payment is not certain', () => {
    expect(actionsFor(EMPTY_DESK, DECLINED).cash?.key).toBe('Cash');
    const uncertain: TillView = { ...DECLINED, payment: aPayment('uncertain') };
    expect(actionsFor(EMPTY_DESK, uncertain).cash).toBeUndefined();
    expect(press(['Cash'], uncertain).desk.hint).toBe('WAIT_OR_CANCEL');
  });
});

describe('a sale paid in cash', () => {
  const till = aCashSale(fen(1_230), fen(5_000));

  it('is as paid as any other, and says what goes back', () => {
    const content = panelContent(EMPTY_DESK, till, 'zh-CN');
    expect(content).toMatchObject({ state: 'paid', tone: 'paid', word: '收款成功', paidSaleId: 'sale-42' });
    expect(content.lines[0]).toEqual({ text: '找零 ￥37.70', strong: true });
  });

  it('is left by the next digit, and not by a second Enter', () => {
    expect(press(['Enter'], till).orders).toEqual([]);
    const { desk, orders } = press(['8'], till);
    expect(orders).toEqual([{ type: 'next' }]);
    expect(saleState(desk, till)).toBe('keying');
  });
});
