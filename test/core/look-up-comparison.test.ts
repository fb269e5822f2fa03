import { describe, expect, it } from 'vitest';
import { type BooksSide, compareSides } from '../../src/core/look-up-comparison.ts';
import { fen } from '../../src/core/money.ts';
import type { OrderLookUp, OrderState } from '../../src/core/order-look-up.ts';
import { aSettlement } from '../fixtures/ledger.ts';

const SETTLEMENT = aSettlement();
const { transactionId, totalFen: amountFen } = SETTLEMENT;
const PAID: BooksSide = { money: 'paid', amountFen, transactionId, refundedFen: fen(0) };
const NONE: BooksSide = { money: 'none', amountFen, refundedFen: fen(0) };

function found(state: OrderState, changes: object = {}): OrderLookUp {
  const order = {
    state,
    gatewayState: '',
    gatewayText: '',
    outTradeNo: 'o',
    tradeType: '',
    deviceInfo: '',
    attach: '',
  };
  const money = state === 'PAID' || state === 'REFUNDED' ? { settlement: SETTLEMENT, transactionId } : {};
  return { verdict: 'FOUND', order: { ...order, ...money, ...changes } };
}

describe('our books beside the gateway’s word', () => {
  it.each<[string, BooksSide | undefined, OrderLookUp, string]>([
    ['paid, and paid', PAID, found('PAID'), 'same'],
    ['paid, and of another amount', { ...PAID, amountFen: fen(1) }, found('PAID'), 'differs'],
    ['paid, by another transaction', { ...PAID, transactionId: 'other' }, found('PAID'), 'differs'],
    ['paid, and closed', PAID, found('CLOSED'), 'differs'],
    ['paid, and unheard of', PAID, { verdict: 'NOT_FOUND' }, 'differs'],
    ['paid, and refunded by somebody else', PAID, found('REFUNDED'), 'differs'],
    ['refunded, and refunded', { ...PAID, refundedFen: fen(1) }, found('REFUNDED'), 'same'],
    ['refunded, and nothing gone back', { ...PAID, refundedFen: fen(1) }, found('PAID'), 'differs'],
    ['not paid, and closed', NONE, found('CLOSED'), 'same'],
    ['not paid, and unheard of', NONE, { verdict: 'NOT_FOUND' }, 'same'],
    ['not paid, and paid', NONE, found('PAID'), 'differs'],
    ['not paid, and in a state that nobody has documented', NONE, found('UNKNOWN'), 'differs'],
    ['taken back by a refund', { ...NONE, refundedFen: amountFen }, found('REFUNDED'), 'same'],
    ['not certain yet', { ...NONE, money: 'open' }, found('PAID'), 'open'],
    ['given up by a manager', { ...NONE, money: 'givenUp' }, found('CLOSED'), 'differs'],
    ['not ours', undefined, found('PAID'), 'foreign'],
    ['nobody’s', undefined, { verdict: 'NOT_FOUND' }, 'nowhere'],
    ['paid, with nobody to ask', PAID, { verdict: 'UNKNOWN', reason: { code: 'NO_REPLY' } }, 'unknown'],
  ])('%s', (_, books, answer, agreement) => {
    expect(compareSides(books, answer)).toBe(agreement);
  });
});
