import { describe, expect, it } from 'vitest';
import { openCounter, PAY_FIELDS, someCode } from './support/counter.ts';

describe('a pay call', () => {
  it.each(['body', 'out_trade_no', 'total_fee', 'spbill_create_ip', 'auth_code'])(
    'without %s is LACK_PARAMS',
    (name) => {
      const fields = { ...PAY_FIELDS, out_trade_no: 'T0000001', auth_code: someCode(), [name]: '' };
      expect(openCounter().ask('/pay/micropay', fields)).toMatchObject({
        return_code: 'SUCCESS',
        result_code: 'FAIL',
        err_code: 'LACK_PARAMS',
      });
    },
  );

  it.each([
    ['total_fee', '0'],
    ['total_fee', '-1'],
    ['total_fee', '1.00'],
    ['total_fee', '0888'],
    ['total_fee', '1000000000'],
    ['out_trade_no', 'T 1'],
    ['out_trade_no', 'T'.repeat(33)],
    ['body', '字'.repeat(43)],
    ['attach', 'a'.repeat(128)],
    ['device_info', 'd'.repeat(33)],
    ['fee_type', 'USD'],
    ['spbill_create_ip', 'localhost'],
    ['time_expire', '2026-01-02'],
  ])('with %s = %j is PARAM_ERROR, and no order', (name, value) => {
    const counter = openCounter();
    expect(counter.pay('T0000001', someCode(), { [name]: value })?.err_code).toBe('PARAM_ERROR');
    expect(counter.ledger.orders()).toEqual([]);
  });

  it.each([
    ['body', '字'.repeat(42)],
    ['attach', 'a'.repeat(127)],
    ['spbill_create_ip', '2001:db8::1'],
    ['total_fee', '999999999'],
    ['a_field_of_tomorrow', 'x'],
  ])('with %s = %j is fine', (name, value) => {
    expect(openCounter().pay('T0000001', someCode(), { [name]: value })?.result_code).toBe('SUCCESS');
  });

  it.each([
    ['an Alipay code', '281234567890123456'],
    ['seventeen digits', '13456789012345678'],
    ['nineteen digits', '1345678901234567890'],
    ['a prefix beyond 15', '160000000000000000'],
    ['letters', '13456789012345678x'],
  ])('with %s is AUTH_CODE_INVALID, and no order', (_what, code) => {
    const counter = openCounter();
    expect(counter.pay('T0000001', code)?.err_code).toBe('AUTH_CODE_INVALID');
    expect(counter.ledger.orders()).toEqual([]);
  });

  it.each(['10', '11', '12', '13', '14', '15'])('with a code that begins with %s pays', (prefix) => {
    expect(openCounter().pay('T0000001', `${prefix}9876543210987654`)?.result_code).toBe('SUCCESS');
  });
});
