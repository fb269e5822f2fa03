import { describe, expect, it } from 'vitest';
import { fen } from '../../../../../src/core/money.ts';
import { seededRandom } from '../../../../../src/core/random.ts';
import { Secret } from '../../../../../src/core/secret.ts';
import { hearNotification } from '../../../../../src/main/gateway/wechat-v2/notifications/hear.ts';
import type { Heard } from '../../../../../src/main/gateway/wechat-v2/notifications/notification.ts';
import { encryptReqInfo } from '../../../../../src/main/gateway/wechat-v2/wire/req-info.ts';
import type { Fields, SignType } from '../../../../../src/main/gateway/wechat-v2/wire/sign.ts';
import { buildXml, parseXml } from '../../../../../src/main/gateway/wechat-v2/wire/xml.ts';
import vectors from '../../../../fixtures/wechat-v2-notifications.json' with { type: 'json' };
import { failedFields, MERCHANT, ORDER, paidFields, signed, xml } from '../support/replies.ts';

const ANOTHER_KEY = new Secret('0'.repeat(32));
const known = { amountOf: (outTradeNo: string) => (outTradeNo === ORDER.outTradeNo ? ORDER.amountFen : undefined) };
const hear = (body: string | Uint8Array, merchant = MERCHANT) => hearNotification(Buffer.from(body), merchant, known);

/** Every refusal is answered FAIL, and every event SUCCESS; and neither is ever both. */
function expectRefused(heard: Heard, code: string, field?: string): void {
  expect(heard).toEqual({ refusal: field === undefined ? { code } : { code, field }, reply: heard.reply });
  expect(parseXml(heard.reply)).toMatchObject({
    return_code: 'FAIL',
    return_msg: expect.stringMatching(/\p{Script=Han}/u),
  });
}

function refundFields(changes: Fields = {}): Fields {
  return {
    transaction_id: '4200000000202601020000000001',
    out_trade_no: ORDER.outTradeNo,
    refund_id: '50300000002026010200000000001',
    out_refund_no: 'R-1',
    total_fee: '1230',
    settlement_total_fee: '1230',
    refund_fee: '230',
    settlement_refund_fee: '230',
    refund_status: 'SUCCESS',
    success_time: '2026-01-02 10:06:00',
    refund_recv_accout: '支付用户零钱',
    refund_account: 'REFUND_SOURCE_UNSETTLED_FUNDS',
    refund_request_source: 'API',
    ...changes,
  };
}

function refundXml(inner: Fields, outer: Fields = {}, key = MERCHANT.apiKey): string {
  const req_info = encryptReqInfo(buildXml(inner, 'root'), key);
  const { appId: appid, mchId: mch_id } = MERCHANT;
  return buildXml({ return_code: 'SUCCESS', appid, mch_id, nonce_str: 'n0nce', req_info, ...outer });
}

