import { describe, expect, it } from 'vitest';
import { advice } from '../../../../../src/core/advice.ts';
import type { QueryAnswer, ReasonCode } from '../../../../../src/core/gateway-answer.ts';
import { readQueryAnswer } from '../../../../../src/main/gateway/wechat-v2/answers/query-answer.ts';
import { QUERY_ERRORS, TRADE_STATES } from '../../../../../src/main/gateway/wechat-v2/errors/query-errors.ts';
import type { Fields } from '../../../../../src/main/gateway/wechat-v2/wire/sign.ts';
import { EXPECTED, failedFields, paidFields, signed, stateFields } from '../support/replies.ts';

const read = (fields: Fields) => readQueryAnswer(signed(fields), EXPECTED);

describe('an orderquery reply', () => {
  it.each(['SUCCESS'])('with trade_state %s is PAID', (state) => {
    expect(read(paidFields({ trade_state: state }))).toMatchObject({
      verdict: 'PAID',
      settlement: { transactionId: '4200000000202601020000000001', totalFen: 1230 },
    });
  });

  const states: [state: string, verdict: QueryAnswer['verdict'], code?: ReasonCode][] = [
    ['NOTPAY', 'NOT_PAID'],
    ['ACCEPT', 'UNKNOWN', 'UNLISTED'],
    ['REFUND', 'REFUNDED', 'REFUNDED'],
    ['USERPAYING', 'AWAITING_PASSWORD', 'AWAITING_PASSWORD'],
    ['PAYERROR', 'FAILED', 'TRADE_REFUSED'],
    ['REVOKED', 'CLOSED', 'ORDER_REVERSED'],
    ['CLOSED', 'CLOSED', 'ORDER_CLOSED'],
  ];

  it.each(states)('with trade_state %s is %s', (state, verdict, code) => {
    expect(read(stateFields(state))).toEqual(
      code ? { verdict, reason: { code, gatewayCode: state, gatewayText: `说明 ${state}` } } : { verdict },
    );
  });

  it('has a test above for every state of the table', () => {
    expect([...TRADE_STATES.keys()].sort()).toEqual(['SUCCESS', ...states.map(([state]) => state)].sort());
  });

  it.each(['', 'PAID', 'success', 'constructor'])('with the unlisted trade_state "%s" is UNKNOWN', (state) => {
    expect(read(stateFields(state))).toMatchObject({ verdict: 'UNKNOWN', reason: { code: 'UNLISTED' } });
  });

  it('needs no order number for a state that moves no money, but never another’s', () => {
    expect(read(stateFields('NOTPAY', { out_trade_no: '' })).verdict).toBe('NOT_PAID');
    expect(read(stateFields('CLOSED', { out_trade_no: 'another' }))).toMatchObject({
      verdict: 'UNKNOWN',
      reason: { code: 'REPLY_MISMATCH' },
    });
  });

  it.each<[what: string, changes: Fields]>([
    ['another amount', { total_fee: '1' }],
    ['another order', { out_trade_no: 'another' }],
    ['no order', { out_trade_no: '' }],
    ['another merchant', { mch_id: '1' }],
  ])('that says paid, with %s, is UNKNOWN', (_, changes) => {
    expect(read(paidFields({ trade_state: 'SUCCESS', ...changes }))).toMatchObject({
      verdict: 'UNKNOWN',
      reason: { code: 'REPLY_MISMATCH' },
    });
  });

  it.each(['SUCCESS', 'NOTPAY', 'CLOSED'])('unsigned, proves nothing (%s)', (state) => {
    const answer = readQueryAnswer(paidFields({ trade_state: state }), EXPECTED);
    expect(answer).toEqual({ verdict: 'UNKNOWN', reason: { code: 'BAD_SIGNATURE' } });
  });

  const errors: [errCode: string, code?: ReasonCode][] = [
    ['ORDERNOTEXIST'],
    ['SYSTEMERROR', 'GATEWAY_BUSY'],
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

  it.each(errors)('with the error %s says nothing of the money (%s)', (errCode, code) => {
    expect(read(failedFields(errCode))).toEqual(
      code ? { verdict: 'UNKNOWN', reason: { code, gatewayCode: errCode } } : { verdict: 'NOT_FOUND' },
    );
  });

  it('has a row above for every code of the table, and words that promise nothing', () => {
    expect([...QUERY_ERRORS.keys()].sort()).toEqual(errors.map(([errCode]) => errCode).sort());
    for (const { reason } of QUERY_ERRORS.values()) {
      if (reason) expect(advice(reason).money).toEqual(advice('NO_REPLY').money);
    }
  });

  it('tells a rate limit from the other things INVALID_REQUEST can be', () => {
    expect(read(failedFields('INVALID_REQUEST', '频率限制'))).toMatchObject({ reason: { code: 'RATE_LIMITED' } });
    expect(read(failedFields('INVALID_REQUEST', '无权限'))).toMatchObject({ reason: { code: 'NO_PERMISSION' } });
  });

  it('with an unlisted error is UNKNOWN', () => {
    expect(read(failedFields('NEW_ERROR'))).toMatchObject({ verdict: 'UNKNOWN', reason: { code: 'UNLISTED' } });
  });

  it('does not take an unsigned ORDERNOTEXIST for "no such order"', () => {
    expect(readQueryAnswer(failedFields('ORDERNOTEXIST'), EXPECTED).verdict).toBe('UNKNOWN');
  });
});
