import { describe, expect, it } from 'vitest';
import { orderAdvice } from '../../../../../src/core/order-advice.ts';
import { readCloseAnswer } from '../../../../../src/main/gateway/wechat-v2/answers/close-answer.ts';
import { readOpenidAnswer } from '../../../../../src/main/gateway/wechat-v2/answers/openid-answer.ts';
import { readPlaceAnswer } from '../../../../../src/main/gateway/wechat-v2/answers/place-answer.ts';
import { CLOSE_ERRORS } from '../../../../../src/main/gateway/wechat-v2/errors/close-errors.ts';
import { OPENID_ERRORS } from '../../../../../src/main/gateway/wechat-v2/errors/openid-errors.ts';
import { PLACE_ERRORS } from '../../../../../src/main/gateway/wechat-v2/errors/place-errors.ts';
import type { Fields } from '../../../../../src/main/gateway/wechat-v2/wire/sign.ts';
import { EXPECTED, failedFields, MERCHANT, placedFields, reversedFields, signed } from '../support/replies.ts';

const INTEGRATION = [
  'PARAM_ERROR',
  'LACK_PARAMS',
  'SIGNERROR',
  'XML_FORMAT_ERROR',
  'NOT_UTF8',
  'REQUIRE_POST_METHOD',
  'POST_DATA_EMPTY',
  'APPID_NOT_EXIST',
  'MCHID_NOT_EXIST',
  'APPID_MCHID_NOT_MATCH',
];

/** Each row: error code, verdict, reason. */
type Row = readonly [errCode: string, verdict: string, code?: string];

function describeErrors(rows: readonly Row[], read: (fields: Fields) => object, codes: Iterable<string>): void {
  const named = rows.map(([errCode, verdict, code]) => ({ errCode, verdict, code }));
  it.each(named)('with the error $errCode is $verdict ($code)', ({ errCode, verdict, code }) => {
    expect(read(signed(failedFields(errCode)))).toEqual(
      code === undefined ? { verdict } : { verdict, reason: { code, gatewayCode: errCode } },
    );
  });

  it('has a row above for every code of the table', () => {
    expect([...codes].sort()).toEqual(rows.map(([errCode]) => errCode).sort());
  });

  it('proves nothing by an error that nobody knows, or by one that is unsigned', () => {
    const unlisted = read(signed(failedFields('NEW_ERROR')));
    expect(unlisted).toMatchObject({ verdict: expect.stringMatching(/UNKNOWN|AGAIN/), reason: { code: 'UNLISTED' } });
    for (const [errCode] of rows) {
      expect(read(failedFields(errCode))).toMatchObject({ reason: { code: 'BAD_SIGNATURE' } });
    }
  });

  it('tells a rate limit and a missing right from the other things INVALID_REQUEST can be', () => {
    const saying = (text: string) => read(signed(failedFields('INVALID_REQUEST', text)));
    expect(saying('频率限制')).toMatchObject({ reason: { code: 'RATE_LIMITED' } });
    expect(saying('无权限')).toMatchObject({ reason: { code: 'NO_PERMISSION' } });
  });
}

describe('a unifiedorder reply', () => {
  const native = { ...MERCHANT, tradeType: 'NATIVE' } as const;
  const read = (fields: Fields) => readPlaceAnswer(fields, native);

  it('that places an order brings what is shown and what a page needs', () => {
    expect(read(signed(placedFields()))).toEqual({
      verdict: 'PLACED',
      placed: { prepayId: 'wx201410272009395522657a690389285100', codeUrl: 'weixin://wxpay/bizpayurl?pr=NwY5Mz9' },
    });
    const inPage = readPlaceAnswer(signed(placedFields({ trade_type: 'JSAPI', code_url: '' })), {
      ...MERCHANT,
      tradeType: 'JSAPI',
    });
    expect(inPage).toMatchObject({ placed: { prepayId: 'wx201410272009395522657a690389285100' } });
    expect(inPage).not.toHaveProperty('placed.codeUrl');
  });

  it.each<[what: string, code: string, changes: Fields]>([
    ['another merchant', 'REPLY_MISMATCH', { mch_id: '1' }],
    ['no merchant', 'REPLY_MISMATCH', { mch_id: '' }],
    ['another trade type', 'REPLY_MISMATCH', { trade_type: 'JSAPI' }],
    ['no prepay_id', 'BAD_REPLY', { prepay_id: '' }],
    ['an endless prepay_id', 'BAD_REPLY', { prepay_id: 'w'.repeat(65) }],
    ['no code_url', 'BAD_REPLY', { code_url: '' }],
    ['a code_url of several lines', 'BAD_REPLY', { code_url: 'weixin://a\nb' }],
  ])('with %s is UNKNOWN (%s)', (_, code, changes) => {
    expect(read(signed(placedFields(changes)))).toMatchObject({ verdict: 'UNKNOWN', reason: { code } });
  });

  it('unsigned places nothing', () => {
    expect(read(placedFields())).toEqual({ verdict: 'UNKNOWN', reason: { code: 'BAD_SIGNATURE' } });
  });

  const rows: Row[] = [
    ['SYSTEMERROR', 'UNKNOWN', 'GATEWAY_BUSY'],
    ['ORDERPAID', 'UNKNOWN', 'ALREADY_PAID'],
    ['OUT_TRADE_NO_USED', 'UNKNOWN', 'NUMBER_USED'],
    ['ORDERCLOSED', 'REFUSED', 'ORDER_CLOSED'],
    ['NOTENOUGH', 'REFUSED', 'NOT_ENOUGH'],
    ['NOAUTH', 'REFUSED', 'NO_PERMISSION'],
    ['INVALID_REQUEST', 'REFUSED', 'BAD_CONFIG'],
    ...INTEGRATION.map((errCode): Row => [errCode, 'REFUSED', 'BAD_CONFIG']),
  ];
  describeErrors(rows, read, PLACE_ERRORS.keys());

  it('that says "number used" in words is asked about', () => {
    const answer = read(signed(failedFields('INVALID_REQUEST', '201 商户订单号重复')));
    expect(answer).toMatchObject({ verdict: 'UNKNOWN', reason: { code: 'NUMBER_USED' } });
  });
});

