import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { beijingStamp } from '../../../src/core/time.ts';
import type { Fields } from '../../../src/main/gateway/wechat-v2/wire/sign.ts';
import { openEventFile } from '../../../src/simulator/ledger/event-file.ts';
import {
  type Counter,
  isSigned,
  MORNING,
  openCounter,
  PAY_FIELDS,
  readDelivery,
  someCode,
} from '../support/counter.ts';

const HOUR_MS = 3_600_000;

const NATIVE: Fields = {
  ...PAY_FIELDS,
  out_trade_no: 'T0000001',
  notify_url: 'http://127.0.0.1:9/wechat',
  trade_type: 'NATIVE',
  product_id: 'P1',
  device_info: '0001-01',
  attach: 'shift=3',
};

const place = (counter: Counter, changes: Fields = {}) => counter.ask('/pay/unifiedorder', { ...NATIVE, ...changes });
const close = (counter: Counter, out_trade_no = 'T0000001') => counter.ask('/pay/closeorder', { out_trade_no });

function placed(options = {}): { counter: Counter; codeUrl: string } {
  const counter = openCounter(options);
  const { code_url: codeUrl = '' } = place(counter) ?? {};
  return { counter, codeUrl };
}

describe('an order that is placed', () => {
  it('to be scanned has a code_url and a prepay_id, and is NOTPAY', () => {
    const counter = openCounter();
    const answer = place(counter);
    expect(answer).toMatchObject({
      result_code: 'SUCCESS',
      trade_type: 'NATIVE',
      prepay_id: expect.stringMatching(/^wx20260102100000[0-9a-f]{20}$/),
      code_url: expect.stringMatching(/^weixin:\/\/wxpay\/bizpayurl\?pr=\w{8,}$/),
    });
    expect(isSigned(answer ?? {})).toBe(true);
    expect(counter.query('T0000001')).toMatchObject({
      trade_state: 'NOTPAY',
      device_info: '0001-01',
      attach: 'shift=3',
    });
    expect(counter.query('T0000001')).not.toHaveProperty('total_fee');
    expect(counter.ledger.books()).toMatchObject({ orders: 1, paid: 0, chargedFen: 0 });
  });

  it.each<[type: string, changes: Fields, url: string | undefined]>([
    ['JSAPI', { openid: 'oPayer' }, undefined],
    ['JSAPI', { sub_openid: 'oPayer', sub_mch_id: '1900000109', sub_appid: 'wxsub' }, undefined],
    ['APP', {}, undefined],
    ['MWEB', {}, 'mweb_url'],
  ])('as %s (%o) has a prepay_id, and is paid by it', (trade_type, changes, url) => {
    const counter = openCounter();
    const { prepay_id = '', ...answer } = place(counter, { trade_type, product_id: '', ...changes }) ?? {};
    expect(answer).toMatchObject({ trade_type });
    expect(Object.keys(answer).filter((name) => name.endsWith('_url'))).toEqual(url === undefined ? [] : [url]);
    counter.service.visitors.pay(prepay_id);
    expect(counter.query('T0000001')).toMatchObject({
      trade_state: 'SUCCESS',
      trade_type,
      ...(trade_type === 'JSAPI' ? { openid: 'oPayer' } : {}),
    });
  });

  it('again, by the same call, is the same place; paid or closed it is refused', () => {
    const { counter, codeUrl } = placed();
    expect(place(counter)).toMatchObject({ code_url: codeUrl });
    expect(counter.ledger.orders()).toHaveLength(1);
    counter.service.visitors.pay(codeUrl);
    expect(place(counter)).toMatchObject({ err_code: 'ORDERPAID' });

    const other = placed().counter;
    close(other);
    expect(place(other)).toMatchObject({ err_code: 'ORDERCLOSED' });
  });

  it.each<[what: string, changes: Fields]>([
    ['another amount', { total_fee: '889' }],
    ['another type', { trade_type: 'APP' }],
  ])('with %s under a used number is OUT_TRADE_NO_USED, and noted', (_, changes) => {
    const { counter } = placed();
    expect(place(counter, changes)).toMatchObject({ err_code: 'OUT_TRADE_NO_USED' });
    expect(counter.service.violations()).toMatchObject([{ kind: 'NUMBER_REUSED' }]);
  });

  it('keeps its number from pay codes, and takes none of theirs', () => {
    const { counter } = placed();
    expect(counter.pay('T0000001', someCode())).toMatchObject({ err_code: 'OUT_TRADE_NO_USED' });
    counter.pay('T0000002', someCode());
    expect(place(counter, { out_trade_no: 'T0000002' })).toMatchObject({ err_code: 'OUT_TRADE_NO_USED' });
  });

  it('cannot be reversed', () => {
    const { counter, codeUrl } = placed();
    counter.service.visitors.pay(codeUrl);
    counter.pass(60_000);
    expect(counter.reverse('T0000001')).toMatchObject({ err_code: 'TRADE_ERROR', recall: 'N' });
    expect(counter.ledger.books().netFen).toBe(888);
  });

  it.each<[what: string, errCode: string, changes: Fields]>([
    ['no body', 'LACK_PARAMS', { body: '' }],
    ['no number', 'LACK_PARAMS', { out_trade_no: '' }],
    ['no amount', 'LACK_PARAMS', { total_fee: '' }],
    ['no address', 'LACK_PARAMS', { spbill_create_ip: '' }],
    ['no notify_url', 'LACK_PARAMS', { notify_url: '' }],
    ['no trade_type', 'LACK_PARAMS', { trade_type: '' }],
    ['no product_id for a QR code', 'LACK_PARAMS', { product_id: '' }],
    ['nobody to pay in a page', 'LACK_PARAMS', { trade_type: 'JSAPI' }],
    ['an unknown trade_type', 'PARAM_ERROR', { trade_type: 'MICROPAY' }],
    ['an amount of nothing', 'PARAM_ERROR', { total_fee: '0' }],
    ['another currency', 'PARAM_ERROR', { fee_type: 'USD' }],
    ['a notify_url that is none', 'PARAM_ERROR', { notify_url: 'ftp://shop.example/' }],
    ['a notify_url with a query', 'PARAM_ERROR', { notify_url: 'https://shop.example/?a=b' }],
    ['a long notify_url', 'PARAM_ERROR', { notify_url: `https://shop.example/${'x'.repeat(256)}` }],
    ['an end that is no time', 'PARAM_ERROR', { time_expire: '20260132100000' }],
    ['an end too soon', 'PARAM_ERROR', { time_expire: beijingStamp(MORNING + 30_000) }],
    ['a long product_id', 'PARAM_ERROR', { product_id: 'P'.repeat(33) }],
  ])('with %s is %s', (_, err_code, changes) => {
    const counter = openCounter();
    expect(place(counter, changes)).toMatchObject({ result_code: 'FAIL', err_code });
    expect(counter.ledger.orders()).toEqual([]);
  });
});

