import type { PayAnswer } from '../../../../core/gateway-answer.ts';
import type { Fen } from '../../../../core/money.ts';
import { findRule } from '../errors/find-rule.ts';
import { PAY_ERRORS, PAY_INVALID_REQUESTS, PAY_UNLISTED } from '../errors/pay-errors.ts';
import type { Fields } from '../wire/sign.ts';
import { distrust, type ExpectedReply } from './check-reply.ts';
import { reason } from './reason.ts';
import { readSettlement } from './settlement.ts';

const RULES = { table: PAY_ERRORS, invalidRequests: PAY_INVALID_REQUESTS, unlisted: PAY_UNLISTED };

/** What a reply of micropay says of the money. PAID and DECLINED are signed and not about another order; all else is UNKNOWN. */
export function readPayAnswer(reply: Fields, expected: ExpectedReply & { readonly amountFen: Fen }): PayAnswer {
  const distrusted = distrust(reply, expected);
  if (distrusted) return { verdict: 'UNKNOWN', reason: distrusted };

  if (reply.result_code === 'SUCCESS') {
    const read = readSettlement(reply, expected);
    return 'settlement' in read ? { verdict: 'PAID', ...read } : { verdict: 'UNKNOWN', ...read };
  }

  const { err_code: errCode = '', err_code_des: text = '' } = reply;
  const rule = findRule(RULES, errCode, text);
  const why = reason(rule.reason ?? 'UNLISTED', errCode, text, expected.apiKey);
  if (rule.does === 'query') {
    return { verdict: 'UNKNOWN', reason: why, ...(why.code === 'AWAITING_PASSWORD' ? { passwordAsked: true } : {}) };
  }
  return { verdict: 'DECLINED', reason: why, thenReverse: rule.does === 'confirm-and-reverse' };
}
