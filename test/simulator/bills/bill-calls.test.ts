import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Fields, SignType } from '../../../src/main/gateway/wechat-v2/wire/sign.ts';
import { parseXml } from '../../../src/main/gateway/wechat-v2/wire/xml.ts';
import { askForBill, askForFile, askForFlow } from '../support/bill-counter.ts';
import { type Counter, type CounterOptions, MORNING, openCounter, someCode } from '../support/counter.ts';

const HOUR_MS = 3_600_000;
/** The counter opens at ten in the morning of 2026-01-02. */
const TODAY = '20260102';
const UNTIL_NEXT_TEN = 24 * HOUR_MS;

/** A day with a payment by coupon, one that was refunded in part, one that was reversed, and one that failed. */
function dayGoneBy(options: CounterOptions = {}): Counter {
  const counter = openCounter({ delays: { refundMs: 60_000, refundGapMs: 0 }, ...options });
  const pay = (number: string, code: string, total_fee: string) =>
    counter.pay(number, code, { total_fee, body: '苹果, 1kg', attach: 'shift=3', device_info: 'POS-01' });
  pay('T1', '100001000000000001', '1230');
  pay('T2', someCode(), '888');
  counter.pass(20_000);
  counter.refund('T2', 'R1', 300, { refund_desc: '少了' });
  pay('T3', someCode(), '500');
  counter.pass(20_000);
  counter.reverse('T3');
  pay('T4', '100010000000000001', '700');
  return counter;
}

const textOf = (counter: Counter, more: Fields = {}) =>
  askForFile(counter, '/pay/downloadbill', { bill_date: TODAY, ...more }).bytes.toString('utf8');
const refusalOf = (counter: Counter, fields: Fields) =>
  parseXml(askForFile(counter, '/pay/downloadbill', fields).bytes).return_msg;

