import { describe, expect, it } from 'vitest';
import { advice } from '../../../../../src/core/advice.ts';
import type { ReasonCode } from '../../../../../src/core/gateway-answer.ts';
import { Secret } from '../../../../../src/core/secret.ts';
import { readPayAnswer } from '../../../../../src/main/gateway/wechat-v2/answers/pay-answer.ts';
import { PAY_ERRORS } from '../../../../../src/main/gateway/wechat-v2/errors/pay-errors.ts';
import type { Fields } from '../../../../../src/main/gateway/wechat-v2/wire/sign.ts';
import { CODE, EXPECTED, failedFields, MERCHANT, paidFields, signed } from '../support/replies.ts';

const read = (fields: Fields) => readPayAnswer(signed(fields), EXPECTED);

describe('a micropay reply that says paid', () => {
  it('is PAID when it is signed and about this very order', () => {
    expect(read(paidFields())).toEqual({
      verdict: 'PAID',
      settlement: {
        transactionId: '4200000000202601020000000001',
        totalFen: 1230,
        cashFen: 1230,
        couponFen: 0,
        bankType: 'CMB_DEBIT',
        timeEnd: '20260102100511',
      },
    });
  });

  it.each<[what: string, changes: Fields, cashFen: number, couponFen: number]>([
    ['a coupon', { cash_fee: '1200', coupon_fee: '30', coupon_count: '1', coupon_fee_0: '30' }, 1200, 30],
    ['a coupon for all of it', { cash_fee: '0', coupon_fee: '1230' }, 0, 1230],
    ['a coupon and no cash_fee', { cash_fee: '', coupon_fee: '30' }, 1200, 30],
    ['neither', { cash_fee: '' }, 1230, 0],
    ['more cash than the total', { cash_fee: '9999' }, 1230, 0],
    ['an amount that is no number', { cash_fee: '12.30', coupon_fee: '-1' }, 1230, 0],
  ])('with %s is PAID all the same, and always adds up', (_, changes, cashFen, couponFen) => {
    expect(read(paidFields(changes))).toMatchObject({ verdict: 'PAID', settlement: { cashFen, couponFen } });
  });

  it('may leave fee_type out, which means CNY', () => {
    expect(read(paidFields({ fee_type: '' })).verdict).toBe('PAID');
  });

  it('is verified over every field, known or not', () => {
    expect(read(paidFields({ added_later: '中文 & <b>' })).verdict).toBe('PAID');
  });

  it.each<[what: string, changes: Fields]>([
    ['another amount', { total_fee: '1231' }],
    ['no amount', { total_fee: '' }],
    ['the amount written otherwise', { total_fee: '01230' }],
    ['another order', { out_trade_no: '0001-01-000042-1k7q9' }],
    ['no order', { out_trade_no: '' }],
    ['another merchant', { mch_id: '10000101' }],
    ['no merchant', { mch_id: '' }],
    ['another app', { appid: 'wx0000000000000000' }],
    ['another currency', { fee_type: 'HKD' }],
  ])('with %s is UNKNOWN, never DECLINED', (_, changes) => {
    expect(read(paidFields(changes))).toMatchObject({ verdict: 'UNKNOWN', reason: { code: 'REPLY_MISMATCH' } });
  });

  it('is for one shop of a service provider and no other', () => {
    const provider = { ...EXPECTED, subMchId: '1900000109' };
    const readFor = (fields: Fields) => readPayAnswer(signed(fields), provider);
    expect(readFor(paidFields({ sub_mch_id: '1900000109' })).verdict).toBe('PAID');
    expect(readFor(paidFields({ sub_mch_id: '1900000110' }))).toMatchObject({ reason: { code: 'REPLY_MISMATCH' } });
    expect(readFor(paidFields())).toMatchObject({ verdict: 'UNKNOWN', reason: { code: 'REPLY_MISMATCH' } });
  });

  it('without a transaction_id is UNKNOWN', () => {
    expect(read(paidFields({ transaction_id: '' }))).toMatchObject({
      verdict: 'UNKNOWN',
      reason: { code: 'BAD_REPLY' },
    });
  });

  it.each<[what: string, reply: Fields]>([
    ['no signature', paidFields()],
    ['an empty signature', { ...paidFields(), sign: '' }],
    ['the signature of another key', signed(paidFields(), new Secret('another key'))],
    ['an MD5 signature where HMAC-SHA256 was agreed', signed(paidFields(), MERCHANT.apiKey, 'MD5')],
    [
      'the sandbox’s signature, which forgets a zero',
      { ...paidFields({ cash_fee: '0' }), sign: signed(paidFields({ cash_fee: '' })).sign ?? '' },
    ],
    ['something changed after signing', { ...signed(paidFields({ total_fee: '1' })), total_fee: '1230' }],
  ])('with %s is UNKNOWN, and not believed', (_, reply) => {
    expect(readPayAnswer(reply, EXPECTED)).toEqual({ verdict: 'UNKNOWN', reason: { code: 'BAD_SIGNATURE' } });
  });
});