describe('a customer who scans the code', () => {
  it('pays at once, and only once', () => {
    const { counter, codeUrl } = placed();
    counter.service.visitors.pay(codeUrl);
    expect(counter.query('T0000001')).toMatchObject({
      trade_state: 'SUCCESS',
      trade_type: 'NATIVE',
      total_fee: '888',
      cash_fee: '888',
      time_end: '20260102100000',
    });
    expect(() => counter.service.visitors.pay(codeUrl)).toThrow('is SUCCESS and cannot be paid');
    expect(counter.ledger.books()).toMatchObject({ paid: 1, chargedFen: 888 });
    expect(counter.refund('T0000001', 'R1', 888)).toMatchObject({ result_code: 'SUCCESS' });
  });

  it('with a coupon pays less', () => {
    const { counter, codeUrl } = placed();
    counter.service.visitors.pay(codeUrl, 'coupon');
    expect(counter.query('T0000001')).toMatchObject({ total_fee: '888', cash_fee: '800', coupon_fee: '88' });
  });

  it('types the password first, and sooner when told to', () => {
    const { counter, codeUrl } = placed();
    counter.service.visitors.pay(codeUrl, 'password');
    expect(counter.query('T0000001')).toMatchObject({ trade_state: 'USERPAYING' });
    counter.pass(6_000);
    expect(counter.query('T0000001')).toMatchObject({ trade_state: 'SUCCESS', time_end: '20260102100006' });

    const other = placed();
    other.counter.service.visitors.pay(other.codeUrl, 'walks-away');
    other.counter.service.visitors.pay(other.codeUrl);
    expect(other.counter.query('T0000001')).toMatchObject({ trade_state: 'SUCCESS' });
  });

  it.each([
    ['password-cancels', 'NOTPAY'],
    ['walks-away', 'NOTPAY'],
    ['not-enough', 'NOTPAY'],
    ['pay-error', 'PAYERROR'],
  ])('and %s leaves the order %s, for the next to pay', (scenario, state) => {
    const { counter, codeUrl } = placed();
    counter.service.visitors.pay(codeUrl, scenario);
    counter.pass(60_000);
    expect(counter.query('T0000001')).toMatchObject({ trade_state: state });
    counter.service.visitors.pay(codeUrl);
    expect(counter.query('T0000001')).toMatchObject({ trade_state: 'SUCCESS' });
    expect(counter.ledger.books()).toMatchObject({ paid: 1, chargedFen: 888 });
  });

  it('may go away from the password box', () => {
    const { counter, codeUrl } = placed();
    expect(() => counter.service.visitors.cancel(codeUrl)).toThrow('Nobody is paying order T0000001');
    counter.service.visitors.pay(codeUrl, 'password');
    counter.service.visitors.cancel(codeUrl);
    counter.pass(60_000);
    expect(counter.query('T0000001')).toMatchObject({ trade_state: 'NOTPAY' });
  });

  it('comes too late after two hours, or when the order says', () => {
    const { counter, codeUrl } = placed();
    counter.pass(2 * HOUR_MS);
    expect(() => counter.service.visitors.pay(codeUrl)).toThrow('has expired');

    const short = openCounter();
    const { code_url = '' } = place(short, { time_expire: beijingStamp(MORNING + 300_000) }) ?? {};
    short.pass(299_000);
    short.service.visitors.pay(code_url, 'password');
    short.service.visitors.cancel(code_url);
    short.pass(1_000);
    expect(() => short.service.visitors.pay(code_url)).toThrow('has expired');
  });

  it('finds the order by another code, when it was placed again after two hours', () => {
    const { counter, codeUrl } = placed();
    counter.pass(2 * HOUR_MS);
    const { code_url = '' } = place(counter) ?? {};
    expect(code_url).not.toBe(codeUrl);
    expect(place(counter)).toMatchObject({ code_url });
    expect(() => counter.service.visitors.pay(codeUrl)).toThrow('has expired');
    counter.service.visitors.pay(code_url);
    expect(counter.query('T0000001')).toMatchObject({ trade_state: 'SUCCESS' });
    expect(counter.ledger.books()).toMatchObject({ orders: 1, paid: 1, chargedFen: 888 });
  });

  it('must be somebody the simulator knows, before a code that was shown', () => {
    const { counter, codeUrl } = placed();
    expect(() => counter.service.visitors.pay('weixin://wxpay/bizpayurl?pr=other')).toThrow('No order');
    expect(() => counter.service.visitors.pay('')).toThrow('No order');
    expect(() => counter.service.visitors.pay(codeUrl, 'nobody')).toThrow('no scenario "nobody"');
  });
});

