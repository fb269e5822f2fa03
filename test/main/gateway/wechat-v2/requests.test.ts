import { describe, expect, it } from 'vitest';
import { Secret } from '../../../../src/core/secret.ts';
import {
  payFields,
  refundFields,
  refundQueryFields,
  signedXml,
} from '../../../../src/main/gateway/wechat-v2/requests.ts';
import { isSignedBy } from '../../../../src/main/gateway/wechat-v2/wire/sign.ts';
import { parseXml } from '../../../../src/main/gateway/wechat-v2/wire/xml.ts';
import { CODE, MERCHANT, ORDER, REFUND } from './support/replies.ts';

const code = new Secret(CODE);

describe('the micropay request', () => {
  it('holds exactly the API’s fields, and is signed by the type it names', () => {
    const fields = parseXml(signedXml(MERCHANT, payFields(ORDER, code, '192.168.1.7'), 'f00d'));
    const { sign, ...rest } = fields;
    expect(rest).toEqual({
      appid: MERCHANT.appId,
      mch_id: MERCHANT.mchId,
      nonce_str: 'f00d',
      sign_type: 'HMAC-SHA256',
      device_info: '0001-01',
      body: '扫码便利店-零售',
      attach: 'store=0001;terminal=01',
      out_trade_no: '0001-01-000042-2k7q9',
      total_fee: '1230',
      fee_type: 'CNY',
      spbill_create_ip: '192.168.1.7',
      auth_code: CODE,
    });
    expect(sign).toMatch(/^[0-9A-F]{64}$/);
    expect(isSignedBy(fields, MERCHANT.apiKey, 'HMAC-SHA256')).toBe(true);
  });

  it('can be signed with MD5, and says so', () => {
    const merchant = { ...MERCHANT, signType: 'MD5' } as const;
    const fields = parseXml(signedXml(merchant, payFields(ORDER, code, '::1'), 'f00d'));
    expect(fields).toMatchObject({ sign_type: 'MD5', sign: expect.stringMatching(/^[0-9A-F]{32}$/) });
    expect(isSignedBy(fields, MERCHANT.apiKey, 'MD5')).toBe(true);
  });

  it('names the shop of a service provider, and leaves it out for anybody else', () => {
    const provider = { ...MERCHANT, subMchId: '1900000109', subAppId: 'wx1234567890abcdef' };
    const fields = parseXml(signedXml(provider, payFields(ORDER, code, '::1'), 'f00d'));
    expect(fields).toMatchObject({ sub_mch_id: '1900000109', sub_appid: 'wx1234567890abcdef' });
    expect(parseXml(signedXml(MERCHANT, {}, 'f00d'))).not.toHaveProperty('sub_mch_id');
  });

  it('keeps each text within its bytes, and the signature true to what was cut', () => {
    const order = { ...ORDER, body: '店'.repeat(60), attach: `${'班'.repeat(60)}`, deviceInfo: 'T'.repeat(40) };
    const fields = parseXml(signedXml(MERCHANT, payFields(order, code, '::1'), 'f00d'));
    expect(Buffer.byteLength(fields.body ?? '')).toBe(126);
    expect(Buffer.byteLength(fields.attach ?? '')).toBe(126);
    expect(fields.device_info).toHaveLength(32);
    expect(isSignedBy(fields, MERCHANT.apiKey, 'HMAC-SHA256')).toBe(true);
  });

  it('carries markup, control characters and emptiness without a wrong signature', () => {
    const order = { ...ORDER, body: 'A&B <c> ]]> "q" \u0007', attach: '', deviceInfo: '' };
    const fields = parseXml(signedXml(MERCHANT, payFields(order, code, '::1'), 'f00d'));
    expect(fields.body).toBe('A&B <c> ]]> "q"');
    expect(fields).not.toHaveProperty('attach');
    expect(isSignedBy(fields, MERCHANT.apiKey, 'HMAC-SHA256')).toBe(true);
  });

  it('never has an empty body, which the API refuses', () => {
    expect(payFields({ ...ORDER, body: ' \u0001' }, code, '::1').body).toBe('收款');
  });
});

describe('the refund request', () => {
  it('holds exactly the API’s fields, and is signed', () => {
    const refund = {
      ...REFUND,
      desc: '少了一个苹果',
      from: 'balance',
      notifyUrl: 'https://shop.example/refunds',
    } as const;
    const { sign, ...rest } = parseXml(signedXml(MERCHANT, refundFields(refund), 'f00d'));
    expect(rest).toEqual({
      appid: MERCHANT.appId,
      mch_id: MERCHANT.mchId,
      nonce_str: 'f00d',
      sign_type: 'HMAC-SHA256',
      out_trade_no: ORDER.outTradeNo,
      out_refund_no: REFUND.outRefundNo,
      total_fee: '1230',
      refund_fee: '230',
      refund_fee_type: 'CNY',
      refund_desc: '少了一个苹果',
      refund_account: 'REFUND_SOURCE_RECHARGE_FUNDS',
      notify_url: 'https://shop.example/refunds',
    });
    expect(isSignedBy({ ...rest, sign: sign ?? '' }, MERCHANT.apiKey, 'HMAC-SHA256')).toBe(true);
  });

  it('leaves out what was not said, and keeps the reason within 80 bytes', () => {
    const plain = parseXml(signedXml(MERCHANT, refundFields(REFUND), 'f00d'));
    for (const name of ['refund_desc', 'refund_account', 'notify_url']) expect(plain).not.toHaveProperty(name);
    expect(refundFields({ ...REFUND, desc: '退'.repeat(60) }).refund_desc).toBe('退'.repeat(26));
  });
});

describe('the refundquery request', () => {
  it.each([
    [{ outRefundNo: 'R1' }, { out_refund_no: 'R1' }],
    [{ refundId: '5030' }, { refund_id: '5030' }],
    [{ order: { outTradeNo: 'T1' } }, { out_trade_no: 'T1', offset: '' }],
    [
      { order: { transactionId: '4200' }, offset: 0 },
      { transaction_id: '4200', offset: '0' },
    ],
  ])('asks by one number: %o', (question, fields) => {
    expect(refundQueryFields(question)).toEqual(fields);
  });
});
