import { describe, expect, it } from 'vitest';
import type { Fields } from '../../../src/main/gateway/wechat-v2/wire/sign.ts';
import { buildXml } from '../../../src/main/gateway/wechat-v2/wire/xml.ts';
import { type Counter, openCounter, readDelivery, someCode } from '../support/counter.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

function paidOrder(options = {}): Counter {
  const counter = openCounter(options);
  counter.pay('T0000001', someCode());
  return counter;
}

describe('a refund', () => {
  it('is accepted at once, names its numbers and amounts, and takes the money from the merchant', () => {
    const counter = paidOrder();
    const { transaction_id } = counter.query('T0000001') ?? {};
    expect(counter.refund('T0000001', 'R0000001', 300)).toMatchObject({
      result_code: 'SUCCESS',
      transaction_id,
      out_trade_no: 'T0000001',
      out_refund_no: 'R0000001',
      refund_id: '50300000002026010200000000001',
      refund_fee: '300',
      total_fee: '888',
      cash_refund_fee: '300',
      coupon_refund_fee: '0',
    });
    expect(counter.ledger.books()).toMatchObject({ paid: 1, chargedFen: 888, refundedFen: 300, netFen: 588 });
    expect(counter.query('T0000001')).toMatchObject({ trade_state: 'REFUND' });
  });

  it('by transaction_id alone works too', () => {
    const counter = openCounter();
    const { transaction_id = '' } = counter.pay('T0000001', someCode()) ?? {};
    const order = { transaction_id, out_refund_no: 'R1', total_fee: '888', refund_fee: '888' };
    expect(counter.ask('/secapi/pay/refund', order)).toMatchObject({ result_code: 'SUCCESS', refund_fee: '888' });
  });

  it('again, under the same number, gives nothing back a second time', () => {
    const counter = paidOrder();
    const first = counter.refund('T0000001', 'R1', 300);
    expect(counter.refund('T0000001', 'R1', 300)?.refund_id).toBe(first?.refund_id);
    expect(counter.ledger.books().refundedFen).toBe(300);
  });

  it.each<[what: string, changes: Fields]>([
    ['another refund', { refund_fee: '301' }],
    ['another total', { total_fee: '889' }],
    ['another order', { out_trade_no: 'T0000002' }],
  ])('under the same number for %s is REFUND_FEE_MISMATCH', (_, changes) => {
    const counter = paidOrder();
    counter.pay('T0000002', someCode());
    counter.refund('T0000001', 'R1', 300);
    expect(counter.refund('T0000001', 'R1', 300, changes)?.err_code).toBe('REFUND_FEE_MISMATCH');
    expect(counter.ledger.books().refundedFen).toBe(300);
  });

  it('in parts gives back up to what was paid and not a fen more', () => {
    const counter = paidOrder();
    counter.refund('T0000001', 'R1', 500);
    counter.pass(MINUTE_MS);
    expect(counter.refund('T0000001', 'R2', 389)?.err_code).toBe('ERROR');
    expect(counter.refund('T0000001', 'R3', 388)?.result_code).toBe('SUCCESS');
    expect(counter.refund('T0000001', 'R4', 1)?.err_code).toBe('ERROR');
    expect(counter.ledger.books()).toMatchObject({ refundedFen: 888, netFen: 0 });
  });

  it('brings a coupon back by shares that add up to the coupon', () => {
    const counter = openCounter();
    counter.pay('T0000001', '100001000000000001');
    const parts = [1, 443, 444].map((fen, nth) => counter.refund('T0000001', `R${nth}`, fen) ?? {});
    const cash = parts.map((part) => Number(part.cash_refund_fee));
    const coupon = parts.map((part) => Number(part.coupon_refund_fee));
    expect(cash.map((fen, nth) => fen + (coupon[nth] ?? 0))).toEqual([1, 443, 444]);
    expect(coupon.reduce((sum, fen) => sum + fen)).toBe(88);
  });
});