describe('a day’s bill', () => {
  it('is printed to the letter as documented', () => {
    const counter = dayGoneBy();
    counter.pass(UNTIL_NEXT_TEN);
    const [one, two] = counter.ledger.orders();
    const common = (at: string, nth: number, openid = '') =>
      `\`2026-01-02 ${at},\`wxd930ea5d5a258f4f,\`10000100,\`0,\`POS-01,\`420000000020260102000000000${nth},\`T${nth},\`${openid}`;
    const goods = '`苹果, 1kg,`shift=3';
    const three = counter.ledger.orders()[2];
    expect(textOf(counter)).toBe(
      [
        '\ufeff交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,手续费,费率,订单金额,申请退款金额,费率备注',
        `${common('10:00:00', 1, one?.openid)},\`MICROPAY,\`SUCCESS,\`OTHERS,\`CNY,\`12.30,\`1.23,\`0,\`0,\`0.00,\`0.00,\`,\`,${goods},\`0.07000,\`0.60%,\`12.30,\`0.00,\``,
        `${common('10:00:00', 2, two?.openid)},\`MICROPAY,\`SUCCESS,\`OTHERS,\`CNY,\`8.88,\`0.00,\`0,\`0,\`0.00,\`0.00,\`,\`,${goods},\`0.05000,\`0.60%,\`8.88,\`0.00,\``,
        `${common('10:00:20', 2, two?.openid)},\`MICROPAY,\`REFUND,\`OTHERS,\`CNY,\`0.00,\`0.00,\`50300000002026010200000000001,\`R1,\`3.00,\`0.00,\`ORIGINAL,\`SUCCESS,${goods},\`-0.02000,\`0.60%,\`0.00,\`3.00,\``,
        `${common('10:00:20', 3, three?.openid)},\`MICROPAY,\`SUCCESS,\`OTHERS,\`CNY,\`5.00,\`0.00,\`0,\`0,\`0.00,\`0.00,\`,\`,${goods},\`0.03000,\`0.60%,\`5.00,\`0.00,\``,
        `${common('10:00:40', 3, three?.openid)},\`MICROPAY,\`REVOKED,\`OTHERS,\`CNY,\`0.00,\`0.00,\`0,\`0,\`5.00,\`0.00,\`ORIGINAL,\`SUCCESS,${goods},\`-0.03000,\`0.60%,\`0.00,\`5.00,\``,
        '总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额',
        '`5,`26.18,`8.00,`0.00,`0.10000,`26.18,`8.00',
        '',
      ].join('\r\n'),
    );
  });

  it('packed is the same, in one gzip stream', () => {
    const counter = dayGoneBy();
    counter.pass(UNTIL_NEXT_TEN);
    const packed = askForFile(counter, '/pay/downloadbill', { bill_date: TODAY, bill_type: 'ALL', tar_type: 'GZIP' });
    expect(gunzipSync(packed.bytes).toString('utf8')).toBe(textOf(counter));
  });

  it('of payments alone and of refunds alone has the columns of its own', async () => {
    const counter = dayGoneBy();
    counter.pass(UNTIL_NEXT_TEN);
    const columns = (bill_type: string) => textOf(counter, { bill_type }).split('\r\n')[0]?.split(',').length;
    expect([columns('ALL'), columns('SUCCESS'), columns('REFUND')]).toEqual([27, 20, 29]);
    const refunds = await askForBill(counter, TODAY, { bill_type: 'REFUND' });
    expect(refunds).toMatchObject({
      rows: [
        { outRefundNo: 'R1', refundAskedAt: '2026-01-02 10:00:20', refundedAt: '2026-01-02 10:01:20' },
        { outRefundNo: '', state: 'REVOKED', refundedAt: '2026-01-02 10:00:40' },
      ],
      totals: { rows: 2, orderFen: 0, refundFen: 800, feeMilliFen: -5000 },
    });
  });

  it('ends at midnight in Beijing', async () => {
    const counter = openCounter({ startAt: MORNING + 14 * HOUR_MS - 1 });
    counter.pay('LAST', someCode());
    counter.pass(1);
    counter.pay('FIRST', someCode());
    counter.pass(48 * HOUR_MS);
    expect(await askForBill(counter, '20260102')).toMatchObject({
      rows: [{ outTradeNo: 'LAST', tradedAt: '2026-01-02 23:59:59' }],
    });
    expect(await askForBill(counter, '20260103')).toMatchObject({
      rows: [{ outTradeNo: 'FIRST', tradedAt: '2026-01-03 00:00:00' }],
    });
  });

  it('lists a refund on its own day, in the state it had when the bill was made', async () => {
    const counter = openCounter({ delays: { refundMs: 30 * HOUR_MS, refundGapMs: 0 } });
    counter.pay('T1', someCode());
    counter.pass(UNTIL_NEXT_TEN);
    counter.refund('T1', 'R1', 888);
    counter.pass(3 * UNTIL_NEXT_TEN);
    expect(await askForBill(counter, '20260102')).toMatchObject({ rows: [{ state: 'SUCCESS', orderFen: 888 }] });
    expect(await askForBill(counter, '20260103')).toMatchObject({
      rows: [{ state: 'REFUND', refundState: 'PROCESSING' }],
    });
  });

  it('charges the rate it was told, each order rounded half up', async () => {
    const counter = dayGoneBy({ feeBasisPoints: 38 });
    counter.pass(UNTIL_NEXT_TEN);
    // 1230 × 0.38% is 4.67, 888 is 3.37, 500 is 1.90.
    const bill = await askForBill(counter, TODAY, { bill_type: 'SUCCESS' });
    expect(bill).toMatchObject({
      rows: [{ feeMilliFen: 5000, feeRate: '0.38%' }, { feeMilliFen: 3000 }, { feeMilliFen: 2000 }],
    });
  });
});

describe('the hours of bills', () => {
  it('none before nine the next morning, being made until ten, and then there', async () => {
    const counter = dayGoneBy();
    const asked: unknown[] = [];
    for (const hours of [0, 22, 0.5, 0.6]) {
      counter.pass(hours * HOUR_MS);
      asked.push(refusalOf(counter, { bill_date: TODAY }));
    }
    expect(asked).toEqual(['No Bill Exist', 'No Bill Exist', 'No Bill Exist', 'Bill Creating']);
    counter.pass(HOUR_MS);
    expect(await askForBill(counter, TODAY)).toHaveProperty('totals.rows', 5);
  });

  it('at once, where a trainer wants it so', async () => {
    const counter = dayGoneBy({ billHours: 'at-once' });
    expect(await askForBill(counter, TODAY)).toHaveProperty('totals.rows', 5);
    expect(await askForFlow(counter, TODAY)).toHaveProperty('rows.0.amountFen', 1230);
  });

  it('three months long, and not for days to come', () => {
    const counter = dayGoneBy();
    counter.pass(93 * UNTIL_NEXT_TEN);
    expect(refusalOf(counter, { bill_date: TODAY })).toBe('invalid bill_date');
    expect(refusalOf(counter, { bill_date: '20270101' })).toBe('invalid bill_date');
  });
});