describe('a closeorder reply', () => {
  const read = (fields: Fields) => readCloseAnswer(fields, EXPECTED);
  const closed = (changes: Fields = {}) => reversedFields('', changes);

  it('signed, and of success, closes the order', () => {
    expect(read(signed(closed()))).toEqual({ verdict: 'CLOSED' });
  });

  it.each<[what: string, changes: Fields]>([
    ['another order', { out_trade_no: 'another' }],
    ['another merchant', { mch_id: '1' }],
  ])('about %s closes nothing', (_, changes) => {
    expect(read(signed(closed(changes)))).toMatchObject({ verdict: 'AGAIN', reason: { code: 'REPLY_MISMATCH' } });
  });

  it('unsigned closes nothing', () => {
    expect(read(closed())).toEqual({ verdict: 'AGAIN', reason: { code: 'BAD_SIGNATURE' } });
  });

  const rows: Row[] = [
    ['ORDERCLOSED', 'CLOSED'],
    ['ORDERPAID', 'ALREADY_PAID'],
    ['ORDERNOTEXIST', 'NOT_FOUND'],
    ['SYSTEMERROR', 'AGAIN', 'GATEWAY_BUSY'],
    ['TRADE_STATE_ERROR', 'REFUSED', 'CLOSE_REFUSED'],
    ['NOAUTH', 'AGAIN', 'NO_PERMISSION'],
    ['INVALID_REQUEST', 'AGAIN', 'BAD_CONFIG'],
    ...INTEGRATION.map((errCode): Row => [errCode, 'AGAIN', 'BAD_CONFIG']),
  ];
  describeErrors(rows, read, CLOSE_ERRORS.keys());
});

describe('an authcodetoopenid reply', () => {
  const read = (fields: Fields) => readOpenidAnswer(fields, MERCHANT);
  const found = (changes: Fields = {}) => reversedFields('', { openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o', ...changes });

  it('names the payer, and under a sub-merchant’s appid too where there is one', () => {
    expect(read(signed(found()))).toEqual({ verdict: 'FOUND', openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o' });
    expect(read(signed(found({ sub_openid: 'oSub' })))).toMatchObject({ subOpenid: 'oSub' });
  });

  it.each<[what: string, code: string, changes: Fields]>([
    ['another merchant', 'REPLY_MISMATCH', { mch_id: '1' }],
    ['no merchant', 'REPLY_MISMATCH', { mch_id: '' }],
    ['no openid', 'BAD_REPLY', { openid: '' }],
  ])('with %s names nobody (%s)', (_, code, changes) => {
    expect(read(signed(found(changes)))).toMatchObject({ verdict: 'UNKNOWN', reason: { code } });
  });

  it('unsigned names nobody', () => {
    expect(read(found())).toEqual({ verdict: 'UNKNOWN', reason: { code: 'BAD_SIGNATURE' } });
  });

  const rows: Row[] = [
    ['AUTHCODEEXPIRE', 'REFUSED', 'CODE_EXPIRED'],
    ['AUTH_CODE_ERROR', 'REFUSED', 'CODE_INVALID'],
    ['AUTH_CODE_INVALID', 'REFUSED', 'CODE_INVALID'],
    ['SYSTEMERROR', 'UNKNOWN', 'GATEWAY_BUSY'],
    ['NOAUTH', 'UNKNOWN', 'NO_PERMISSION'],
    ['INVALID_REQUEST', 'UNKNOWN', 'BAD_CONFIG'],
    ...INTEGRATION.map((errCode): Row => [errCode, 'UNKNOWN', 'BAD_CONFIG']),
  ];
  describeErrors(rows, read, OPENID_ERRORS.keys());
});

describe('the words for these errors', () => {
  it('never say that nothing was taken where the gateway left it open', () => {
    for (const { money, reason } of [...PLACE_ERRORS.values(), ...CLOSE_ERRORS.values()]) {
      if (money === 'unknown' && reason) expect(orderAdvice(reason).money.en).not.toMatch(/nothing|no more money/i);
    }
  });
});
