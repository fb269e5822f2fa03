import { describe, expect, it } from 'vitest';
import type { RefundAnswer, RefundReasonCode } from '../../../../../src/core/refund-answer.ts';
import { readRefundAnswer } from '../../../../../src/main/gateway/wechat-v2/answers/refund-answer.ts';
import { REFUND_ERRORS } from '../../../../../src/main/gateway/wechat-v2/errors/refund-errors.ts';
import type { Fields } from '../../../../../src/main/gateway/wechat-v2/wire/sign.ts';
import { acceptedFields, failedFields, MERCHANT, ORDER, REFUND, signed } from '../support/replies.ts';

const EXPECTED = { ...MERCHANT, ...REFUND, outTradeNo: ORDER.outTradeNo };
const read = (fields: Fields) => readRefundAnswer(signed(fields), EXPECTED);

describe('a refund reply', () => {
  it('is ACCEPTED when it is signed and names this very refund', () => {
    expect(read(acceptedFields())).toEqual({
      verdict: 'ACCEPTED',
      refund: {
        refundId: '50300000002026010200000000001',
        transactionId: '4200000000202601020000000001',
        refundFen: 230,
        cashFen: 230,
        couponFen: 0,
      },
    });
  });

  it.each<[changes: Fields, cashFen: number]>([
    [{ cash_refund_fee: '200', coupon_refund_fee: '30' }, 200],
    [{ cash_refund_fee: '0', coupon_refund_fee: '230' }, 0],
    [{ cash_refund_fee: '', coupon_refund_fee: '30' }, 200],
    [{ cash_refund_fee: '', coupon_refund_fee: '' }, 230],
    [{ cash_refund_fee: '231', coupon_refund_fee: 'x' }, 230],
  ])('divides the refund into cash and coupon (%o)', (changes, cashFen) => {
    const answer = read(acceptedFields(changes));
    expect(answer).toMatchObject({ verdict: 'ACCEPTED', refund: { cashFen, couponFen: 230 - cashFen } });
  });

  it.each<[changes: Fields, code: RefundReasonCode]>([
    [{ out_refund_no: 'another' }, 'REPLY_MISMATCH'],
    [{ out_refund_no: '' }, 'REPLY_MISMATCH'],
    [{ out_trade_no: 'another' }, 'REPLY_MISMATCH'],
    [{ out_trade_no: '' }, 'REPLY_MISMATCH'],
    [{ mch_id: '1' }, 'REPLY_MISMATCH'],
    [{ appid: '' }, 'REPLY_MISMATCH'],
    [{ refund_fee: '231' }, 'REPLY_MISMATCH'],
    [{ refund_fee: '2.30' }, 'REPLY_MISMATCH'],
    [{ total_fee: '230' }, 'REPLY_MISMATCH'],
    [{ refund_id: '' }, 'BAD_REPLY'],
    [{ result_code: 'PERHAPS' }, 'BAD_REPLY'],
  ])('is UNKNOWN with %o (%s)', (changes, code) => {
    expect(read(acceptedFields(changes))).toMatchObject({ verdict: 'UNKNOWN', reason: { code } });
  });

  it('of a refund asked for by transaction_id has to be about that transaction', () => {
    const expected = { ...MERCHANT, ...REFUND, transactionId: '4200000000202601020000000001' };
    expect(readRefundAnswer(signed(acceptedFields()), expected).verdict).toBe('ACCEPTED');
    const other = signed(acceptedFields({ transaction_id: '4200000000202601020000000002' }));
    expect(readRefundAnswer(other, expected)).toMatchObject({ reason: { gatewayText: 'transaction_id' } });
  });

  it('is UNKNOWN without a right signature, whatever it says', () => {
    for (const fields of [acceptedFields(), failedFields('TRADE_OVERDUE'), failedFields('NOTENOUGH')]) {
      expect(readRefundAnswer(fields, EXPECTED)).toEqual({ verdict: 'UNKNOWN', reason: { code: 'BAD_SIGNATURE' } });
    }
  });

  it.each<[text: string, code: RefundReasonCode]>([
    ['证书验证失败', 'BAD_CERTIFICATE'],
    ['签名错误', 'BAD_CONFIG'],
    ['system error', 'GATEWAY_BUSY'],
    ['什么', 'UNLISTED'],
  ])('with return_code FAIL, "%s", is UNKNOWN (%s)', (return_msg, code) => {
    const reply = { return_code: 'FAIL', return_msg };
    expect(readRefundAnswer(reply, EXPECTED)).toMatchObject({ verdict: 'UNKNOWN', reason: { code } });
  });

  const rows: [errCode: string, verdict: RefundAnswer['verdict'], code: RefundReasonCode][] = [
    ['SYSTEMERROR', 'UNKNOWN', 'GATEWAY_BUSY'],
    ['BIZERR_NEED_RETRY', 'UNKNOWN', 'GATEWAY_BUSY'],
    ['REFUND_FEE_MISMATCH', 'UNKNOWN', 'REFUND_NUMBER_USED'],
    ['ORDER_NOT_READY', 'AGAIN', 'ORDER_NOT_READY'],
    ['FREQUENCY_LIMITED', 'AGAIN', 'RATE_LIMITED'],
    ['INVALID_REQ_TOO_MUCH', 'AGAIN', 'RATE_LIMITED'],
    ['NOTENOUGH', 'AGAIN', 'MERCHANT_BALANCE_LOW'],
    ['NOAUTH', 'AGAIN', 'NO_PERMISSION'],
    ['CERT_ERROR', 'AGAIN', 'BAD_CERTIFICATE'],
    ['INVALID_TRANSACTIONID', 'AGAIN', 'BAD_CONFIG'],
    ['INVALID_REQUEST', 'AGAIN', 'BAD_CONFIG'],
    ['PARAM_ERROR', 'AGAIN', 'BAD_CONFIG'],
    ['LACK_PARAMS', 'AGAIN', 'BAD_CONFIG'],
    ['SIGNERROR', 'AGAIN', 'BAD_CONFIG'],
    ['XML_FORMAT_ERROR', 'AGAIN', 'BAD_CONFIG'],
    ['NOT_UTF8', 'AGAIN', 'BAD_CONFIG'],
    ['REQUIRE_POST_METHOD', 'AGAIN', 'BAD_CONFIG'],
    ['POST_DATA_EMPTY', 'AGAIN', 'BAD_CONFIG'],
    ['APPID_NOT_EXIST', 'AGAIN', 'BAD_CONFIG'],
    ['MCHID_NOT_EXIST', 'AGAIN', 'BAD_CONFIG'],
    ['APPID_MCHID_NOT_MATCH', 'AGAIN', 'BAD_CONFIG'],
    ['USER_ACCOUNT_ABNORMAL', 'REFUSED', 'PAYER_ACCOUNT_GONE'],
    ['TRADE_OVERDUE', 'REFUSED', 'REFUND_TOO_LATE'],
    ['ORDERNOTEXIST', 'REFUSED', 'ORDER_NOT_FOUND'],
    ['ERROR', 'REFUSED', 'REFUND_REFUSED'],
  ];

  it.each(rows)('%s is %s (%s)', (errCode, verdict, code) => {
    const reason = { code, gatewayCode: errCode, gatewayText: '说明' };
    expect(read(failedFields(errCode, '说明'))).toEqual({ verdict, reason });
  });

  it('has a row above for every code of the table, and calls no doubtful one a no', () => {
    expect([...REFUND_ERRORS.keys()].sort()).toEqual(rows.map(([errCode]) => errCode).sort());
    for (const { money, does } of REFUND_ERRORS.values()) expect(money === 'unknown').toBe(does === 'query');
  });

  it('with an unlisted code is UNKNOWN', () => {
    expect(read(failedFields('NEW_ERROR'))).toMatchObject({ verdict: 'UNKNOWN', reason: { code: 'UNLISTED' } });
    expect(read(failedFields(''))).toMatchObject({ verdict: 'UNKNOWN', reason: { code: 'UNLISTED' } });
  });

  it.each<[text: string, verdict: RefundAnswer['verdict'], code: RefundReasonCode]>([
    ['订单金额或退款金额与之前请求不一致，请核实后再试', 'UNKNOWN', 'REFUND_NUMBER_USED'],
    ['频率限制', 'AGAIN', 'RATE_LIMITED'],
    ['证书错误', 'AGAIN', 'BAD_CERTIFICATE'],
    ['无权限', 'AGAIN', 'NO_PERMISSION'],
  ])('INVALID_REQUEST "%s" is %s (%s)', (text, verdict, code) => {
    expect(read(failedFields('INVALID_REQUEST', text))).toMatchObject({ verdict, reason: { code } });
  });
});
