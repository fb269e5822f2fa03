import { describe, expect, it } from 'vitest';
import type { OrderState } from '../../../../../src/core/order-look-up.ts';
import { readLookUpAnswer } from '../../../../../src/main/gateway/wechat-v2/answers/look-up-answer.ts';
import { QUERY_ERRORS, TRADE_STATES } from '../../../../../src/main/gateway/wechat-v2/errors/query-errors.ts';
import type { Fields } from '../../../../../src/main/gateway/wechat-v2/wire/sign.ts';
import { failedFields, MERCHANT, ORDER, paidFields, signed, stateFields } from '../support/replies.ts';

const { outTradeNo } = ORDER;
const TRANSACTION = '4200000000202601020000000001';
const byNumber = (fields: Fields) => readLookUpAnswer(signed(fields), { ...MERCHANT, ref: { outTradeNo } });
const byTransaction = (fields: Fields) =>
  readLookUpAnswer(signed(fields), { ...MERCHANT, ref: { transactionId: TRANSACTION } });
const paid = (changes: Fields = {}) => paidFields({ trade_state: 'SUCCESS', trade_state_desc: '支付成功', ...changes });

describe('a looked-up order', () => {
  it('that is paid comes with its numbers, its money and what was noted with it', () => {
    const noted = { device_info: '0001-01', attach: 'store=0001;terminal=01' };
    expect(byTransaction(paid(noted))).toEqual({
      verdict: 'FOUND',
      order: {
        state: 'PAID',
        gatewayState: 'SUCCESS',
        gatewayText: '支付成功',
        outTradeNo,
        transactionId: TRANSACTION,
        settlement: {
          transactionId: TRANSACTION,
          totalFen: 1230,
          cashFen: 1230,
          couponFen: 0,
          bankType: 'CMB_DEBIT',
          timeEnd: '20260102100511',
        },
        tradeType: 'MICROPAY',
        deviceInfo: '0001-01',
        attach: 'store=0001;terminal=01',
      },
    });
  });

  it('may be of any amount, since nobody here knows what it should be', () => {
    expect(byNumber(paid({ total_fee: '1', cash_fee: '1' }))).toMatchObject({ order: { settlement: { totalFen: 1 } } });
  });

  const states: [state: string, OrderState][] = [
    ['REFUND', 'REFUNDED'],
    ['NOTPAY', 'NOT_PAID'],
    ['ACCEPT', 'ACCEPTED'],
    ['USERPAYING', 'AWAITING_PASSWORD'],
    ['PAYERROR', 'FAILED'],
    ['REVOKED', 'REVERSED'],
    ['CLOSED', 'CLOSED'],
  ];

  it.each([...states, ['NEW_STATE', 'UNKNOWN']])(
    'in trade_state %s is %s, and no money is told of it',
    (word, state) => {
      expect(byNumber(stateFields(word))).toEqual({
        verdict: 'FOUND',
        order: {
          state,
          gatewayState: word,
          gatewayText: `说明 ${word}`,
          outTradeNo,
          tradeType: '',
          deviceInfo: '',
          attach: '',
        },
      });
    },
  );

  it('has a row above for every state of the table', () => {
    expect([...TRADE_STATES.keys()].sort()).toEqual(['SUCCESS', ...states.map(([word]) => word)].sort());
  });

  it('that was refunded shows what had come in, where the gateway says it', () => {
    expect(byNumber(paid({ trade_state: 'REFUND' }))).toMatchObject({
      order: { state: 'REFUNDED', settlement: { totalFen: 1230 } },
    });
  });

  it.each<[what: string, code: string, changes: Fields]>([
    ['no order number', 'BAD_REPLY', { out_trade_no: '' }],
    ['another transaction', 'REPLY_MISMATCH', { transaction_id: '4200000000202601020000000002' }],
    ['no transaction', 'REPLY_MISMATCH', { transaction_id: '' }],
    ['another merchant', 'REPLY_MISMATCH', { mch_id: '1' }],
    ['no amount', 'BAD_REPLY', { total_fee: '' }],
    ['an amount of nothing', 'BAD_REPLY', { total_fee: '0' }],
    ['an amount that is none', 'BAD_REPLY', { total_fee: '1e3' }],
    ['another currency', 'REPLY_MISMATCH', { fee_type: 'USD' }],
  ])('that says paid, with %s, is UNKNOWN (%s)', (_, code, changes) => {
    expect(byTransaction(paid(changes))).toMatchObject({ verdict: 'UNKNOWN', reason: { code } });
  });

  it('never is another than was asked for', () => {
    expect(byNumber(stateFields('NOTPAY', { out_trade_no: 'another' })).verdict).toBe('UNKNOWN');
  });

  it('is NOT_FOUND only by a signed ORDERNOTEXIST; every other error says nothing', () => {
    for (const [errCode, { does }] of QUERY_ERRORS) {
      const verdict = does === 'not-found' ? 'NOT_FOUND' : 'UNKNOWN';
      expect(byNumber(failedFields(errCode)), errCode).toMatchObject({ verdict });
    }
    expect(byNumber(failedFields('NEW_ERROR'))).toMatchObject({ verdict: 'UNKNOWN', reason: { code: 'UNLISTED' } });
    const unsigned = readLookUpAnswer(failedFields('ORDERNOTEXIST'), { ...MERCHANT, ref: { outTradeNo } });
    expect(unsigned).toEqual({ verdict: 'UNKNOWN', reason: { code: 'BAD_SIGNATURE' } });
  });

  it('does not bring the key or a payment code into what is shown', () => {
    const desc = `key ${MERCHANT.apiKey.reveal()} code 134567890123456789`;
    const answer = byNumber(stateFields('NOTPAY', { trade_state_desc: desc }));
    expect(answer).toMatchObject({ order: { gatewayText: 'key [secret] code [digits]' } });
  });
});
