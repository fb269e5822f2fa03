import type { RefundReasonCode, RefundState } from '../../../../core/refund-answer.ts';
import {
  type ErrorRule,
  type ErrorTable,
  integrationErrors,
  SAYS_PERMISSION,
  SAYS_TOO_FAST,
  type TextRule,
} from './error-rule.ts';

/** not-found: the gateway knows no such refund. ask-again: it has said nothing about it. */
export type RefundQueryDoes = 'not-found' | 'ask-again';

type Rule = ErrorRule<RefundQueryDoes, RefundReasonCode>;

/**
 * Every documented err_code of refundquery. A query moves no money; `money` is what the code proves of the refund.
 *
 * @see WeChat Pay API v2, refundquery (chapter 9_5): error codes
 */
export const REFUND_QUERY_ERRORS: ErrorTable<RefundQueryDoes, RefundReasonCode> = new Map<string, Rule>([
  ['REFUNDNOTEXIST', { money: 'unknown', does: 'not-found', note: 'a wrong number, or not refunded so far' }],
  ['SYSTEMERROR', askAgain('GATEWAY_BUSY', 'ask again')],
  ['FREQUENCY_LIMITED', askAgain('RATE_LIMITED', 'over 300 questions a second: ask again in a minute')],
  ['NOAUTH', askAgain('NO_PERMISSION', 'no right to ask')],
  ['INVALID_TRANSACTIONID', askAgain('BAD_CONFIG', 'the number is malformed')],
  ['INVALID_REQUEST', askAgain('BAD_CONFIG', 'rights, certificate or rate: its text says which')],
  ...integrationErrors<RefundQueryDoes>('unknown', 'ask-again'),
]);

export const REFUND_QUERY_INVALID_REQUESTS: readonly TextRule<RefundQueryDoes, RefundReasonCode>[] = [
  { pattern: SAYS_TOO_FAST, rule: askAgain('RATE_LIMITED', 'too many calls') },
  { pattern: SAYS_PERMISSION, rule: askAgain('NO_PERMISSION', 'no right to make this call') },
];

export const REFUND_QUERY_UNLISTED = askAgain('UNLISTED', 'whatever is added later');

/**
 * Every documented refund_status; any other is UNKNOWN. So is FAIL, which a text of 2017 had in the place of
 * REFUNDCLOSE: nobody can say what would be meant by it now.
 *
 * @see WeChat Pay API v2, refundquery (chapter 9_5): refund_status_$n
 */
export const REFUND_STATES: ReadonlyMap<string, RefundState> = new Map<string, RefundState>([
  ['PROCESSING', 'PROCESSING'],
  ['SUCCESS', 'SUCCESS'],
  ['CHANGE', 'CHANGE'],
  ['REFUNDCLOSE', 'CLOSED'],
]);

function askAgain(reason: RefundReasonCode, note: string): Rule {
  return { money: 'unknown', reason, does: 'ask-again', note };
}