describe('a bill that cannot be had', () => {
  const counter = dayGoneBy();
  counter.pass(UNTIL_NEXT_TEN);

  it.each<[string, Fields]>([
    ['missing parameter', {}],
    ['invalid bill_type', { bill_date: TODAY, bill_type: 'NONE' }],
    ['invalid bill_date', { bill_date: '20260230' }],
    ['invalid bill_date', { bill_date: '2026-01-02' }],
    ['invalid tar_type, Only GZIP supported', { bill_date: TODAY, tar_type: 'ZIP' }],
    ['No Bill Exist', { bill_date: '20260101' }],
    ['No Bill Exist', { bill_date: TODAY, bill_type: 'RECHARGE_REFUND' }],
  ])('%s: %o', (words, fields) => {
    expect(refusalOf(counter, fields)).toBe(words);
  });

  it('No Bill Exist has its number', () => {
    const { bytes } = askForFile(counter, '/pay/downloadbill', { bill_date: '20260101' });
    expect(parseXml(bytes)).toEqual({ return_code: 'FAIL', return_msg: 'No Bill Exist', error_code: '20002' });
  });

  it('with a wrong signature, by GET, or without a body', () => {
    const ask = (method: string, body: string) =>
      String(
        counter.service.bill({ method, path: '/pay/downloadbill', body: Buffer.from(body), certified: false })?.bytes,
      );
    const fields = '<appid>wxd930ea5d5a258f4f</appid><mch_id>10000100</mch_id><nonce_str>n</nonce_str>';
    expect(ask('POST', `<xml>${fields}<sign>0</sign></xml>`)).toContain('SIGN ERROR');
    expect(ask('POST', `<xml>${fields}</xml>`)).toContain('missing parameter');
    expect(ask('GET', '')).toContain('require POST method');
    expect(ask('POST', '')).toContain('empty post data');
    expect(ask('POST', '<xml>')).toContain('data format error');
  });
});

describe('the movements of the account', () => {
  const counter = dayGoneBy();
  counter.pass(UNTIL_NEXT_TEN);

  it('are printed as documented, fees and what was given back of them in rows of their own', () => {
    const { bytes, headers } = askForFile(counter, '/pay/downloadfundflow', {
      bill_date: TODAY,
      account_type: 'Basic',
    });
    const lines = bytes.toString('utf8').split('\r\n');
    expect(lines[0]).toBe(
      '\ufeff记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号',
    );
    expect(lines[1]).toBe(
      '`2026-01-02 10:00:00,`4200000000202601020000000001,`10000100202601020000000001,`交易,`交易,`收入,`12.30,`12.30,`system,`,`4200000000202601020000000001',
    );
    expect(lines.slice(5, 7)).toEqual([
      '`2026-01-02 10:00:20,`50300000002026010200000000001,`10000100202601020000000005,`退款,`退款,`支出,`3.00,`18.06,`system,`少了,`REF50300000002026010200000000001',
      '`2026-01-02 10:00:20,`50300000002026010200000000001,`10000100202601020000000006,`退回交易手续费,`退回交易手续费,`收入,`0.02,`18.08,`system,`,`50300000002026010200000000001',
    ]);
    expect(lines.slice(-3)).toEqual([
      '资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额',
      '`10.0,`5.0,`26.23,`5.0,`8.15',
      '',
    ]);
    expect(headers.digest).toBe(`SHA=${createHash('sha1').update(bytes).digest('hex')}`);
  });

  it.each<[string, Fields, { signType?: SignType; certified?: boolean }]>([
    ['CERT_ERROR', { bill_date: TODAY, account_type: 'Basic' }, { certified: false }],
    ['PARAM_ERROR', { bill_date: TODAY, account_type: 'Basic' }, { signType: 'MD5' }],
    ['PARAM_ERROR', { bill_date: TODAY, account_type: 'Savings' }, {}],
    ['PARAM_ERROR', { bill_date: TODAY }, {}],
    ['PARAM_ERROR', { account_type: 'Basic' }, {}],
    ['PARAM_ERROR', { bill_date: '20260102x', account_type: 'Basic' }, {}],
    ['PARAM_ERROR', { bill_date: TODAY, account_type: 'Basic', tar_type: 'ZIP' }, {}],
    ['NO_BILL_EXIST', { bill_date: '20260101', account_type: 'Basic' }, {}],
    ['NO_BILL_EXIST', { bill_date: TODAY, account_type: 'Operation' }, {}],
    ['NO_BILL_EXIST', { bill_date: TODAY, account_type: 'Fees' }, {}],
    ['SIGNERROR', { bill_date: TODAY, account_type: 'Basic', sign_type: 'RSA' }, {}],
  ])('%s: %o %o', (code, fields, how) => {
    expect(parseXml(askForFile(counter, '/pay/downloadfundflow', fields, how).bytes)).toMatchObject({ err_code: code });
  });
});
