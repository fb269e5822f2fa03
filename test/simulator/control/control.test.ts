import { describe, expect, it } from 'vitest';
import { fen } from '../../../src/core/money.ts';
import { openFirstWallets } from '../../../src/simulator/control/control.ts';
import { openCounter, PAY_FIELDS } from '../support/counter.ts';

function openLesson(options: Parameters<typeof openCounter>[0] = {}) {
  const counter = openCounter(options);
  const { control } = counter.service;
  const { openid } = control.openWallet('小明', fen(5_000));
  const stateOf = (outTradeNo: string) => counter.query(outTradeNo)?.trade_state;
  const place = (out_trade_no: string, more = {}) =>
    counter.ask('/pay/unifiedorder', {
      ...PAY_FIELDS,
      out_trade_no,
      trade_type: 'NATIVE',
      product_id: 'p',
      notify_url: 'http://127.0.0.1:9/',
      ...more,
    });
  return { counter, control, openid, stateOf, place };
}

describe('the customer at the password box', () => {
  it.each([
    ['pays', 'SUCCESS'],
    ['cancels', 'NOTPAY'],
    ['leaves', 'USERPAYING'],
  ] as const)('%s when told to: the order is %s', (mind, state) => {
    const { counter, control, openid, stateOf } = openLesson();
    counter.pay('T1', control.showCode('walks-away', openid));
    expect(stateOf('T1')).toBe('USERPAYING');
    control.tellCustomer('T1', mind, 0);
    expect(stateOf('T1')).toBe(state);
  });

  it('types the password late: until then nobody can reverse, and afterwards the reversal gives the money back', () => {
    const { counter, control, openid, stateOf } = openLesson();
    counter.pay('T1', control.showCode('walks-away', openid));
    control.tellCustomer('T1', 'pays-late', 50_000);
    counter.pass(45_000);
    expect(counter.reverse('T1')).toMatchObject({ err_code: 'USERPAYING', recall: 'Y' });
    counter.pass(5_000);
    expect(stateOf('T1')).toBe('SUCCESS');
    expect(counter.ledger.wallets.find(openid)?.balanceFen).toBe(5_000 - 888);
    expect(counter.reverse('T1')).toMatchObject({ result_code: 'SUCCESS' });
    expect(counter.ledger.wallets.find(openid)?.balanceFen).toBe(5_000);
  });

  it('can change their mind again, as long as the box is open', () => {
    const { counter, control, stateOf } = openLesson();
    counter.pay('T1', control.showCode('password', undefined));
    control.tellCustomer('T1', 'pays-late', 60_000);
    counter.pass(30_000);
    expect(stateOf('T1')).toBe('USERPAYING');
    control.tellCustomer('T1', 'cancels', 0);
    expect(stateOf('T1')).toBe('NOTPAY');
    expect(() => control.tellCustomer('T1', 'pays', 0)).toThrow(expect.objectContaining({ code: 'NOBODY_IS_PAYING' }));
  });

  it('is gone when the time they had meant to act has passed', () => {
    const { counter, control } = openLesson();
    counter.pay('T1', control.showCode('password', undefined));
    counter.pass(6_000);
    expect(() => control.tellCustomer('T1', 'cancels', 0)).toThrow(
      expect.objectContaining({ code: 'NOBODY_IS_PAYING' }),
    );
    expect(counter.ledger.books().chargedFen).toBe(888);
  });
});

describe('an order that waits to be scanned', () => {
  it('is paid out of the wallet of whoever comes', () => {
    const { counter, control, openid, stateOf, place } = openLesson();
    place('N1');
    expect(control.comeToPay('N1', 'pays', openid)).toMatchObject({ state: 'SUCCESS', openid });
    expect(stateOf('N1')).toBe('SUCCESS');
    expect(counter.ledger.wallets.find(openid)?.balanceFen).toBe(5_000 - 888);
  });

  it('stays for the next when somebody has too little, and is not theirs any more', () => {
    const { counter, control, openid, place } = openLesson();
    const { openid: poor } = control.openWallet('老王', fen(1));
    place('N1');
    expect(control.comeToPay('N1', 'pays', poor)).toMatchObject({ state: 'NOTPAY', openid: poor });
    expect(control.comeToPay('N1', 'pays', undefined)).toMatchObject({ state: 'SUCCESS' });
    expect(counter.ledger.wallets.find(poor)?.balanceFen).toBe(1);
    expect(counter.ledger.wallets.find(openid)?.balanceFen).toBe(5_000);
  });

  it('of a page belongs to whom the merchant placed it for', () => {
    const { counter, control, openid, place } = openLesson();
    const { openid: other } = control.openWallet('小红', fen(5_000));
    place('J1', { trade_type: 'JSAPI', openid });
    control.comeToPay('J1', 'pays', other);
    expect(counter.ledger.wallets.find(openid)?.balanceFen).toBe(5_000 - 888);
    expect(counter.ledger.wallets.find(other)?.balanceFen).toBe(5_000);
  });

  it.each([
    [
      'is closed',
      (lesson: ReturnType<typeof openLesson>) => lesson.counter.ask('/pay/closeorder', { out_trade_no: 'N1' }),
    ],
    ['has expired', (lesson: ReturnType<typeof openLesson>) => lesson.counter.pass(7_200_000)],
    ['is paid', (lesson: ReturnType<typeof openLesson>) => lesson.control.comeToPay('N1', 'pays', undefined)],
  ])('cannot be paid when it %s', (_, change) => {
    const lesson = openLesson({ delays: { closeNotBeforeMs: 0 } });
    lesson.place('N1');
    change(lesson);
    expect(() => lesson.control.comeToPay('N1', 'pays', lesson.openid)).toThrow(
      expect.objectContaining({ code: 'NOT_PAYABLE' }),
    );
  });
});

