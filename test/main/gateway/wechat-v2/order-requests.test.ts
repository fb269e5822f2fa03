import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../src/core/random.ts';
import { placeFields, reportFields } from '../../../../src/main/gateway/wechat-v2/order-requests.ts';
import { signedXml } from '../../../../src/main/gateway/wechat-v2/requests.ts';
import { isSignedBy, type SignType } from '../../../../src/main/gateway/wechat-v2/wire/sign.ts';
import { parseXml } from '../../../../src/main/gateway/wechat-v2/wire/xml.ts';
import { MERCHANT, ORDER } from './support/replies.ts';

const NOTIFY = 'https://shop.example/wechat';
const AT = Date.UTC(2026, 0, 2, 2, 5, 11);

describe('the fields that place an order', () => {
  it('to be paid by whoever scans its QR code', () => {
    expect(placeFields({ ...ORDER, tradeType: 'NATIVE', notifyUrl: NOTIFY, expiresAt: AT }, '10.0.0.8')).toEqual({
      device_info: ORDER.deviceInfo,
      body: ORDER.body,
      attach: ORDER.attach,
      out_trade_no: ORDER.outTradeNo,
      total_fee: '1230',
      fee_type: 'CNY',
      spbill_create_ip: '10.0.0.8',
      time_expire: '20260102100511',
      notify_url: NOTIFY,
      trade_type: 'NATIVE',
      product_id: ORDER.outTradeNo,
    });
  });

  it('to be paid in a page name one customer, by one openid or the other', () => {
    const order = { ...ORDER, tradeType: 'JSAPI', notifyUrl: NOTIFY } as const;
    expect(placeFields({ ...order, openid: 'oUpF8u' }, '10.0.0.8')).toMatchObject({ openid: 'oUpF8u' });
    const ofSubMerchant = placeFields({ ...order, subOpenid: 'oSub' }, '10.0.0.8');
    expect(ofSubMerchant).toMatchObject({ sub_openid: 'oSub', time_expire: '' });
    expect(ofSubMerchant).not.toHaveProperty('openid');
  });

  it('to be paid in an app name nobody', () => {
    const fields = placeFields({ ...ORDER, tradeType: 'APP', notifyUrl: NOTIFY }, '10.0.0.8');
    expect(Object.keys(fields)).not.toEqual(expect.arrayContaining(['openid']));
    expect(fields).not.toHaveProperty('product_id');
  });
});

describe('an order as it travels', () => {
  it.each<SignType>(['MD5', 'HMAC-SHA256'])(
    'arrives as it was sent and signed with %s, whatever its texts',
    (signType) => {
      const random = seededRandom(91);
      const character = () => String.fromCodePoint(Math.floor(random() * (random() < 0.5 ? 0x80 : 0xffff)));
      const text = () => Array.from({ length: random() * 40 }, character).join('');
      for (let round = 0; round < 500; round++) {
        const order = { ...ORDER, body: text(), attach: text(), deviceInfo: text() };
        const fields = placeFields({ ...order, tradeType: 'NATIVE', notifyUrl: NOTIFY }, '10.0.0.8');
        const arrived = parseXml(signedXml({ ...MERCHANT, signType }, fields, 'n0nce'));
        expect(isSignedBy(arrived, MERCHANT.apiKey, signType)).toBe(true);
        const sent = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
        expect(arrived).toMatchObject(sent);
        expect(Buffer.byteLength(fields.body ?? '')).toBeLessThanOrEqual(127);
      }
    },
  );
});

describe('a report of trades', () => {
  const trade = { outTradeNo: ORDER.outTradeNo, begunAt: AT, endedAt: AT + 1_000, end: 'paid' } as const;

  it('says when each began and ended, in Beijing, and how', () => {
    const { fields, count } = reportFields([trade, { ...trade, end: 'cancelled', why: '顾客\n取消' }], '10.0.0.8');
    expect(count).toBe(2);
    expect(fields).toMatchObject({
      interface_url: 'https://api.mch.weixin.qq.com/pay/batchreport/micropay/total',
      user_ip: '10.0.0.8',
    });
    const row = { out_trade_no: ORDER.outTradeNo, begin_time: '20260102100511', end_time: '20260102100512' };
    expect(JSON.parse(fields.trades ?? '')).toEqual([
      { ...row, state: 'OK', err_msg: '' },
      { ...row, state: 'CANCLE', err_msg: '顾客 取消' },
    ]);
  });

  it('holds as many trades as fit into 1024 bytes, and says how many', () => {
    const { fields, count } = reportFields(
      Array.from({ length: 50 }, () => ({ ...trade, why: '付'.repeat(99) })),
      '::1',
    );
    expect(JSON.parse(fields.trades ?? '')).toHaveLength(count);
    expect(count).toBeGreaterThan(2);
    expect(Buffer.byteLength(fields.trades ?? '')).toBeLessThanOrEqual(1024);
  });

  it('has no room for a long address', () => {
    expect(reportFields([trade], '2001:db8::1428:57ab').fields.user_ip).toBe('127.0.0.1');
  });
});