describe('a micropay reply with an error', () => {
  const rows: [errCode: string, verdict: 'DECLINED' | 'UNKNOWN', reason: ReasonCode, thenReverse?: boolean][] = [
    ['SYSTEMERROR', 'UNKNOWN', 'GATEWAY_BUSY'],
    ['BANKERROR', 'UNKNOWN', 'BANK_BUSY'],
    ['USERPAYING', 'UNKNOWN', 'AWAITING_PASSWORD'],
    ['ORDERPAID', 'UNKNOWN', 'ALREADY_PAID'],
    ['OUT_TRADE_NO_USED', 'UNKNOWN', 'NUMBER_USED'],
    ['NOTENOUGH', 'DECLINED', 'NOT_ENOUGH'],
    ['AUTHCODEEXPIRE', 'DECLINED', 'CODE_EXPIRED'],
    ['AUTH_CODE_ERROR', 'DECLINED', 'CODE_INVALID'],
    ['AUTH_CODE_INVALID', 'DECLINED', 'CODE_INVALID'],
    ['NOTSUPORTCARD', 'DECLINED', 'CARD_NOT_SUPPORTED'],
    ['ORDERCLOSED', 'DECLINED', 'ORDER_CLOSED'],
    ['ORDERREVERSED', 'DECLINED', 'ORDER_REVERSED'],
    ['NOAUTH', 'DECLINED', 'NO_PERMISSION'],
    ['INVALID_REQUEST', 'DECLINED', 'BAD_CONFIG'],
    ['TRADE_ERROR', 'DECLINED', 'TRADE_REFUSED', true],
    ['BUYER_MISMATCH', 'DECLINED', 'PAYER_MISMATCH', true],
    ['PARAM_ERROR', 'DECLINED', 'BAD_CONFIG'],
    ['LACK_PARAMS', 'DECLINED', 'BAD_CONFIG'],
    ['SIGNERROR', 'DECLINED', 'BAD_CONFIG'],
    ['XML_FORMAT_ERROR', 'DECLINED', 'BAD_CONFIG'],
    ['NOT_UTF8', 'DECLINED', 'BAD_CONFIG'],
    ['REQUIRE_POST_METHOD', 'DECLINED', 'BAD_CONFIG'],
    ['POST_DATA_EMPTY', 'DECLINED', 'BAD_CONFIG'],
    ['APPID_NOT_EXIST', 'DECLINED', 'BAD_CONFIG'],
    ['MCHID_NOT_EXIST', 'DECLINED', 'BAD_CONFIG'],
    ['APPID_MCHID_NOT_MATCH', 'DECLINED', 'BAD_CONFIG'],
  ];

  it.each(rows)('%s is %s (%s)', (errCode, verdict, code, thenReverse = false) => {
    const reason = { code, gatewayCode: errCode, gatewayText: '说明' };
    const asked = errCode === 'USERPAYING' ? { passwordAsked: true } : {};
    expect(read(failedFields(errCode, '说明'))).toEqual(
      verdict === 'DECLINED' ? { verdict, reason, thenReverse } : { verdict, reason, ...asked },
    );
  });

  it('has a row above for every code of the table, and no other', () => {
    expect([...PAY_ERRORS.keys()].sort()).toEqual(rows.map(([errCode]) => errCode).sort());
  });

  it.each([...PAY_ERRORS])('%s: the words for the cashier fit what it means for the money', (_, rule) => {
    expect(rule.reason).toBeDefined();
    expect(rule.does === 'query').toBe(rule.money === 'unknown');
    const { money } = advice(rule.reason ?? 'UNLISTED');
    if (rule.money === 'unknown') expect(money).toEqual(advice('NO_REPLY').money);
  });

  it.each<[text: string, verdict: string, code: ReasonCode]>([
    ['201 商户订单号重复', 'UNKNOWN', 'NUMBER_USED'],
    ['商户订单号重复', 'UNKNOWN', 'NUMBER_USED'],
    ['频率限制，请1分钟后再试', 'DECLINED', 'RATE_LIMITED'],
    ['invalid request: frequency limited', 'DECLINED', 'RATE_LIMITED'],
    ['商户无此接口权限', 'DECLINED', 'NO_PERMISSION'],
    ['参数错误', 'DECLINED', 'BAD_CONFIG'],
  ])('INVALID_REQUEST "%s" is %s (%s)', (text, verdict, code) => {
    expect(read(failedFields('INVALID_REQUEST', text))).toMatchObject({ verdict, reason: { code } });
  });

  it.each(['RULELIMIT', '268449641', 'toString', '__proto__', ''])(
    'the unlisted code "%s" proves nothing',
    (errCode) => {
      expect(read(failedFields(errCode))).toMatchObject({ verdict: 'UNKNOWN', reason: { code: 'UNLISTED' } });
    },
  );

  it('is not believed without a signature: a forged no must not free the sale', () => {
    const answer = readPayAnswer(failedFields('NOTENOUGH'), EXPECTED);
    expect(answer).toEqual({ verdict: 'UNKNOWN', reason: { code: 'BAD_SIGNATURE' } });
  });

  it('is not believed when it is about another order', () => {
    const answer = read(failedFields('NOTENOUGH', '', { out_trade_no: 'another' }));
    expect(answer).toMatchObject({ verdict: 'UNKNOWN', reason: { code: 'REPLY_MISMATCH' } });
  });

  it('keeps a payment code or key that the gateway quotes out of the reason', () => {
    const text = `auth_code ${CODE} invalid, key ${MERCHANT.apiKey.reveal()}`;
    const printed = JSON.stringify([read(failedFields('AUTH_CODE_INVALID', text)), read(failedFields(CODE, text))]);
    expect(printed).not.toContain(CODE);
    expect(printed).not.toContain(MERCHANT.apiKey.reveal());
  });

  it('keeps at most 128 characters of the gateway’s words, on one line', () => {
    const answer = read(failedFields('NOTENOUGH', `a\nb${'余'.repeat(500)}`));
    expect('reason' in answer && answer.reason.gatewayText).toMatch(/^a b余{125}$/);
  });
});

