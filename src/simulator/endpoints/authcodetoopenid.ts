import type { Fields } from '../../main/gateway/wechat-v2/wire/sign.ts';
import { type Answer, fail } from '../answer.ts';
import { SAMPLE_CODE, scenarioOfCode, WECHAT_CODE } from '../behaviour/codes.ts';
import { payerOf } from '../customer.ts';
import { type Desk, type Reply, underFault } from '../desk.ts';

/** What can be wrong with a code itself, whoever asks about it. */
const OF_THE_CODE = new Set(['AUTHCODEEXPIRE', 'AUTH_CODE_ERROR', 'AUTH_CODE_INVALID']);

/** Says whose payment code it is, without charging it. */
export function authcodetoopenid(fields: Fields, desk: Desk): Reply {
  const { auth_code: code = '' } = fields;
  if (code === '') return { kind: 'answer', answer: fail('LACK_PARAMS', '缺少参数auth_code') };
  const fault = desk.director.followUp('authcodetoopenid', desk.hash(code), undefined);
  return underFault(fault, { now: () => openidAnswer(code, fields, desk), error: (errCode) => fail(errCode) });
}

function openidAnswer(code: string, fields: Fields, desk: Desk): Answer {
  if (!WECHAT_CODE.test(code)) return fail('AUTH_CODE_INVALID', '付款码应为18位数字，以10至15开头');
  const customer = scenarioOfCode(code)?.behaviour.customer;
  if (customer?.kind === 'refused' && OF_THE_CODE.has(customer.errCode)) return fail(customer.errCode);
  const codeHash = desk.hash(code);
  if (code !== SAMPLE_CODE && desk.ledger.spentOn(codeHash)) {
    return fail('AUTH_CODE_INVALID', '每个付款码仅限使用一次');
  }
  const openid = payerOf(codeHash, desk.ledger.wallets);
  return {
    result: 'SUCCESS',
    fields: { openid, ...(fields.sub_appid ? { sub_openid: openid.replace('oSim', 'oSub') } : {}) },
  };
}