describe('an order that is closed', () => {
  const FIVE_MINUTES_MS = 300_000;

  it('can never be paid any more, not even by a customer who is typing', () => {
    const { counter, codeUrl } = placed();
    counter.pass(FIVE_MINUTES_MS);
    counter.service.visitors.pay(codeUrl, 'password');
    expect(close(counter)).toMatchObject({ result_code: 'SUCCESS' });
    counter.pass(60_000);
    expect(counter.query('T0000001')).toMatchObject({ trade_state: 'CLOSED' });
    expect(() => counter.service.visitors.pay(codeUrl)).toThrow('is CLOSED and cannot be paid');
    expect(close(counter)).toMatchObject({ err_code: 'ORDERCLOSED' });
    expect(counter.ledger.books()).toMatchObject({ paid: 0, chargedFen: 0 });
    expect(counter.service.violations()).toEqual([]);
  });

  it('was paid, when the customer was faster: before, or in that very moment', () => {
    const before = placed();
    before.counter.service.visitors.pay(before.codeUrl);
    expect(close(before.counter)).toMatchObject({ err_code: 'ORDERPAID' });

    const { counter, codeUrl } = placed();
    counter.service.visitors.pay(codeUrl, 'pays-late');
    expect(close(counter)).toMatchObject({ err_code: 'ORDERPAID' });
    expect(counter.query('T0000001')).toMatchObject({ trade_state: 'SUCCESS' });
    expect(counter.ledger.books()).toMatchObject({ paid: 1, chargedFen: 888 });
  });

  it('too early is noted, or refused where the simulator is told to', () => {
    const { counter } = placed();
    counter.pass(FIVE_MINUTES_MS * 0.9);
    expect(close(counter)).toMatchObject({ result_code: 'SUCCESS' });
    expect(counter.service.violations()).toMatchObject([{ kind: 'EARLY_CLOSE', outTradeNo: 'T0000001' }]);

    const strict = placed({ earlyClose: 'refuse' }).counter;
    expect(close(strict)).toMatchObject({ err_code: 'SYSTEMERROR' });
    expect(strict.query('T0000001')).toMatchObject({ trade_state: 'NOTPAY' });
  });

  it('is none of a pay code, of nobody’s number or of no number', () => {
    const counter = openCounter();
    counter.pay('T0000002', someCode());
    expect(close(counter, 'T0000002')).toMatchObject({ err_code: 'TRADE_STATE_ERROR' });
    expect(close(counter, 'T0000003')).toMatchObject({ err_code: 'ORDERNOTEXIST' });
    expect(close(counter, '')).toMatchObject({ err_code: 'LACK_PARAMS' });
    expect(close(counter, 'T 3')).toMatchObject({ err_code: 'PARAM_ERROR' });
  });

  it('can get a wrong answer, as any call', () => {
    const reply = { kind: 'error', errCode: 'SYSTEMERROR' } as const;
    const rules = [
      { when: { endpoint: 'unifiedorder', nth: 1 }, fault: { work: 'skipped', reply } },
      { when: { endpoint: 'closeorder', nth: 1 }, fault: { work: 'done', reply } },
    ] as const;
    const counter = openCounter({ rules });
    expect(place(counter)).toMatchObject({ err_code: 'SYSTEMERROR' });
    expect(counter.query('T0000001')).toMatchObject({ err_code: 'ORDERNOTEXIST' });
    place(counter);
    expect(close(counter)).toMatchObject({ err_code: 'SYSTEMERROR' });
    expect(counter.query('T0000001')).toMatchObject({ trade_state: 'CLOSED' });
  });
});

