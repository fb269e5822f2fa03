import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fen } from '../../../src/core/money.ts';
import type { OrderLookUp } from '../../../src/core/order-look-up.ts';
import type { OrderRef } from '../../../src/main/gateway/gateway.ts';
import type { Ledger } from '../../../src/main/ledger/open-ledger.ts';
import { createOrderLookUps } from '../../../src/main/sales/order-look-ups.ts';
import { aLedger, aSettlement, aSubmittedPayment, paid, temporaryFolder } from '../../fixtures/ledger.ts';

const ORDER_NO = '0001-01-000001-1test';
const { transactionId } = aSettlement();
const NOT_FOUND: OrderLookUp = { verdict: 'NOT_FOUND' };

let folder: ReturnType<typeof temporaryFolder>;
let ledger: Ledger;
let asked: OrderRef[];
let hurried: string[];

beforeEach(() => {
  folder = temporaryFolder();
  ledger = aLedger(folder.path);
  asked = [];
  hurried = [];
});
afterEach(() => {
  ledger.close();
  folder.remove();
});

function lookUp(number: string, answer: OrderLookUp = NOT_FOUND, gatewayName = 'simulator') {
  const gateway = {
    async lookUp(ref: OrderRef) {
      asked.push(ref);
      return answer;
    },
  };
  const onOpenOrder = (paymentId: string): unknown => hurried.push(paymentId);
  return createOrderLookUps({ ledger, gateway, gatewayName, onOpenOrder }).order(number);
}

function foundPaid(settlement = aSettlement()): OrderLookUp {
  const order = { gatewayState: 'SUCCESS', gatewayText: '', tradeType: 'MICROPAY', deviceInfo: '0001-01', attach: '' };
  return { verdict: 'FOUND', order: { ...order, state: 'PAID', outTradeNo: ORDER_NO, transactionId, settlement } };
}

describe('the look-up of an order', () => {
  it.each([ORDER_NO, '0001-01-000001', '1'])('asks by the order’s own number, found by %s', async (number) => {
    ledger.append(...aSubmittedPayment(), paid());
    expect(await lookUp(number, foundPaid())).toMatchObject({
      agreement: 'same',
      books: { saleNumber: '0001-01-000001', phase: 'paid', amountFen: 1_230, transactionId },
      gateway: { verdict: 'FOUND', state: 'PAID', totalFen: 1_230, deviceInfo: '0001-01' },
    });
    expect(asked).toEqual([{ outTradeNo: ORDER_NO }]);
  });

  it('asks by the transaction’s number as the phone shows it, in groups', async () => {
    ledger.append(...aSubmittedPayment(), paid());
    const grouped = transactionId.replace(/(\d{4})(?=\d)/g, '$1 ');
    expect(await lookUp(grouped, foundPaid())).toMatchObject({ agreement: 'same', books: { outTradeNo: ORDER_NO } });
    expect(asked).toEqual([{ transactionId }]);
  });

  it('finds our payment by the order that the answer names, and has it asked for by its own loop', async () => {
    ledger.append(...aSubmittedPayment());
    expect(await lookUp(transactionId, foundPaid())).toMatchObject({ agreement: 'open', books: { phase: 'working' } });
    expect(hurried).toEqual(['payment-1']);
    // A look-up is a person's; only the payment's own query settles it.
    expect(ledger.payment('payment-1')?.state).toBe('submitted');
  });

  it('tells coupons, what is settled, and money of another currency', async () => {
    ledger.append(...aSubmittedPayment());
    const settlement = aSettlement({
      cashFen: fen(1_000),
      couponFen: fen(230),
      settledFen: fen(1_100),
      foreignCash: { currency: 'HKD', amountMinor: 1_092, rate: '91520000' },
    });
    expect(await lookUp(ORDER_NO, foundPaid(settlement))).toMatchObject({
      gateway: {
        settlement: {
          paidFen: 1_000,
          couponFen: 230,
          settledFen: 1_100,
          foreign: { currency: 'HKD', amountMinor: 1_092, rate: '91520000' },
        },
      },
    });
  });

  it('does not ask anybody about another merchant’s payment', async () => {
    ledger.append(...aSubmittedPayment(), paid());
    const view = await lookUp(ORDER_NO, foundPaid(), 'wechat-v2:1900000109');
    expect(view).toMatchObject({ agreement: 'unknown', gateway: { verdict: 'OTHER_GATEWAY' } });
    expect(asked).toEqual([]);
  });

  it('knows what could be no order’s number', async () => {
    expect(await lookUp('42')).toBeUndefined();
    expect(await lookUp('谢谢惠顾')).toBeUndefined();
    expect(await lookUp('134567890123456789')).toBeUndefined();
    expect(asked).toEqual([]);
    expect(await lookUp('another-till-000001-1abcd')).toMatchObject({ agreement: 'nowhere' });
  });
});
