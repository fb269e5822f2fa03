import type { PayoutReasonCode } from '../../../../core/payout-answer.ts';
import {
  type ErrorRule,
  type ErrorTable,
  integrationErrors,
  SAYS_CERTIFICATE,
  SAYS_PERMISSION,
  SAYS_TOO_FAST,
  type TextRule,
} from './error-rule.ts';

/**
 * refuse: the gateway will not, under this number. again: nothing was paid by this call, and the same call under the
 * same number may work later. query: it may have been paid, and only the question for it can say.
 */
export type PayoutDoes = 'refuse' | 'again' | 'query';
export type PayoutRule = ErrorRule<PayoutDoes, PayoutReasonCode>;

/** All that is known of one payout call's errors. */
export interface PayoutErrors {
  readonly table: ErrorTable<PayoutDoes, PayoutReasonCode>;
  readonly invalidRequests: readonly TextRule<PayoutDoes, PayoutReasonCode>[];
  readonly unlisted: PayoutRule;
}

export function query(reason: PayoutReasonCode, note: string): PayoutRule {
  return { money: 'unknown', reason, does: 'query', note };
}

export function again(reason: PayoutReasonCode, note: string): PayoutRule {
  return { money: 'not-moved', reason, does: 'again', note };
}

export function refuse(reason: PayoutReasonCode, note: string): PayoutRule {
  return { money: 'not-moved', reason, does: 'refuse', note };
}

/** INVALID_REQUEST says four things, and is to be answered by the same call again. */
export const INVALID_REQUESTS: PayoutErrors['invalidRequests'] = [
  { pattern: SAYS_TOO_FAST, rule: again('RATE_LIMITED', 'too many calls') },
  { pattern: SAYS_CERTIFICATE, rule: again('BAD_CERTIFICATE', 'the certificate was not accepted') },
  { pattern: SAYS_PERMISSION, rule: again('NO_PERMISSION', 'no right to make this call') },
];

/** What any other code is taken for: proof of nothing. */
export const UNLISTED = query('UNLISTED', 'whatever is added later');

/** What every payout call can answer: the family has names of its own for what others call otherwise. */
export const COMMON_PAYOUT_ERRORS: readonly [string, PayoutRule][] = [
  ...integrationErrors<PayoutDoes>('not-moved', 'again'),
  ['SYSTEMERROR', query('GATEWAY_BUSY', 'it may have been taken: ask, or the same call again')],
  ['FATAL_ERROR', query('PAYOUT_NUMBER_USED', 'a payout of this number exists with other particulars, or is too old')],
  ['NOTENOUGH', again('MERCHANT_BALANCE_LOW', 'the merchant has to top up first')],
  ['INVALID_REQUEST', again('BAD_CONFIG', 'rights, certificate or rate: its text says which')],
  ['SIGN_ERROR', again('BAD_CONFIG', 'the request’s signature is wrong')],
  ['XML_ERROR', again('BAD_CONFIG', 'the request is not well-formed XML, or empty')],
  ['CA_ERROR', again('BAD_CERTIFICATE', 'no certificate, or one that is not accepted')],
  ['FREQ_LIMIT', again('RATE_LIMITED', 'too many calls: slow down')],
  ['FREQUENCY_LIMITED', again('RATE_LIMITED', 'too many calls: the same number later')],
  ['PAYER_ACCOUNT_ABNORMAL', again('NO_PERMISSION', 'the merchant’s account is restricted')],
];
