import { describe, expect, it } from 'vitest';
import { sign } from '../../../src/main/gateway/wechat-v2/wire/sign.ts';
import { SAMPLE_CODE } from '../../../src/simulator/behaviour/codes.ts';
import { SAMPLE_MERCHANT } from '../../../src/simulator/options.ts';
import { isSigned, openCounter, PAY_FIELDS, readDelivery, someCode } from '../support/counter.ts';

const { appId, mchId, apiKey } = SAMPLE_MERCHANT;

describe('a customer who pays', () => {
  it('is charged once, and the answer says all that a receipt needs', () => {
    const counter = openCounter();
    const answer = counter.pay('T0000001', someCode(), { device_info: 'POS-01', attach: 'shift=3' });
    expect(answer).toMatchObject({
      return_code: 'SUCCESS',
      result_code: 'SUCCESS',
      trade_type: 'MICROPAY',
      total_fee: '888',
      cash_fee: '888',
      out_trade_no: 'T0000001',
      device_info: 'POS-01',
      attach: 'shift=3',
      time_end: '20260102100000',
      transaction_id: '4200000000202601020000000001',
    });
    expect(counter.ledger.books()).toEqual({
      orders: 1,
      paid: 1,
      reversed: 0,
      chargedFen: 888,
      returnedFen: 0,
      paidOutFen: 0,
      payoutFeesFen: 0,
      refundedFen: 0,
      netFen: 888,
    });
  });

  it('gets an empty attach back as an empty element, which the signature leaves out', () => {
    const counter = openCounter();
    const fields = { ...PAY_FIELDS, appid: appId, mch_id: mchId, nonce_str: 'n', out_trade_no: 'T0000001' };
    const whole = { ...fields, auth_code: someCode() };
    const elements = Object.entries({ ...whole, sign: sign(whole, apiKey, 'MD5') });
    const body = Buffer.from(
      `<xml>${elements.map(([name, value]) => `<${name}>${value}</${name}>`).join('')}<attach></attach></xml>`,
    );
    const delivery = counter.service.handle({ method: 'POST', path: '/pay/micropay', body, certified: false });
    expect(delivery).toMatchObject({ body: expect.stringContaining('<attach><![CDATA[]]></attach>') });
    expect(isSigned(readDelivery(delivery) ?? {}, 'MD5')).toBe(true);
  });

  it('with a coupon pays the rest in cash, and the coupon comes with numbered tags', () => {
    const answer = openCounter().pay('T0000001', '100001000000000001', { total_fee: '1000' }) ?? {};
    expect(answer).toMatchObject({
      total_fee: '1000',
      cash_fee: '900',
      coupon_fee: '100',
      coupon_count: '1',
      coupon_type_0: 'CASH',
      coupon_fee_0: '100',
    });
    expect(answer.coupon_id_0).toMatch(/^\d{10}$/);
    expect(isSigned(answer)).toBe(true);
  });

  it('whose coupon covers it all pays 0 in cash, and the 0 is signed', () => {
    const answer = openCounter().pay('T0000001', '100001000000000001', { total_fee: '1' }) ?? {};
    expect(answer).toMatchObject({ total_fee: '1', cash_fee: '0', coupon_fee: '1' });
    expect(isSigned(answer)).toBe(true);
    const { cash_fee: _zero, ...without } = answer;
    expect(isSigned(without)).toBe(false);
  });
});

