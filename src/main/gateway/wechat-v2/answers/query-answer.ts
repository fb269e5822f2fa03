import type { QueryAnswer } from '../../../../core/gateway-answer.ts';
import type { Fen } from '../../../../core/money.ts';
import { findRule } from '../errors/find-rule.ts';
import { QUERY_ERRORS, QUERY_INVALID_REQUESTS, QUERY_UNLISTED, TRADE_STATES } from '../errors/query-errors.ts';
import type { Fields } from '../wire/sign.ts';
import { distrust, type ExpectedReply } from './check-reply.ts';
import { reason } from './reason.ts';
import { readSettlement } from './settlement.ts';

const RULES = { table: QUERY_ERRORS, invalidRequests: QUERY_INVALID_REQUESTS, unlisted: QUERY_UNLISTED };

/** What a reply of orderquery says of the order. Whatever is not signed and about this order is UNKNOWN. */
export function readQueryAnswer(reply: Fields, expected: ExpectedReply & { readonly amountFen: Fen }): QueryAnswer {
  const distrusted = distrust(reply, expected);
  if (distrusted) return { verdict: 'UNKNOWN', reason: distrusted };
  return reply.result_code === 'SUCCESS' ? readTradeState(reply, expected) : readError(reply, expected);
}

function readTradeState(reply: Fields, expected: ExpectedReply & { readonly amountFen: Fen }): QueryAnswer {
  const { trade_state: state = '', trade_state_desc: text = '' } = reply;
  const rule = TRADE_STATES.get(state);
  if (rule === undefined || rule.verdict === 'UNKNOWN') {
    return { verdict: 'UNKNOWN', reason: reason('UNLISTED', state, text, expected.apiKey) };
  }
  if (rule.verdict === 'PAID') {
    const read = readSettlement(reply, expected);
    return 'settlement' in read ? { verdict: 'PAID', ...read } : { verdict: 'UNKNOWN', ...read };
  }
  if (rule.reason === undefined) return { verdict: rule.verdict };
  return { verdict: rule.verdict, reason: reason(rule.reason, state, text, expected.apiKey) };
}

function readError(reply: Fields, expected: ExpectedReply): QueryAnswer {
  const { err_code: errCode = '', err_code_des: text = '' } = reply;
  const rule = findRule(RULES, errCode, text);
  if (rule.does === 'not-found') return { verdict: 'NOT_FOUND' };
  return { verdict: 'UNKNOWN', reason: reason(rule.reason ?? 'UNLISTED', errCode, text, expected.apiKey) };
}
