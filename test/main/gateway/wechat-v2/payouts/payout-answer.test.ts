import { describe, expect, it } from 'vitest';
import { fen } from '../../../../../src/core/money.ts';
import { payoutAdvice } from '../../../../../src/core/payout-advice.ts';
import type { PayoutAnswer, PayoutReasonCode } from '../../../../../src/core/payout-answer.ts';
import { BALANCE_PAYOUT_ERRORS } from '../../../../../src/main/gateway/wechat-v2/errors/balance-payout-errors.ts';
import { BANK_PAYOUT_ERRORS } from '../../../../../src/main/gateway/wechat-v2/errors/bank-payout-errors.ts';
import type { PayoutErrors } from '../../../../../src/main/gateway/wechat-v2/errors/payout-rules.ts';
import { RED_PACKET_ERRORS } from '../../../../../src/main/gateway/wechat-v2/errors/red-packet-errors.ts';
import { readPayoutAnswer } from '../../../../../src/main/gateway/wechat-v2/payouts/payout-answer.ts';
import type { Fields } from '../../../../../src/main/gateway/wechat-v2/wire/sign.ts';
import { MERCHANT, signed } from '../support/replies.ts';

const IDENTITY = { mch_appid: MERCHANT.appId, mchid: MERCHANT.mchId, partner_trade_no: 'P1' };
const ENVELOPE = { return_code: 'SUCCESS', return_msg: '', result_code: 'SUCCESS' };
const PAID = { ...ENVELOPE, ...IDENTITY, amount: '500', payment_no: '1000018301201505190181489473', cmms_amt: '100' };

function read(reply: Fields, errors: PayoutErrors = BALANCE_PAYOUT_ERRORS): PayoutAnswer {
  const places = { amountField: 'amount', gatewayNoField: 'payment_no' };
  return readPayoutAnswer(reply, {
    apiKey: MERCHANT.apiKey,
    identity: IDENTITY,
    amountFen: fen(500),
    errors,
    ...places,
  });
}

const failed = (err_code: string, err_code_des = '') => ({
  ...ENVELOPE,
  result_code: 'FAIL',
  err_code,
  err_code_des,
});

describe('a reply to a payout', () => {
  it('is ACCEPTED unsigned, as documented, when it names this very payout', () => {
    expect(read(PAID)).toEqual({ verdict: 'ACCEPTED', payout: { gatewayNo: PAID.payment_no, feeFen: 100 } });
  });

  it('is ACCEPTED with a right signature as well, and with a wrong one not', () => {
    expect(read(signed(PAID, MERCHANT.apiKey, 'MD5')).verdict).toBe('ACCEPTED');
    for (const sign of ['0'.repeat(32), signed(PAID).sign ?? '']) {
      expect(read({ ...PAID, sign })).toEqual({ verdict: 'UNKNOWN', reason: { code: 'BAD_SIGNATURE' } });
    }
  });

  it.each<[changes: Fields, code: PayoutReasonCode]>([
    [{ partner_trade_no: 'P2' }, 'REPLY_MISMATCH'],
    [{ partner_trade_no: '' }, 'REPLY_MISMATCH'],
    [{ mchid: '1' }, 'REPLY_MISMATCH'],
    [{ mchid: '' }, 'REPLY_MISMATCH'],
    [{ mch_appid: 'wx0' }, 'REPLY_MISMATCH'],
    [{ amount: '501' }, 'REPLY_MISMATCH'],
    [{ amount: '' }, 'REPLY_MISMATCH'],
    [{ amount: '5.00' }, 'REPLY_MISMATCH'],
    [{ payment_no: '' }, 'BAD_REPLY'],
    [{ result_code: '' }, 'BAD_REPLY'],
    [{ return_code: '' }, 'BAD_REPLY'],
  ])('is UNKNOWN with %o (%s)', (changes, code) => {
    expect(read({ ...PAID, ...changes })).toMatchObject({ verdict: 'UNKNOWN', reason: { code } });
  });

  it('with return_code FAIL is UNKNOWN, even when it holds a refusal', () => {
    const reply = { ...failed('NAME_MISMATCH'), return_code: 'FAIL', return_msg: '证书出错' };
    expect(read(reply)).toMatchObject({ verdict: 'UNKNOWN', reason: { code: 'BAD_CERTIFICATE' } });
  });

  it('never brings a card number into a reason', () => {
    const answer = read(failed('PARAM_ERROR', '卡号6222020200112233445不正确'));
    expect(JSON.stringify(answer)).not.toContain('6222020200112233445');
  });
});