describe('the same pay call again', () => {
  it('is answered the same and charges nothing more', () => {
    const counter = openCounter();
    const code = someCode();
    const first = counter.pay('T0000001', code);
    counter.pass(5_000);
    const second = counter.pay('T0000001', code);
    expect({ ...second, nonce_str: '', sign: '' }).toEqual({ ...first, nonce_str: '', sign: '' });
    expect(counter.ledger.books()).toMatchObject({ orders: 1, chargedFen: 888 });
    expect(counter.service.violations()).toEqual([]);
  });

  it('says USERPAYING while the password box is open, and SUCCESS when the password was typed', () => {
    const counter = openCounter({ delays: { passwordMs: 6_000 } });
    const code = '100002000000000001';
    expect(counter.pay('T0000001', code)?.err_code).toBe('USERPAYING');
    counter.pass(5_999);
    expect(counter.pay('T0000001', code)?.err_code).toBe('USERPAYING');
    counter.pass(1);
    expect(counter.pay('T0000001', code)).toMatchObject({ result_code: 'SUCCESS', time_end: '20260102100006' });
  });

  it('says why nothing was charged, as before', () => {
    const counter = openCounter();
    expect(counter.pay('T0000001', '100010000000000001')?.err_code).toBe('NOTENOUGH');
    expect(counter.pay('T0000001', '100010000000000001')?.err_code).toBe('NOTENOUGH');
  });

  it('says ORDERREVERSED after a reversal', () => {
    const counter = openCounter();
    const code = someCode();
    counter.pay('T0000001', code);
    counter.pass(15_000);
    counter.reverse('T0000001');
    expect(counter.pay('T0000001', code)?.err_code).toBe('ORDERREVERSED');
    expect(counter.ledger.books()).toMatchObject({ chargedFen: 888, returnedFen: 888 });
  });

  it('gets through where the first one was lost on its way', () => {
    const counter = openCounter();
    const code = '100031000000000001';
    expect(counter.pay('T0000001', code)).toBeUndefined();
    expect(counter.pay('T0000001', code)?.result_code).toBe('SUCCESS');
  });
});

describe('a number that is used again', () => {
  it('with a fresh code replays the old failure: no password box, no charge', () => {
    const counter = openCounter();
    counter.pay('T0000001', '100010000000000001');
    expect(counter.pay('T0000001', someCode())?.err_code).toBe('NOTENOUGH');
    expect(counter.ledger.books().chargedFen).toBe(0);
  });

  it('with a fresh code while the first customer still types is BUYER_MISMATCH', () => {
    const counter = openCounter();
    counter.pay('T0000001', '100002000000000001');
    expect(counter.pay('T0000001', someCode())?.err_code).toBe('BUYER_MISMATCH');
  });

  it('with a fresh code after it was paid is ORDERPAID', () => {
    const counter = openCounter();
    counter.pay('T0000001', someCode());
    expect(counter.pay('T0000001', someCode())?.err_code).toBe('ORDERPAID');
    expect(counter.ledger.books()).toMatchObject({ orders: 1, chargedFen: 888 });
  });

  it('for another amount is OUT_TRADE_NO_USED, and noted against the till', () => {
    const counter = openCounter();
    const code = someCode();
    counter.pay('T0000001', code);
    expect(counter.pay('T0000001', code, { total_fee: '889' })?.err_code).toBe('OUT_TRADE_NO_USED');
    expect(counter.service.violations()).toMatchObject([{ kind: 'NUMBER_REUSED', outTradeNo: 'T0000001' }]);
  });
});

describe('a code that is shown again', () => {
  it('is AUTH_CODE_INVALID once it was spent, and noted against the till', () => {
    const counter = openCounter();
    const code = someCode();
    counter.pay('T0000001', code);
    expect(counter.pay('T0000002', code)?.err_code).toBe('AUTH_CODE_INVALID');
    expect(counter.ledger.books()).toMatchObject({ orders: 1, chargedFen: 888 });
    expect(counter.service.violations()).toMatchObject([{ kind: 'CODE_REUSED', outTradeNo: 'T0000002' }]);
  });

  it('is AUTH_CODE_ERROR while its first order is still open', () => {
    const counter = openCounter();
    counter.pay('T0000001', '100002000000000001');
    expect(counter.pay('T0000002', '100002000000000001')?.err_code).toBe('AUTH_CODE_ERROR');
  });

  it('pays every time when it is the sample code', () => {
    const counter = openCounter();
    for (const number of ['T0000001', 'T0000002', 'T0000003']) {
      expect(counter.pay(number, SAMPLE_CODE)?.result_code).toBe('SUCCESS');
    }
    expect(SAMPLE_CODE).toBe('134567890123456789');
  });
});
