import type { OrderReasonCode } from '../../../../core/order-answer.ts';
import {
  type ErrorRule,
  type ErrorTable,
  integrationErrors,
  SAYS_PERMISSION,
  SAYS_TOO_FAST,
  type TextRule,
} from './error-rule.ts';

/** refuse: the code is no good. ask-again: nothing was said of it. */
export type OpenidDoes = 'refuse' | 'ask-again';

type Rule = ErrorRule<OpenidDoes, OrderReasonCode>;

/**
 * Every documented err_code of authcodetoopenid. The call moves no money, whatever it says.
 *
 * @see WeChat Pay API v2, authcodetoopenid (chapter 9_13): error codes
 */
export const OPENID_ERRORS: ErrorTable<OpenidDoes, OrderReasonCode> = new Map<string, Rule>([
  ['AUTHCODEEXPIRE', refuse('CODE_EXPIRED', 'the payment code has expired')],
  ['AUTH_CODE_ERROR', refuse('CODE_INVALID', 'the payment code is malformed or used')],
  ['AUTH_CODE_INVALID', refuse('CODE_INVALID', 'not a WeChat payment code, or expired, or used')],
  ['SYSTEMERROR', askAgain('GATEWAY_BUSY', 'ask again')],
  ['NOAUTH', askAgain('NO_PERMISSION', 'no right to ask')],
  ['INVALID_REQUEST', askAgain('BAD_CONFIG', 'rights or rate: its text says which')],
  ...integrationErrors<OpenidDoes>('not-moved', 'ask-again'),
]);

export const OPENID_INVALID_REQUESTS: readonly TextRule<OpenidDoes, OrderReasonCode>[] = [
  { pattern: SAYS_TOO_FAST, rule: askAgain('RATE_LIMITED', 'too many calls') },
  { pattern: SAYS_PERMISSION, rule: askAgain('NO_PERMISSION', 'no right to make this call') },
];

export const OPENID_UNLISTED = askAgain('UNLISTED', 'whatever is added later');

function refuse(reason: OrderReasonCode, note: string): Rule {
  return { money: 'not-moved', reason, does: 'refuse', note };
}

function askAgain(reason: OrderReasonCode, note: string): Rule {
  return { money: 'not-moved', reason, does: 'ask-again', note };
}
