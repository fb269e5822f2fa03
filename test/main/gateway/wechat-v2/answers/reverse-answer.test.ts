import { describe, expect, it } from 'vitest';
import type { ReasonCode } from '../../../../../src/core/gateway-answer.ts';
import { readReverseAnswer } from '../../../../../src/main/gateway/wechat-v2/answers/reverse-answer.ts';
import { REVERSE_ERRORS } from '../../../../../src/main/gateway/wechat-v2/errors/reverse-errors.ts';
import type { Fields } from '../../../../../src/main/gateway/wechat-v2/wire/sign.ts';
import { EXPECTED, failedFields, reversedFields, signed } from '../support/replies.ts';

const read = (fields: Fields) => readReverseAnswer(signed(fields), EXPECTED);

describe('a reverse reply', () => {
  it('is REVERSED for SUCCESS with recall=N', () => {
    expect(read(reversedFields('N'))).toEqual({ verdict: 'REVERSED' });
  });

  it.each<[recall: string, code: ReasonCode]>([
    ['Y', 'GATEWAY_BUSY'],
    ['', 'BAD_REPLY'],
    ['n', 'BAD_REPLY'],
  ])('is AGAIN for SUCCESS with recall=%s', (recall, code) => {
    expect(read(reversedFields(recall))).toMatchObject({ verdict: 'AGAIN', reason: { code } });
  });

  it('is AGAIN without a right signature, whatever it says', () => {
    expect(readReverseAnswer(reversedFields('N'), EXPECTED)).toEqual({
      verdict: 'AGAIN',
      reason: { code: 'BAD_SIGNATURE' },
    });
    expect(readReverseAnswer(failedFields('TRADE_ERROR', '', { recall: 'N' }), EXPECTED).verdict).toBe('AGAIN');
  });

  it.each([{ mch_id: '1' }, { appid: 'wx0' }, { out_trade_no: 'another' }])(
    'is AGAIN when it is about %o',
    (changes) => {
      expect(read(reversedFields('N', changes))).toMatchObject({
        verdict: 'AGAIN',
        reason: { code: 'REPLY_MISMATCH' },
      });
    },
  );

  type Verdict = 'AGAIN' | 'REFUSED';
  const rows: [errCode: string, code: ReasonCode, withN: Verdict, without: Verdict, withY: Verdict][] = [
    ['SYSTEMERROR', 'GATEWAY_BUSY', 'AGAIN', 'AGAIN', 'AGAIN'],
    ['USERPAYING', 'AWAITING_PASSWORD', 'AGAIN', 'AGAIN', 'AGAIN'],
    ['NOAUTH', 'NO_PERMISSION', 'AGAIN', 'AGAIN', 'AGAIN'],
    ['INVALID_TRANSACTIONID', 'BAD_CONFIG', 'AGAIN', 'AGAIN', 'AGAIN'],
    ['INVALID_REQUEST', 'BAD_CONFIG', 'AGAIN', 'AGAIN', 'AGAIN'],
    ['CERT_ERROR', 'BAD_CERTIFICATE', 'AGAIN', 'AGAIN', 'AGAIN'],
    ['TRADE_ERROR', 'REVERSE_REFUSED', 'REFUSED', 'REFUSED', 'AGAIN'],
    ['REVERSE_EXPIRE', 'REVERSE_EXPIRED', 'REFUSED', 'REFUSED', 'REFUSED'],
    ['PARAM_ERROR', 'BAD_CONFIG', 'AGAIN', 'AGAIN', 'AGAIN'],
    ['LACK_PARAMS', 'BAD_CONFIG', 'AGAIN', 'AGAIN', 'AGAIN'],
    ['SIGNERROR', 'BAD_CONFIG', 'AGAIN', 'AGAIN', 'AGAIN'],
    ['XML_FORMAT_ERROR', 'BAD_CONFIG', 'AGAIN', 'AGAIN', 'AGAIN'],
    ['NOT_UTF8', 'BAD_CONFIG', 'AGAIN', 'AGAIN', 'AGAIN'],
    ['REQUIRE_POST_METHOD', 'BAD_CONFIG', 'AGAIN', 'AGAIN', 'AGAIN'],
    ['POST_DATA_EMPTY', 'BAD_CONFIG', 'AGAIN', 'AGAIN', 'AGAIN'],
    ['APPID_NOT_EXIST', 'BAD_CONFIG', 'AGAIN', 'AGAIN', 'AGAIN'],
    ['MCHID_NOT_EXIST', 'BAD_CONFIG', 'AGAIN', 'AGAIN', 'AGAIN'],
    ['APPID_MCHID_NOT_MATCH', 'BAD_CONFIG', 'AGAIN', 'AGAIN', 'AGAIN'],
  ];

  it.each(rows)('%s (%s): %s with recall=N, %s without, %s with recall=Y', (errCode, code, withN, without, withY) => {
    const answers = ['N', '', 'Y'].map((recall) => read(failedFields(errCode, '说明', { recall })));
    const reason = { code, gatewayCode: errCode, gatewayText: '说明' };
    expect(answers).toEqual([withN, without, withY].map((verdict) => ({ verdict, reason })));
  });

  it('has a row above for every code of the table', () => {
    expect([...REVERSE_ERRORS.keys()].sort()).toEqual(rows.map(([errCode]) => errCode).sort());
  });

  it('with an unlisted code is AGAIN until the gateway says that it is of no use', () => {
    expect(read(failedFields('NEW_ERROR'))).toMatchObject({ verdict: 'AGAIN', reason: { code: 'UNLISTED' } });
    expect(read(failedFields('NEW_ERROR', '', { recall: 'Y' })).verdict).toBe('AGAIN');
    expect(read(failedFields('NEW_ERROR', '', { recall: 'N' }))).toMatchObject({
      verdict: 'REFUSED',
      reason: { code: 'REVERSE_REFUSED', gatewayCode: 'NEW_ERROR' },
    });
  });

  it.each<[text: string, code: ReasonCode]>([
    ['证书错误', 'BAD_CERTIFICATE'],
    ['频率限制', 'RATE_LIMITED'],
    ['无权限', 'NO_PERMISSION'],
  ])('INVALID_REQUEST "%s" is told as %s, and repeated', (text, code) => {
    expect(read(failedFields('INVALID_REQUEST', text))).toMatchObject({ verdict: 'AGAIN', reason: { code } });
  });

  it.each<[text: string, code: ReasonCode]>([
    ['证书验证失败', 'BAD_CERTIFICATE'],
    ['certificate required', 'BAD_CERTIFICATE'],
    ['签名错误', 'BAD_CONFIG'],
    ['system error', 'GATEWAY_BUSY'],
  ])('unsigned FAIL "%s" is told as %s, and repeated', (text, code) => {
    const answer = readReverseAnswer({ return_code: 'FAIL', return_msg: text }, EXPECTED);
    expect(answer).toMatchObject({ verdict: 'AGAIN', reason: { code } });
  });
});
