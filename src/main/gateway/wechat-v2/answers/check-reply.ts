import type { CallTrouble, Reason } from '../../../../core/gateway-answer.ts';
import type { Secret } from '../../../../core/secret.ts';
import { SAYS_PERMISSION, SAYS_TOO_FAST } from '../errors/error-rule.ts';
import type { Merchant } from '../merchant.ts';
import { type Fields, isSignedBy } from '../wire/sign.ts';
import { reason } from './reason.ts';

/**
 * Whose answer it has to be, for which order, and how it has to be signed. One of the order's two numbers is enough
 * where the caller knows no more.
 */
export interface ExpectedReply extends Merchant {
  readonly outTradeNo?: string | undefined;
  readonly transactionId?: string | undefined;
}

/**
 * Whether a reply may be believed at all; undefined when it may. It has to be signed with our key by the agreed type,
 * and nothing in it may speak of another merchant or another order.
 *
 * return_code FAIL is never signed. One guide calls such a payment failed, yet "system error" has been seen there from
 * a gateway that went on working, and an unsigned text is no proof: its words choose the reason, never the verdict.
 */
export function distrust(reply: Fields, expected: ExpectedReply): Reason<CallTrouble> | undefined {
  const { apiKey, signType } = expected;
  if (reply.return_code !== 'SUCCESS') return reasonOfReturnFail(reply, apiKey);
  if (!isSignedBy(reply, apiKey, signType)) return { code: 'BAD_SIGNATURE' };
  const stranger = identityOf(expected).find(([name, value]) => !!reply[name] && reply[name] !== value);
  if (stranger) return { code: 'REPLY_MISMATCH', gatewayText: stranger[0] };
  const { result_code: resultCode } = reply;
  return resultCode === 'SUCCESS' || resultCode === 'FAIL'
    ? undefined
    : { code: 'BAD_REPLY', gatewayText: 'result_code' };
}

/** Why, of a reply whose return_code is not SUCCESS. */
export function reasonOfReturnFail(reply: Fields, apiKey: Secret): Reason<CallTrouble> {
  const { return_code: returnCode = '', return_msg: returnMsg = '' } = reply;
  return reason(reasonOfUnsigned(returnCode, returnMsg), returnCode, returnMsg, apiKey);
}

/** The field that a reply which says "paid" leaves out although it must name it; undefined when none. */
export function missingIdentity(reply: Fields, expected: ExpectedReply): string | undefined {
  // A provider's reply may leave out the sub-merchant's appid; when it is there, it has been compared.
  return identityOf(expected).find(([name]) => name !== 'sub_appid' && !reply[name])?.[0];
}

function identityOf(expected: ExpectedReply): [name: string, value: string][] {
  const { appId, mchId, subAppId, subMchId, outTradeNo, transactionId } = expected;
  const all: [name: string, value: string | undefined][] = [
    ['appid', appId],
    ['mch_id', mchId],
    ['out_trade_no', outTradeNo],
    ['transaction_id', transactionId],
    ['sub_mch_id', subMchId],
    ['sub_appid', subAppId],
  ];
  return all.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
}

const UNSIGNED_TEXTS: readonly (readonly [pattern: RegExp, code: CallTrouble])[] = [
  [/签名|\bsign/i, 'BAD_CONFIG'],
  [/系统|system/i, 'GATEWAY_BUSY'],
  [SAYS_TOO_FAST, 'RATE_LIMITED'],
  [SAYS_PERMISSION, 'NO_PERMISSION'],
  [/参数|商户号|不存在|不匹配|格式|param|appid|mch_?id|xml|post|utf-?8/i, 'BAD_CONFIG'],
];

function reasonOfUnsigned(returnCode: string, returnMsg: string): CallTrouble {
  if (returnCode === '') return 'BAD_REPLY';
  const words = `${returnCode} ${returnMsg}`;
  return UNSIGNED_TEXTS.find(([pattern]) => pattern.test(words))?.[1] ?? 'UNLISTED';
}