describe('the notification of a payment', () => {
  it.each<SignType>(['MD5', 'HMAC-SHA256'])('signed with %s is heard, and confirmed as documented', (signType) => {
    const heard = hear(xml(signed(paidFields(), MERCHANT.apiKey, signType)), { ...MERCHANT, signType });
    expect(heard).toMatchObject({
      event: {
        kind: 'payment',
        outTradeNo: ORDER.outTradeNo,
        settlement: { transactionId: '4200000000202601020000000001', totalFen: 1230, timeEnd: '20260102100511' },
      },
      reply: '<xml><return_code><![CDATA[SUCCESS]]></return_code><return_msg><![CDATA[OK]]></return_msg></xml>',
    });
  });

  it('again is heard the same', () => {
    const body = xml(signed(paidFields()));
    expect(hear(body)).toEqual(hear(body));
  });

  it('that it failed is heard as that, with the gateway’s words', () => {
    const failed = failedFields('TRADE_ERROR', '支付失败', { out_trade_no: ORDER.outTradeNo });
    expect(hear(xml(signed(failed)))).toMatchObject({
      event: { kind: 'payment-failed', reason: { gatewayCode: 'TRADE_ERROR', gatewayText: '支付失败' } },
    });
  });

  it.each(vectors.payments)(
    'as published ($id) is heard with all its tags signed, in whatever order',
    ({ xml: body }) => {
      const fields = { ...parseXml(body), appid: MERCHANT.appId, cash_fee: '1' };
      const orders = { amountOf: () => fen(1) };
      const heard = hearNotification(Buffer.from(xml(signed(fields))), MERCHANT, orders);
      expect(heard).toMatchObject({ event: { outTradeNo: '1409811653', settlement: { totalFen: 1 } } });
      const { coupon_fee_1: _, ...without } = signed(fields);
      expectRefused(hearNotification(Buffer.from(xml(without)), MERCHANT, orders), 'BAD_SIGNATURE');
    },
  );

  it.each<[what: string, code: string, field: string | undefined, fields: Fields]>([
    ['no signature', 'BAD_SIGNATURE', undefined, paidFields()],
    ['another’s signature', 'BAD_SIGNATURE', undefined, signed(paidFields(), ANOTHER_KEY)],
    ['a signature of another type', 'BAD_SIGNATURE', undefined, signed(paidFields(), MERCHANT.apiKey, 'MD5')],
    ['a field added on the way', 'BAD_SIGNATURE', undefined, { ...signed(paidFields()), coupon_fee: '1' }],
    ['another amount', 'OTHER_AMOUNT', 'total_fee', signed(paidFields({ total_fee: '1' }))],
    ['another currency', 'OTHER_AMOUNT', 'fee_type', signed(paidFields({ fee_type: 'USD' }))],
    ['another merchant', 'NOT_OURS', 'mch_id', signed(paidFields({ mch_id: '1' }))],
    ['another appid', 'NOT_OURS', 'appid', signed(paidFields({ appid: 'wx0000000000000000' }))],
    ['no merchant', 'NOT_OURS', 'mch_id', signed(paidFields({ mch_id: '' }))],
    ['an order of nobody’s', 'UNKNOWN_ORDER', undefined, signed(paidFields({ out_trade_no: 'another' }))],
    ['no order', 'INCOMPLETE', 'out_trade_no', signed(paidFields({ out_trade_no: '' }))],
    ['no transaction', 'INCOMPLETE', 'transaction_id', signed(paidFields({ transaction_id: '' }))],
    ['no result', 'INCOMPLETE', 'result_code', signed(paidFields({ result_code: '' }))],
    ['no return_code', 'INCOMPLETE', 'return_code', signed(paidFields({ return_code: '' }))],
    ['return_code FAIL', 'INCOMPLETE', 'return_code', signed(paidFields({ return_code: 'FAIL' }))],
  ])('with %s is refused (%s %s)', (_, code, field, fields) => {
    expectRefused(hear(xml(fields)), code, field);
  });

  it('to a service provider has to be for its sub-merchant', () => {
    const provider = { ...MERCHANT, subMchId: '1900000109', subAppId: 'wxsub' };
    const mine = paidFields({ sub_mch_id: '1900000109', sub_appid: 'wxsub' });
    expect(hear(xml(signed(mine)), provider)).toHaveProperty('event');
    expectRefused(hear(xml(signed({ ...mine, sub_mch_id: '1' })), provider), 'NOT_OURS', 'sub_mch_id');
    expectRefused(hear(xml(signed(paidFields())), provider), 'NOT_OURS', 'sub_mch_id');
  });
});

