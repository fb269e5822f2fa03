import type { OpenidAnswer } from '../../../../core/order-answer.ts';
import { findRule } from '../errors/find-rule.ts';
import { OPENID_ERRORS, OPENID_INVALID_REQUESTS, OPENID_UNLISTED } from '../errors/openid-errors.ts';
import type { Merchant } from '../merchant.ts';
import type { Fields } from '../wire/sign.ts';
import { distrust, missingIdentity } from './check-reply.ts';
import { reason } from './reason.ts';

const RULES = { table: OPENID_ERRORS, invalidRequests: OPENID_INVALID_REQUESTS, unlisted: OPENID_UNLISTED };

/** What a reply of authcodetoopenid says of the code. FOUND and REFUSED are signed and for this merchant. */
export function readOpenidAnswer(reply: Fields, merchant: Merchant): OpenidAnswer {
  const distrusted = distrust(reply, merchant);
  if (distrusted) return { verdict: 'UNKNOWN', reason: distrusted };
  if (reply.result_code === 'SUCCESS') {
    const { openid = '', sub_openid: subOpenid = '' } = reply;
    const missing = missingIdentity(reply, merchant);
    if (missing !== undefined) return { verdict: 'UNKNOWN', reason: { code: 'REPLY_MISMATCH', gatewayText: missing } };
    if (openid === '') return { verdict: 'UNKNOWN', reason: { code: 'BAD_REPLY', gatewayText: 'openid' } };
    return { verdict: 'FOUND', openid, ...(subOpenid === '' ? {} : { subOpenid }) };
  }
  const { err_code: errCode = '', err_code_des: text = '' } = reply;
  const rule = findRule(RULES, errCode, text);
  const why = reason(rule.reason ?? 'UNLISTED', errCode, text, merchant.apiKey);
  return { verdict: rule.does === 'refuse' ? 'REFUSED' : 'UNKNOWN', reason: why };
}
