import type { ReverseAnswer } from '../../../../core/gateway-answer.ts';
import { SAYS_CERTIFICATE } from '../errors/error-rule.ts';
import { findRule } from '../errors/find-rule.ts';
import {
  REVERSE_ERRORS,
  REVERSE_INVALID_REQUESTS,
  REVERSE_UNLISTED,
  REVERSE_UNLISTED_STOP,
} from '../errors/reverse-errors.ts';
import type { Fields } from '../wire/sign.ts';
import { distrust, type ExpectedReply } from './check-reply.ts';
import { reason } from './reason.ts';

/**
 * What a reply of reverse says. Only SUCCESS with recall=N, signed, is a reversal; whatever leaves a doubt is AGAIN,
 * since the call is re-entrant. `recall` counts on FAIL too: Y asks for another call, N says that another is of no use.
 */
export function readReverseAnswer(reply: Fields, expected: ExpectedReply): ReverseAnswer {
  const distrusted = distrust(reply, expected);
  if (distrusted) {
    const certificate = reply.return_code !== 'SUCCESS' && SAYS_CERTIFICATE.test(reply.return_msg ?? '');
    return { verdict: 'AGAIN', reason: certificate ? { ...distrusted, code: 'BAD_CERTIFICATE' } : distrusted };
  }
  return reply.result_code === 'SUCCESS' ? readSuccess(reply) : readError(reply, expected);
}

function readSuccess({ recall = '' }: Fields): ReverseAnswer {
  if (recall === 'N') return { verdict: 'REVERSED' };
  const code = recall === 'Y' ? 'GATEWAY_BUSY' : 'BAD_REPLY';
  return { verdict: 'AGAIN', reason: { code, gatewayText: `recall=${recall === 'Y' ? 'Y' : '?'}` } };
}

function readError(reply: Fields, expected: ExpectedReply): ReverseAnswer {
  const { err_code: errCode = '', err_code_des: text = '', recall } = reply;
  const unlisted = recall === 'N' ? REVERSE_UNLISTED_STOP : REVERSE_UNLISTED;
  const rule = findRule({ table: REVERSE_ERRORS, invalidRequests: REVERSE_INVALID_REQUESTS, unlisted }, errCode, text);
  const refused = rule.does === 'refuse-for-good' || (rule.does === 'refuse' && recall !== 'Y');
  return {
    verdict: refused ? 'REFUSED' : 'AGAIN',
    reason: reason(rule.reason ?? 'UNLISTED', errCode, text, expected.apiKey),
  };
}