describe('the notification of a refund', () => {
  it.each([
    ['SUCCESS', 'SUCCESS'],
    ['CHANGE', 'CHANGE'],
    ['REFUNDCLOSE', 'CLOSED'],
    ['NEW_STATE', 'UNKNOWN'],
  ])('that ended as %s is heard as %s', (refund_status, state) => {
    const heard = hear(refundXml(refundFields({ refund_status })));
    expect(heard).toMatchObject({
      event: {
        kind: 'refund',
        outTradeNo: ORDER.outTradeNo,
        totalFen: 1230,
        refund: { outRefundNo: 'R-1', refundFen: 230, state, receivedBy: '支付用户零钱' },
      },
    });
    expect(parseXml(heard.reply).return_code).toBe('SUCCESS');
  });

  it.each(vectors.refunds)('as published ($id) is heard', ({ key, req_info, expected_fields }) => {
    const merchant = { ...MERCHANT, apiKey: new Secret(key) };
    const total = fen(Number(expected_fields.total_fee));
    const body = refundXml({}, { req_info });
    expect(hearNotification(Buffer.from(body), merchant, { amountOf: () => total })).toMatchObject({
      event: {
        outTradeNo: expected_fields.out_trade_no,
        refund: {
          refundId: expected_fields.refund_id,
          state: 'SUCCESS',
          receivedBy: expected_fields.refund_recv_accout,
        },
      },
    });
  });

  it.each<[what: string, code: string, field: string | undefined, body: string]>([
    ['encrypted with another key', 'UNDECRYPTABLE', 'req_info', refundXml(refundFields(), {}, ANOTHER_KEY)],
    ['that is not base64', 'UNDECRYPTABLE', 'req_info', refundXml({}, { req_info: 'R1 R2 <' })],
    [
      'with another root inside',
      'UNREADABLE',
      'req_info',
      refundXml({}, { req_info: encrypted('<xml><a>1</a></xml>') }),
    ],
    ['with a DOCTYPE inside', 'UNREADABLE', 'req_info', refundXml({}, { req_info: encrypted('<!DOCTYPE r><root/>') })],
    ['for another merchant', 'NOT_OURS', 'mch_id', refundXml(refundFields(), { mch_id: '1' })],
    ['for no appid', 'NOT_OURS', 'appid', refundXml(refundFields(), { appid: '' })],
    ['of an order of nobody’s', 'UNKNOWN_ORDER', undefined, refundXml(refundFields({ out_trade_no: 'another' }))],
    ['of another total', 'OTHER_AMOUNT', 'total_fee', refundXml(refundFields({ total_fee: '1231' }))],
    ['of more than the order', 'OTHER_AMOUNT', 'refund_fee', refundXml(refundFields({ refund_fee: '1231' }))],
    ['of nothing', 'OTHER_AMOUNT', 'refund_fee', refundXml(refundFields({ refund_fee: '0' }))],
    ['without its number', 'INCOMPLETE', 'out_refund_no', refundXml(refundFields({ out_refund_no: '' }))],
    ['without a state', 'INCOMPLETE', 'refund_status', refundXml(refundFields({ refund_status: '' }))],
  ])('%s is refused (%s %s)', (_, code, field, body) => {
    expectRefused(hear(body), code, field);
  });

  it('to a service provider has to be for its sub-merchant', () => {
    const provider = { ...MERCHANT, subMchId: '1900000109', subAppId: 'wxsub' };
    expect(hear(refundXml(refundFields(), { sub_mch_id: '1900000109' }), provider)).toHaveProperty('event');
    expectRefused(hear(refundXml(refundFields()), provider), 'NOT_OURS', 'sub_mch_id');
    const other = refundXml(refundFields(), { sub_mch_id: '1900000109', sub_appid: 'wx0' });
    expectRefused(hear(other, provider), 'NOT_OURS', 'sub_appid');
  });
});

describe('whatever else comes', () => {
  const good = xml(signed(paidFields()));

  it.each<[what: string, body: string | Uint8Array]>([
    ['nothing', ''],
    ['a form', 'out_trade_no=1&total_fee=1'],
    ['JSON', '{"return_code":"SUCCESS"}'],
    ['half a message', good.slice(0, -20)],
    ['a DOCTYPE', `<!DOCTYPE xml [<!ENTITY a "b">]>${good}`],
    ['an entity', good.replace('CMB_DEBIT', '&a;')],
    ['an external entity', `<!DOCTYPE x SYSTEM "file:///etc/passwd">${good}`],
    ['a field twice', good.replace('</xml>', '<total_fee>1230</total_fee></xml>')],
    ['nested fields', good.replace('</xml>', '<a><b>1</b></a></xml>')],
    ['a prototype', good.replace('</xml>', '<__proto__>1</__proto__></xml>')],
    ['another root', good.replace('<xml>', '<root>').replace('</xml>', '</root>')],
    ['UTF-16', Buffer.from(good, 'utf16le')],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00, 0x3c])],
    ['more than 64 KiB', good.replace('</xml>', `<a>${'x'.repeat(65_536)}</a></xml>`)],
  ])('%s is refused', (_, body) => {
    expectRefused(hear(body), 'UNREADABLE');
  });

  it('damaged anywhere, is refused or heard unchanged, and never throws', () => {
    const random = seededRandom(9_7);
    const bodies = [good, refundXml(refundFields())];
    for (let round = 0; round < 2_000; round++) {
      const [body = ''] = bodies.splice(0, 1);
      bodies.push(body);
      const bytes = Buffer.from(body);
      for (let hit = 0; hit <= random() * 3; hit++) bytes[Math.floor(random() * bytes.length)] = random() * 256;
      const heard = hear(random() < 0.3 ? bytes.subarray(0, random() * bytes.length) : bytes);
      const outcome = 'event' in heard ? heard.event : heard.refusal;
      if ('kind' in outcome && outcome.kind === 'payment') expect(heard).toEqual(hear(good));
      expect(heard.reply).not.toContain(MERCHANT.apiKey.reveal());
    }
  });
});

function encrypted(text: string): string {
  return encryptReqInfo(text, MERCHANT.apiKey);
}