describe('a refund that is refused', () => {
  it.each<[what: string, changes: Fields, errCode: string]>([
    ['no refund number', { out_refund_no: '' }, 'PARAM_ERROR'],
    ['a refund number with a blank', { out_refund_no: 'R 1' }, 'PARAM_ERROR'],
    ['nothing to give back', { refund_fee: '0' }, 'PARAM_ERROR'],
    ['more than the order', { refund_fee: '889' }, 'PARAM_ERROR'],
    ['a reason of 81 characters', { refund_desc: '退'.repeat(81) }, 'PARAM_ERROR'],
    ['an unknown account', { refund_account: 'MINE' }, 'PARAM_ERROR'],
    ['another total', { total_fee: '900' }, 'PARAM_ERROR'],
    ['no order', { out_trade_no: '' }, 'PARAM_ERROR'],
    ['an order nobody knows', { out_trade_no: 'T9' }, 'ORDERNOTEXIST'],
  ])('for %s', (_, changes, errCode) => {
    const counter = paidOrder();
    expect(counter.refund('T0000001', 'R1', 300, changes)).toMatchObject({ result_code: 'FAIL', err_code: errCode });
    expect(counter.ledger.books().refundedFen).toBe(0);
  });

  it('while the customer is paying is ORDER_NOT_READY, and of an order that was not paid ORDERNOTEXIST', () => {
    const counter = openCounter();
    counter.pay('T0000001', '100002000000000001');
    counter.pay('T0000002', '100010000000000001');
    expect(counter.refund('T0000001', 'R1', 1)?.err_code).toBe('ORDER_NOT_READY');
    expect(counter.refund('T0000002', 'R2', 1)?.err_code).toBe('ORDERNOTEXIST');
  });

  it('after a reversal, whose money is back already', () => {
    const counter = paidOrder();
    counter.pass(15_000);
    counter.reverse('T0000001');
    expect(counter.refund('T0000001', 'R1', 1)?.err_code).toBe('ERROR');
    expect(counter.ledger.books()).toMatchObject({ returnedFen: 888, refundedFen: 0, netFen: 0 });
  });

  it('over a year after the payment', () => {
    const counter = paidOrder();
    counter.pass(365 * DAY_MS);
    expect(counter.refund('T0000001', 'R1', 1)?.result_code).toBe('SUCCESS');
    counter.pass(2 * DAY_MS);
    expect(counter.refund('T0000001', 'R2', 1)?.err_code).toBe('TRADE_OVERDUE');
  });

  it('when it would be the 51st of its order', () => {
    const counter = paidOrder();
    for (let nth = 1; nth <= 50; nth++) {
      expect(counter.refund('T0000001', `R${nth}`, 1)?.result_code).toBe('SUCCESS');
      counter.pass(MINUTE_MS);
    }
    expect(counter.refund('T0000001', 'R51', 1)?.err_code).toBe('ERROR');
    expect(counter.ledger.books().refundedFen).toBe(50);
  });

  it('without a certificate, before anything is looked at', () => {
    const { service } = paidOrder();
    const body = Buffer.from(buildXml({ out_refund_no: 'R1' }));
    const delivery = service.handle({ method: 'POST', path: '/secapi/pay/refund', body, certified: false });
    expect(delivery).toMatchObject({ code: 'CERT_ERROR' });
    expect(readDelivery(delivery)?.return_code).toBe('FAIL');
  });
});

describe('a refunded order', () => {
  it('cannot be reversed as well', () => {
    const counter = paidOrder();
    counter.pass(15_000);
    counter.refund('T0000001', 'R1', 1);
    expect(counter.reverse('T0000001')).toMatchObject({ err_code: 'TRADE_ERROR', recall: 'N' });
    expect(counter.ledger.books()).toMatchObject({ returnedFen: 0, refundedFen: 1, netFen: 887 });
  });

  it('is ORDERPAID for whoever pays it again', () => {
    const counter = openCounter();
    const code = someCode();
    counter.pay('T0000001', code);
    counter.refund('T0000001', 'R1', 888);
    expect(counter.pay('T0000001', code)?.err_code).toBe('ORDERPAID');
    expect(counter.ledger.books().chargedFen).toBe(888);
  });

  it('notes two refunds within a minute, and makes them all the same', () => {
    const counter = paidOrder();
    counter.refund('T0000001', 'R1', 1);
    counter.pass(56_000);
    expect(counter.refund('T0000001', 'R2', 1)?.result_code).toBe('SUCCESS');
    expect(counter.service.violations()).toMatchObject([{ kind: 'EARLY_REFUND', outTradeNo: 'T0000001' }]);
    counter.pass(57_000);
    counter.refund('T0000001', 'R3', 1);
    expect(counter.service.violations()).toHaveLength(1);
  });
});
