import { describe, expect, it } from 'vitest';
import { isSigned, openCounter, someCode } from '../support/counter.ts';

describe('a query', () => {
  it('of a paid order says what the pay call said, coupons included', () => {
    const counter = openCounter();
    const paid = counter.pay('T0000001', '100001000000000001', { total_fee: '1000', attach: 'a' }) ?? {};
    const queried = counter.query('T0000001') ?? {};
    const { nonce_str: _n, sign: _s, ...said } = paid;
    expect(queried).toMatchObject({ ...said, trade_state: 'SUCCESS' });
    expect(isSigned(queried)).toBe(true);
  });

  it('finds an order by its transaction_id, which wins over a number', () => {
    const counter = openCounter();
    const { transaction_id = '' } = counter.pay('T0000001', someCode()) ?? {};
    counter.pay('T0000002', someCode());
    const answer = counter.ask('/pay/orderquery', { transaction_id, out_trade_no: 'T0000002' });
    expect(answer?.out_trade_no).toBe('T0000001');
  });

  it('of an order nobody knows is ORDERNOTEXIST', () => {
    expect(openCounter().query('T0000001')).toMatchObject({ result_code: 'FAIL', err_code: 'ORDERNOTEXIST' });
  });

  it('without any number is LACK_PARAMS', () => {
    expect(openCounter().ask('/pay/orderquery', {})?.err_code).toBe('LACK_PARAMS');
  });

  it.each([
    ['100002000000000001', 0, 'USERPAYING'],
    ['100002000000000001', 6_000, 'SUCCESS'],
    ['100003000000000001', 6_000, 'NOTPAY'],
    ['100016000000000001', 6_000, 'PAYERROR'],
    ['100004000000000001', 40_000, 'USERPAYING'],
    ['100010000000000001', 0, 'NOTPAY'],
  ])('of code %s after %i ms says %s', (code, ms, state) => {
    const counter = openCounter();
    counter.pay('T0000001', code);
    counter.pass(ms);
    expect(counter.query('T0000001')?.trade_state).toBe(state);
  });

  it.each(['100003000000000001', '100016000000000001', '100002000000000001'])(
    'mentions no money while nothing was paid (%s)',
    (code) => {
      const counter = openCounter();
      counter.pay('T0000001', code);
      expect(counter.query('T0000001')).not.toHaveProperty('total_fee');
      expect(counter.query('T0000001')).not.toHaveProperty('transaction_id');
    },
  );
});