/* The codes as the vendor's papers list them, of all ages. */
const COMMON = [
  ...['SYSTEMERROR', 'FATAL_ERROR', 'NOTENOUGH', 'PARAM_ERROR', 'SIGN_ERROR', 'XML_ERROR', 'CA_ERROR', 'FREQ_LIMIT'],
  ...['NO_AUTH', 'SENDNUM_LIMIT'],
];
const DOCUMENTED: readonly [call: string, errors: PayoutErrors, codes: readonly string[]][] = [
  [
    'red packets',
    RED_PACKET_ERRORS,
    [
      ...COMMON,
      ...['SENDAMOUNT_LIMIT', 'RCVDAMOUNT_LIMIT', 'ILLEGAL_APPID', 'MONEY_LIMIT', 'SEND_FAILED', 'API_METHOD_CLOSED'],
      ...['OPENID_ERROR', 'MSGAPPID_ERROR', 'ACCEPTMODE_ERROR', 'PROCESSING', 'PAYER_ACCOUNT_ABNORMAL', 'NOAUTH'],
      ...['SECOND_OVER_LIMITED', 'DAY_ OVER_LIMITED', 'DAY_OVER_LIMITED', 'TIME_LIMITED'],
    ],
  ],
  [
    'promotion/transfers',
    BALANCE_PAYOUT_ERRORS,
    [
      ...COMMON,
      ...['AMOUNT_LIMIT', 'OPENID_ERROR', 'SEND_FAILED', 'NAME_MISMATCH', 'MONEY_LIMIT', 'V2_ACCOUNT_SIMPLE_BAN'],
      ...['PARAM_IS_NOT_UTF8', 'RECV_ACCOUNT_NOT_ALLOWED', 'PAY_CHANNEL_NOT_ALLOWED', 'SEND_MONEY_LIMIT'],
      ...['RECEIVED_MONEY_LIMIT', 'PAYEE_ACCOUNT_ABNORMAL', 'INVALID_REQUEST'],
    ],
  ],
  [
    'pay_bank',
    BANK_PAYOUT_ERRORS,
    [
      ...['INVALID_REQUEST', 'SYSTEMERROR', 'PARAM_ERROR', 'SIGNERROR', 'AMOUNT_LIMIT', 'ORDERPAID', 'FATAL_ERROR'],
      ...['NOTENOUGH', 'FREQUENCY_LIMITED', 'SUCCESS', 'RECV_ACCOUNT_NOT_ALLOWED', 'PAY_CHANNEL_NOT_ALLOWED'],
      ...['SENDNUM_LIMIT', 'NO_AUTH'],
    ],
  ],
];

describe.each(DOCUMENTED)('the errors of %s', (_, errors, codes) => {
  it('are listed, every documented one', () => {
    expect(codes.filter((code) => !errors.table.has(code))).toEqual([]);
  });

  it('never call a payout that may have been made refused, nor one that was not made unknown', () => {
    for (const [code, { money, does }] of errors.table) {
      expect([code, does === 'query']).toEqual([code, money === 'unknown']);
    }
  });

  it('say what happened, what of the money, and what to do, in two languages', () => {
    for (const { reason = 'UNLISTED' } of errors.table.values()) {
      const { happened, money, next } = payoutAdvice(reason);
      for (const { zh, en } of [happened, money, next]) {
        expect(zh).toMatch(/\p{Script=Han}/u);
        expect(en).toMatch(/^[\p{ASCII}’“”]+$/u);
      }
    }
  });

  it.each(['', '268456007', 'RULELIMIT', 'NOTENOUGH ', 'notenough'])('leave "%s", which is none, UNKNOWN', (code) => {
    expect(read(failed(code), errors)).toMatchObject({ verdict: 'UNKNOWN', reason: { code: 'UNLISTED' } });
  });
});

describe('an error of a payout', () => {
  it.each<[errors: PayoutErrors, errCode: string, verdict: PayoutAnswer['verdict'], code: PayoutReasonCode]>([
    [RED_PACKET_ERRORS, 'PROCESSING', 'UNKNOWN', 'PAYOUT_IN_PROGRESS'],
    [RED_PACKET_ERRORS, 'CA_ERROR', 'AGAIN', 'BAD_CERTIFICATE'],
    [RED_PACKET_ERRORS, 'NO_AUTH', 'REFUSED', 'PAYEE_BLOCKED'],
    [RED_PACKET_ERRORS, 'SEND_FAILED', 'REFUSED', 'PAYOUT_FAILED'],
    [BALANCE_PAYOUT_ERRORS, 'NO_AUTH', 'AGAIN', 'NO_PERMISSION'],
    [BALANCE_PAYOUT_ERRORS, 'V2_ACCOUNT_SIMPLE_BAN', 'REFUSED', 'PAYEE_NOT_VERIFIED'],
    [BALANCE_PAYOUT_ERRORS, 'NOTENOUGH', 'AGAIN', 'MERCHANT_BALANCE_LOW'],
    [BANK_PAYOUT_ERRORS, 'ORDERPAID', 'UNKNOWN', 'PAYOUT_NUMBER_USED'],
    [BANK_PAYOUT_ERRORS, 'SUCCESS', 'UNKNOWN', 'PAYOUT_IN_PROGRESS'],
  ])('is judged by its call (%#: %s)', (errors, errCode, verdict, code) => {
    expect(read(failed(errCode), errors)).toMatchObject({ verdict, reason: { code, gatewayCode: errCode } });
  });

  it.each<[text: string, code: PayoutReasonCode]>([
    ['请求频率过快', 'RATE_LIMITED'],
    ['证书错误', 'BAD_CERTIFICATE'],
    ['商户权限异常', 'NO_PERMISSION'],
    ['其他', 'BAD_CONFIG'],
  ])('INVALID_REQUEST "%s" is told by its text, and asked for again', (text, code) => {
    expect(read(failed('INVALID_REQUEST', text))).toMatchObject({ verdict: 'AGAIN', reason: { code } });
  });
});
