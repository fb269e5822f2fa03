import { describe, expect, it } from 'vitest';
import { fen } from '../../../../../src/core/money.ts';
import type { PayoutReasonCode, PayoutState } from '../../../../../src/core/payout-answer.ts';
import {
  BALANCE_PAYOUT_STATES,
  BANK_PAYOUT_STATES,
  PAYOUT_QUERY_ERRORS,
  RED_PACKET_STATES,
} from '../../../../../src/main/gateway/wechat-v2/errors/payout-query-errors.ts';
import { readPayoutQueryAnswer } from '../../../../../src/main/gateway/wechat-v2/payouts/payout-query-answer.ts';
import type { Fields } from '../../../../../src/main/gateway/wechat-v2/wire/sign.ts';
import { MERCHANT } from '../support/replies.ts';

const IDENTITY = { mch_id: MERCHANT.mchId, partner_trade_no: 'P1' };
const FOUND = {
  return_code: 'SUCCESS',
  result_code: 'SUCCESS',
  ...IDENTITY,
  payment_no: 'W1',
  amount: '500',
  status: 'SUCCESS',
  cmms_amt: '100',
  pay_succ_time: '2026-01-02 10:05:11',
};

function read(reply: Fields, states: ReadonlyMap<string, PayoutState> = BANK_PAYOUT_STATES) {
  const places = { amountField: 'amount', gatewayNoField: 'payment_no', succeededAtField: 'pay_succ_time' };
  const expected = { apiKey: MERCHANT.apiKey, identity: IDENTITY, numberField: 'partner_trade_no', states, ...places };
  return readPayoutQueryAnswer(reply, { ...expected, amountFen: fen(500) });
}

describe('a reply to a question for a payout', () => {
  it('is FOUND when it is about this very payout', () => {
    const succeededAt = FOUND.pay_succ_time;
    const amounts = { amountFen: 500, feeFen: 100, returnedFen: 0 };
    expect(read(FOUND)).toEqual({
      verdict: 'FOUND',
      payout: { gatewayNo: 'W1', state: 'SUCCEEDED', ...amounts, failure: '', succeededAt },
    });
  });

  it.each<[states: ReadonlyMap<string, PayoutState>, status: string, state: PayoutState]>([
    [RED_PACKET_STATES, 'SENDING', 'PROCESSING'],
    [RED_PACKET_STATES, 'SENT', 'WAITING'],
    [RED_PACKET_STATES, 'RECEIVED', 'SUCCEEDED'],
    [RED_PACKET_STATES, 'FAILED', 'FAILED'],
    [RED_PACKET_STATES, 'RFUND_ING', 'RETURNING'],
    [RED_PACKET_STATES, 'REFUND', 'RETURNED'],
    [BALANCE_PAYOUT_STATES, 'PROCESSING', 'PROCESSING'],
    [BALANCE_PAYOUT_STATES, 'FAILED', 'FAILED'],
    [BANK_PAYOUT_STATES, 'BANK_FAIL', 'RETURNED'],
    [BANK_PAYOUT_STATES, 'REFUND_ING', 'UNKNOWN'],
    [BALANCE_PAYOUT_STATES, '', 'UNKNOWN'],
  ])('knows every documented status, and takes no other for an end (%#: %s)', (states, status, state) => {
    expect(read({ ...FOUND, status }, states)).toMatchObject({ verdict: 'FOUND', payout: { state } });
  });

  it.each<[changes: Fields, returnedFen: number]>([
    [{}, 500],
    [{ refund_amount: '500', hb_type: 'GROUP' }, 500],
    [{ refund_amount: '200', hb_type: 'GROUP' }, 200],
    // Nobody says how much: then nobody may be paid again for it.
    [{ hb_type: 'GROUP' }, 0],
  ])('of a red packet that came back, with %o, counts %i fen as returned', (changes, returnedFen) => {
    const reply = { ...FOUND, status: 'REFUND', ...changes };
    expect(read(reply, RED_PACKET_STATES)).toMatchObject({ payout: { state: 'RETURNED', returnedFen } });
  });

  it.each<[changes: Fields, code: PayoutReasonCode]>([
    [{ status: 'REFUND', refund_amount: '501' }, 'BAD_REPLY'],
    [{ status: 'REFUND', refund_amount: '-1' }, 'BAD_REPLY'],
    [{ partner_trade_no: 'P2' }, 'REPLY_MISMATCH'],
    [{ partner_trade_no: '' }, 'REPLY_MISMATCH'],
    [{ mch_id: '1' }, 'REPLY_MISMATCH'],
    [{ amount: '499' }, 'REPLY_MISMATCH'],
    [{ payment_no: '' }, 'BAD_REPLY'],
    [{ result_code: 'X' }, 'BAD_REPLY'],
    [{ sign: 'X' }, 'BAD_SIGNATURE'],
  ])('is UNKNOWN with %o (%s)', (changes, code) => {
    expect(read({ ...FOUND, ...changes })).toMatchObject({ verdict: 'UNKNOWN', reason: { code } });
  });

  it.each(['NOT_FOUND', 'ORDERNOTEXIST'])('is NOT_FOUND by %s, and by nothing else', (err_code) => {
    const reply = { return_code: 'SUCCESS', result_code: 'FAIL', err_code };
    expect(read(reply)).toEqual({ verdict: 'NOT_FOUND' });
    // As one published sample has it: nobody can say what that proves.
    expect(read({ ...reply, return_code: 'FAIL' }).verdict).toBe('UNKNOWN');
    for (const other of [...PAYOUT_QUERY_ERRORS.keys()].filter((code) => !/NOT_FOUND|NOTEXIST/.test(code))) {
      expect([other, read({ ...reply, err_code: other }).verdict]).toEqual([other, 'UNKNOWN']);
    }
    expect(read({ ...reply, err_code: 'NEVER_HEARD_OF' })).toMatchObject({ reason: { code: 'UNLISTED' } });
  });

  it('knows every documented error', () => {
    const documented = [
      ...['CA_ERROR', 'SIGN_ERROR', 'NO_AUTH', 'NOT_FOUND', 'FREQ_LIMIT', 'XML_ERROR', 'PARAM_ERROR', 'SYSTEMERROR'],
      ...['ORDERNOTEXIST', 'INVALID_REQUEST', 'SIGNERROR', 'FREQUENCY_LIMITED'],
    ];
    expect(documented.filter((code) => !PAYOUT_QUERY_ERRORS.has(code))).toEqual([]);
  });
});