describe('a fault that is switched on', () => {
  it('comes before rules and scenarios, and lets the next call through', () => {
    const { counter, control } = openLesson({ rules: [{ when: {}, scenario: 'not-enough' }] });
    control.switchFaultOn('micropay', 'system-error', { kind: 'next', calls: 1 });
    expect(counter.pay('T1', control.showCode('pays', undefined))).toMatchObject({ err_code: 'SYSTEMERROR' });
    expect(counter.query('T1')).toMatchObject({ err_code: 'ORDERNOTEXIST' });
    expect(counter.pay('T2', control.showCode('pays', undefined))).toMatchObject({ err_code: 'NOTENOUGH' });
  });

  it('befalls calls that are about no order, too', () => {
    const { counter, control } = openLesson({ signType: 'MD5' });
    control.switchFaultOn('query_coupon_stock', 'bad-gateway', { kind: 'next', calls: 1 });
    const ask = () => counter.hand('/mmpaymkttransfers/query_coupon_stock', { coupon_stock_id: '1' });
    expect(ask()).toMatchObject({ status: 502 });
    expect(ask()).toMatchObject({ status: 200 });
  });

  it('by a seed is the same for the same seed, and ends when it is taken away', () => {
    const play = () => {
      const { counter, control } = openLesson();
      control.setFaultPlan({ seed: 7, rate: 1, customers: 1 });
      const first = counter.hand('/pay/orderquery', { out_trade_no: 'T1' });
      control.setFaultPlan(undefined);
      return [JSON.stringify(first), counter.query('T1')?.err_code];
    };
    const [fault, afterwards] = play();
    expect(afterwards).toBe('ORDERNOTEXIST');
    expect(fault).not.toContain('ORDERNOTEXIST');
  });
});

describe('a wish that cannot be granted', () => {
  const { control, openid } = openLesson();
  const next = { kind: 'next', calls: 1 } as const;
  it.each([
    ['NO_SUCH_ORDER', () => control.tellCustomer('none', 'pays', 0)],
    ['NO_SUCH_ORDER', () => control.comeToPay('none', 'pays', openid)],
    ['NO_SUCH_CUSTOMER', () => control.showCode('pays', 'nobody')],
    ['NO_SUCH_CUSTOMER', () => control.topUp('nobody', fen(1))],
    ['NO_SUCH_SCENARIO', () => control.showCode('flies-away', openid)],
    ['NO_SUCH_FAULT', () => control.switchFaultOn('micropay', 'fire', next)],
    ['NO_SUCH_FAULT', () => control.switchFaultOn('downloadbill', 'slow', next)],
    ['NO_SUCH_FAULT', () => control.switchFaultOff(99)],
    ['NOT_FOR_THIS_CALL', () => control.switchFaultOn('orderquery', 'late', next)],
    ['NOT_FOR_THIS_CALL', () => control.switchFaultOn('micropay', 'recall', next)],
    ['TOO_MUCH_MONEY', () => control.topUp(openid, fen(10_000_000_000))],
  ])('is refused as %s', (code, wish) => {
    expect(wish).toThrow(expect.objectContaining({ name: 'ControlRefusal', code }));
  });

  it('is one more than a lesson needs', () => {
    const lesson = openLesson();
    for (let nth = 0; nth < 49; nth++) lesson.control.openWallet(`C${nth}`, fen(0));
    expect(() => lesson.control.openWallet('C50', fen(0))).toThrow(
      expect.objectContaining({ code: 'TOO_MANY_CUSTOMERS' }),
    );
    for (let nth = 0; nth < 20; nth++) lesson.control.switchFaultOn('micropay', 'slow', { kind: 'every', calls: 9 });
    expect(() => lesson.control.switchFaultOn('micropay', 'slow', next)).toThrow(
      expect.objectContaining({ code: 'TOO_MANY_FAULTS' }),
    );
  });
});

describe('the first customers', () => {
  it('are there once, however often a lesson begins', () => {
    const counter = openCounter();
    openFirstWallets(counter.service.control);
    openFirstWallets(counter.service.control);
    expect(counter.ledger.wallets.wallets().map(({ balanceFen }) => balanceFen)).toEqual([50_000, 2_000, 50]);
  });
});