describe('an unsigned micropay reply (return_code not SUCCESS)', () => {
  it.each<[returnCode: string, text: string, code: ReasonCode]>([
    ['FAIL', '签名错误', 'BAD_CONFIG'],
    ['FAIL', 'SIGNERROR', 'BAD_CONFIG'],
    ['FAIL', 'system error', 'GATEWAY_BUSY'],
    ['FAIL', '系统繁忙，请稍后再试', 'GATEWAY_BUSY'],
    ['SYSTEMERROR', '', 'GATEWAY_BUSY'],
    ['FAIL', 'appid不存在', 'BAD_CONFIG'],
    ['FAIL', '缺少参数', 'BAD_CONFIG'],
    ['FAIL', 'XML格式错误', 'BAD_CONFIG'],
    ['FAIL', '频率过高', 'RATE_LIMITED'],
    ['FAIL', '没有权限', 'NO_PERMISSION'],
    ['FAIL', 'ok?', 'UNLISTED'],
    ['', '', 'BAD_REPLY'],
  ])('%s "%s" is UNKNOWN, and told as %s', (returnCode, text, code) => {
    const answer = readPayAnswer({ return_code: returnCode, return_msg: text }, EXPECTED);
    expect(answer).toMatchObject({ verdict: 'UNKNOWN', reason: { code } });
  });

  it('is UNKNOWN even when it claims to be paid and signed', () => {
    const answer = readPayAnswer(signed(paidFields({ return_code: 'FAIL' })), EXPECTED);
    expect(answer.verdict).toBe('UNKNOWN');
  });

  it.each(['', 'success', 'MAYBE'])('result_code "%s" is neither yes nor no', (resultCode) => {
    expect(read(paidFields({ result_code: resultCode }))).toMatchObject({
      verdict: 'UNKNOWN',
      reason: { code: 'BAD_REPLY' },
    });
  });
});