describe('a ledger that is opened again', () => {
  it('still has its orders, their customers and what they look for them by', () => {
    const dir = mkdtempSync(join(tmpdir(), 'saoma-placed-'));
    try {
      const store = () => openEventFile(join(dir, 'ledger.jsonl'));
      const first = openCounter({ store: store() });
      const { code_url = '' } = place(first) ?? {};
      first.service.visitors.pay(code_url, 'password');
      first.ledger.close();

      const again = openCounter({ store: store(), startAt: MORNING + 6_000 });
      expect(again.query('T0000001')).toMatchObject({ trade_state: 'SUCCESS' });
      expect(again.ledger.findPlaced(code_url)).toMatchObject({ paidAt: MORNING + 6_000, scenario: 'password' });
      expect(place(again)).toMatchObject({ err_code: 'ORDERPAID' });
      again.ledger.close();
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});

describe('authcodetoopenid', () => {
  const ask = (counter: Counter, auth_code: string, more: Fields = {}) =>
    counter.ask('/tools/authcodetoopenid', { auth_code, ...more });

  it('names the payer that a payment with this code then has', () => {
    const counter = openCounter();
    const code = someCode();
    const { openid } = ask(counter, code) ?? {};
    expect(openid).toMatch(/^oSim[0-9a-f]{24}$/);
    expect(counter.pay('T0000001', code)).toMatchObject({ openid });
  });

  it('names the payer to a sub-merchant too', () => {
    const answer = ask(openCounter(), someCode(), { sub_mch_id: '1900000109', sub_appid: 'wxsub' });
    expect(answer).toMatchObject({ sub_appid: 'wxsub', sub_openid: expect.stringMatching(/^oSub/) });
  });

  it.each<[what: string, code: string, errCode: string]>([
    ['no code', '', 'LACK_PARAMS'],
    ['another wallet’s code', '287654321098765432', 'AUTH_CODE_INVALID'],
    ['an expired code', '100011000000000001', 'AUTHCODEEXPIRE'],
    ['a used code', '100012000000000001', 'AUTH_CODE_ERROR'],
  ])('with %s is %s', (_, code, err_code) => {
    expect(ask(openCounter(), code)).toMatchObject({ err_code });
  });

  it('does not know a code that was spent', () => {
    const counter = openCounter();
    const code = someCode();
    counter.pay('T0000001', code);
    expect(ask(counter, code)).toMatchObject({ err_code: 'AUTH_CODE_INVALID' });
  });
});

describe('report', () => {
  const trades = (state = 'OK') => JSON.stringify([{ out_trade_no: 'T1', begin_time: '20260102100000', state }]);
  const report = (fields: Fields) => {
    const delivery = openCounter().hand('/payitil/report', {
      interface_url: 'https://api.mch.weixin.qq.com/pay/batchreport/micropay/total',
      user_ip: '127.0.0.1',
      ...fields,
    });
    return readDelivery(delivery) ?? {};
  };

  it('is taken, and answered unsigned', () => {
    const answer = report({ trades: trades('CANCLE') });
    expect(answer).toEqual({ return_code: 'SUCCESS', return_msg: 'OK', result_code: 'SUCCESS' });
  });

  it.each<[what: string, fields: Fields]>([
    ['no interface', { interface_url: '', trades: trades() }],
    ['no address', { user_ip: '', trades: trades() }],
    ['trades that are none', { trades: 'all well' }],
    ['an unknown end', { trades: trades('CANCEL') }],
    ['too many trades', { trades: JSON.stringify(Array.from({ length: 30 }, () => JSON.parse(trades())[0])) }],
  ])('with %s is FAIL', (_, fields) => {
    expect(report(fields)).toMatchObject({ return_code: 'FAIL' });
  });
});
