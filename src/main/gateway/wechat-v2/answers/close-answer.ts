import type { CloseAnswer } from '../../../../core/order-answer.ts';
import { CLOSE_ERRORS, CLOSE_INVALID_REQUESTS, CLOSE_UNLISTED } from '../errors/close-errors.ts';
import { findRule } from '../errors/find-rule.ts';
import type { Fields } from '../wire/sign.ts';
import { distrust, type ExpectedReply } from './check-reply.ts';
import { reason } from './reason.ts';

const RULES = { table: CLOSE_ERRORS, invalidRequests: CLOSE_INVALID_REQUESTS, unlisted: CLOSE_UNLISTED };

/** What a reply of closeorder says. Whatever is not signed and about this order closes nothing: AGAIN. */
export function readCloseAnswer(reply: Fields, expected: ExpectedReply): CloseAnswer {
  const distrusted = distrust(reply, expected);
  if (distrusted) return { verdict: 'AGAIN', reason: distrusted };
  if (reply.result_code === 'SUCCESS') return { verdict: 'CLOSED' };

  const { err_code: errCode = '', err_code_des: text = '' } = reply;
  const rule = findRule(RULES, errCode, text);
  const why = reason(rule.reason ?? 'UNLISTED', errCode, text, expected.apiKey);
  switch (rule.does) {
    case 'closed':
      return { verdict: 'CLOSED' };
    case 'paid':
      return { verdict: 'ALREADY_PAID' };
    case 'not-found':
      return { verdict: 'NOT_FOUND' };
    case 'again':
      return { verdict: 'AGAIN', reason: why };
    case 'refuse':
      return { verdict: 'REFUSED', reason: why };
  }
}
