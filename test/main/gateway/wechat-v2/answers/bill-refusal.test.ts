import { describe, expect, it } from 'vitest';
import { billReadyAt } from '../../../../../src/core/bill-day.ts';
import { readBillRefusal } from '../../../../../src/main/gateway/wechat-v2/answers/bill-refusal.ts';
import { BILL_ERRORS, FUND_FLOW_ERRORS } from '../../../../../src/main/gateway/wechat-v2/errors/bill-errors.ts';
import type { Fields } from '../../../../../src/main/gateway/wechat-v2/wire/sign.ts';
import { MERCHANT, signed } from '../support/replies.ts';

const readyAt = billReadyAt('20260102') ?? 0;
const AFTER = { now: readyAt, readyAt };
const BEFORE = { now: readyAt - 1, readyAt };

const trade = (reply: Fields, when = AFTER) => readBillRefusal(reply, BILL_ERRORS, MERCHANT, when);
const flow = (reply: Fields, when = AFTER) => readBillRefusal(reply, FUND_FLOW_ERRORS, MERCHANT, when);
const said = (words: string, more: Fields = {}) => ({ return_code: 'FAIL', return_msg: words, ...more });
const coded = (code: string) => said('FAIL', { result_code: 'FAIL', err_code: code, err_code_des: '说明' });

const KINDS = { 'no-bill': 'NO_BILL', later: 'LATER', mend: 'REFUSED' } as const;

describe('a refusal of a bill', () => {
  it.each([...BILL_ERRORS])('of trades, "%s"', (words, { does, reason }) => {
    const answer = trade(words === '20002' ? said('没有', { error_code: words }) : said(words.toLowerCase()));
    expect(answer.verdict).toBe(KINDS[does]);
    if ('reason' in answer) expect(answer.reason.code).toBe(reason);
  });

  it.each([...FUND_FLOW_ERRORS])('of an account, %s', (code, { does, reason }) => {
    const answer = flow(coded(code));
    expect(answer.verdict).toBe(KINDS[does]);
    if ('reason' in answer) expect(answer.reason).toMatchObject({ code: reason, gatewayCode: code });
  });

  it.each(['No Bill Exist', 'NO Bill Exist', ' no bill exist '])('says that there is none, as "%s"', (words) => {
    expect(trade(said(words))).toEqual({ verdict: 'NO_BILL' });
  });

  it('before ten the next morning never says that there is none: it may not have been begun', () => {
    for (const answer of [trade(said('No Bill Exist'), BEFORE), flow(coded('NO_BILL_EXIST'), BEFORE)]) {
      expect(answer).toMatchObject({ verdict: 'LATER', reason: { code: 'BILL_CREATING' }, notBefore: readyAt });
    }
  });

  it('says until when to wait while the bill is made, if that is known', () => {
    expect(trade(said('Bill Creating'), BEFORE)).toMatchObject({ verdict: 'LATER', notBefore: readyAt });
    expect(trade(said('Bill Creating'), AFTER)).not.toHaveProperty('notBefore');
  });

  it.each([
    ['签名错误', 'REFUSED', 'BAD_CONFIG'],
    ['证书验证失败', 'REFUSED', 'BAD_CERTIFICATE'],
    ['商户无此接口权限', 'REFUSED', 'NO_PERMISSION'],
    ['系统繁忙，请稍后再试', 'LATER', 'GATEWAY_BUSY'],
    ['频率过快', 'LATER', 'RATE_LIMITED'],
    ['something new', 'LATER', 'UNLISTED'],
    ['', 'LATER', 'UNLISTED'],
  ])('in words of no table: "%s"', (words, verdict, code) => {
    expect(trade(said(words))).toMatchObject({ verdict, reason: { code } });
    expect(flow(said(words))).toMatchObject({ verdict, reason: { code } });
  });

  it('that carries a signature is believed only if it is ours', () => {
    expect(flow(signed(coded('NO_BILL_EXIST')))).toEqual({ verdict: 'NO_BILL' });
    const forged = { ...signed(coded('SYSTEMERROR')), err_code: 'NO_BILL_EXIST' };
    expect(flow(forged)).toEqual({ verdict: 'LATER', reason: { code: 'BAD_SIGNATURE' } });
  });

  it('quotes no secret', () => {
    const answer = trade(said(`unlisted ${MERCHANT.apiKey.reveal()} 134567890123456789`));
    expect(JSON.stringify(answer)).toContain('[secret] [digits]');
  });
});
