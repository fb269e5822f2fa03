import { describe, expect, it } from 'vitest';
import type { RefundReasonCode, RefundState } from '../../../../../src/core/refund-answer.ts';
import type { RefundQuestion } from '../../../../../src/main/gateway/gateway.ts';
import { readRefundQueryAnswer } from '../../../../../src/main/gateway/wechat-v2/answers/refund-query-answer.ts';
import {
  REFUND_QUERY_ERRORS,
  REFUND_STATES,
} from '../../../../../src/main/gateway/wechat-v2/errors/refund-query-errors.ts';
import type { Fields } from '../../../../../src/main/gateway/wechat-v2/wire/sign.ts';
import { failedFields, MERCHANT, ORDER, REFUND, refundStateFields, signed } from '../support/replies.ts';

const BY_NUMBER = { outRefundNo: REFUND.outRefundNo };
const BY_ORDER = { order: { outTradeNo: ORDER.outTradeNo } };
const read = (fields: Fields, question: RefundQuestion = BY_NUMBER) =>
  readRefundQueryAnswer(signed(fields), { ...MERCHANT, question });

const SECOND: Fields = {
  refund_count: '2',
  out_refund_no_1: 'R2',
  refund_id_1: '50300000002026010200000000002',
  refund_fee_1: '1000',
  refund_status_1: 'PROCESSING',
};

describe('a refundquery reply', () => {
  it('is FOUND, with all that it says of the refund', () => {
    expect(read(refundStateFields('SUCCESS', { refund_success_time_0: '2026-01-02 10:06:00' }))).toEqual({
      verdict: 'FOUND',
      found: {
        transactionId: '4200000000202601020000000001',
        outTradeNo: ORDER.outTradeNo,
        totalFen: 1230,
        totalCount: undefined,
        refunds: [
          {
            outRefundNo: REFUND.outRefundNo,
            refundId: '50300000002026010200000000001',
            state: 'SUCCESS',
            refundFen: 230,
            receivedBy: '招商银行信用卡8915',
            succeededAt: '2026-01-02 10:06:00',
          },
        ],
      },
    });
  });

  const states: [status: string, state: RefundState][] = [
    ['PROCESSING', 'PROCESSING'],
    ['SUCCESS', 'SUCCESS'],
    ['CHANGE', 'CHANGE'],
    ['REFUNDCLOSE', 'CLOSED'],
  ];
  it.each<[status: string, state: RefundState]>([
    ...states,
    ['FAIL', 'UNKNOWN'],
    ['success', 'UNKNOWN'],
    ['', 'UNKNOWN'],
  ])('with status "%s" tells of a refund that is %s', (status, state) => {
    expect(read(refundStateFields(status))).toMatchObject({ verdict: 'FOUND', found: { refunds: [{ state }] } });
  });

  it('has a row above for every documented status', () => {
    expect([...REFUND_STATES]).toEqual(states);
  });

  it('about an order tells all of its refunds, and how many there are when asked by pages', () => {
    const answer = read(refundStateFields('SUCCESS', { ...SECOND, total_refund_count: '12' }), BY_ORDER);
    expect(answer).toMatchObject({ found: { totalCount: 12, refunds: [{ refundFen: 230 }, { refundFen: 1000 }] } });
  });

  it('about one refund leaves out the others, and is UNKNOWN when it is not among them', () => {
    expect(read(refundStateFields('SUCCESS', SECOND), { outRefundNo: 'R2' })).toMatchObject({
      found: { refunds: [{ outRefundNo: 'R2', state: 'PROCESSING' }] },
    });
    for (const question of [{ outRefundNo: 'R3' }, { refundId: '5' }]) {
      expect(read(refundStateFields('SUCCESS', SECOND), question)).toMatchObject({
        verdict: 'UNKNOWN',
        reason: { code: 'REPLY_MISMATCH' },
      });
    }
  });

  it.each<[changes: Fields, field: string]>([
    [{ refund_count: '2' }, 'out_refund_no_1'],
    [{ refund_count: '' }, 'refund_count'],
    [{ refund_count: '0' }, 'refund_count'],
    [{ refund_count: '51' }, 'refund_count'],
    [{ refund_count: '1e1' }, 'refund_count'],
    [{ refund_fee_0: '1231' }, 'refund_fee_0'],
    [{ refund_fee_0: '-1' }, 'refund_fee_0'],
    [{ refund_fee_0: '0' }, 'refund_fee_0'],
    [{ refund_id_0: '' }, 'refund_id_0'],
    [{ total_fee: '12.30' }, 'total_fee'],
    [{ transaction_id: '' }, 'transaction_id'],
    [{ out_trade_no: '' }, 'out_trade_no'],
  ])('is UNKNOWN with %o: %s cannot be read', (changes, field) => {
    expect(read(refundStateFields('SUCCESS', changes))).toEqual({
      verdict: 'UNKNOWN',
      reason: { code: 'BAD_REPLY', gatewayText: field },
    });
  });

  it('is UNKNOWN when it is about another order or merchant, or not signed', () => {
    expect(read(refundStateFields('SUCCESS', { out_trade_no: 'T' }), BY_ORDER)).toMatchObject({
      reason: { code: 'REPLY_MISMATCH' },
    });
    expect(read(refundStateFields('SUCCESS', { mch_id: '1' }))).toMatchObject({ reason: { code: 'REPLY_MISMATCH' } });
    const unsigned = readRefundQueryAnswer(refundStateFields('SUCCESS'), { ...MERCHANT, question: BY_NUMBER });
    expect(unsigned).toEqual({ verdict: 'UNKNOWN', reason: { code: 'BAD_SIGNATURE' } });
  });

  const rows: [errCode: string, code: RefundReasonCode | undefined][] = [
    ['REFUNDNOTEXIST', undefined],
    ['SYSTEMERROR', 'GATEWAY_BUSY'],
    ['FREQUENCY_LIMITED', 'RATE_LIMITED'],
    ['NOAUTH', 'NO_PERMISSION'],
    ['INVALID_TRANSACTIONID', 'BAD_CONFIG'],
    ['INVALID_REQUEST', 'BAD_CONFIG'],
    ['PARAM_ERROR', 'BAD_CONFIG'],
    ['LACK_PARAMS', 'BAD_CONFIG'],
    ['SIGNERROR', 'BAD_CONFIG'],
    ['XML_FORMAT_ERROR', 'BAD_CONFIG'],
    ['NOT_UTF8', 'BAD_CONFIG'],
    ['REQUIRE_POST_METHOD', 'BAD_CONFIG'],
    ['POST_DATA_EMPTY', 'BAD_CONFIG'],
    ['APPID_NOT_EXIST', 'BAD_CONFIG'],
    ['MCHID_NOT_EXIST', 'BAD_CONFIG'],
    ['APPID_MCHID_NOT_MATCH', 'BAD_CONFIG'],
  ];

  it.each(rows)('%s is NOT_FOUND or UNKNOWN (%s)', (errCode, code) => {
    const expected = code
      ? { verdict: 'UNKNOWN', reason: { code, gatewayCode: errCode, gatewayText: '说明' } }
      : { verdict: 'NOT_FOUND' };
    expect(read(failedFields(errCode, '说明'))).toEqual(expected);
  });

  it('has a row above for every code of the table; any other is UNKNOWN', () => {
    expect([...REFUND_QUERY_ERRORS.keys()].sort()).toEqual(rows.map(([errCode]) => errCode).sort());
    expect(read(failedFields('NEW_ERROR'))).toMatchObject({ verdict: 'UNKNOWN', reason: { code: 'UNLISTED' } });
  });
});
