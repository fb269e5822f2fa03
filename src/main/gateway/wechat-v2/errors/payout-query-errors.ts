import type { PayoutReasonCode, PayoutState } from '../../../../core/payout-answer.ts';
import { type ErrorRule, type ErrorTable, integrationErrors } from './error-rule.ts';

/** not-found: the gateway knows no such payout. ask-again: it has said nothing about it. */
export type PayoutQueryDoes = 'not-found' | 'ask-again';

type Rule = ErrorRule<PayoutQueryDoes, PayoutReasonCode>;

/**
 * Every documented err_code of gethbinfo, gettransferinfo and query_bank. A question moves no money; `money` is what the
 * code proves of the payout.
 *
 * @see WeChat Pay API v2, chapters 13_6, 14_3 and 24_3: error codes
 */
export const PAYOUT_QUERY_ERRORS: ErrorTable<PayoutQueryDoes, PayoutReasonCode> = new Map<string, Rule>([
  ['NOT_FOUND', { money: 'unknown', does: 'not-found', note: 'no such number so far, or it is over 30 days old' }],
  ['ORDERNOTEXIST', { money: 'unknown', does: 'not-found', note: 'query_bank’s name for it' }],
  ...integrationErrors<PayoutQueryDoes>('unknown', 'ask-again'),
  ['SYSTEMERROR', askAgain('GATEWAY_BUSY', 'ask again')],
  ['FREQ_LIMIT', askAgain('RATE_LIMITED', 'too many questions')],
  ['FREQUENCY_LIMITED', askAgain('RATE_LIMITED', 'too many questions')],
  ['NO_AUTH', askAgain('NO_PERMISSION', 'no right to ask')],
  ['CA_ERROR', askAgain('BAD_CERTIFICATE', 'no certificate, or one that is not accepted')],
  ['SIGN_ERROR', askAgain('BAD_CONFIG', 'the question’s signature is wrong')],
  ['XML_ERROR', askAgain('BAD_CONFIG', 'the question is not well-formed XML, or empty')],
  ['INVALID_REQUEST', askAgain('BAD_CONFIG', 'rights, certificate or rate')],
]);

export const PAYOUT_QUERY_UNLISTED = askAgain('UNLISTED', 'whatever is added later');

/** Every documented status; any other is UNKNOWN. RFUND_ING is the API's own spelling. */
export const RED_PACKET_STATES: ReadonlyMap<string, PayoutState> = new Map<string, PayoutState>([
  ['SENDING', 'PROCESSING'],
  ['SENT', 'WAITING'],
  ['RECEIVED', 'SUCCEEDED'],
  ['FAILED', 'FAILED'],
  ['RFUND_ING', 'RETURNING'],
  ['REFUND', 'RETURNED'],
]);

export const BALANCE_PAYOUT_STATES: ReadonlyMap<string, PayoutState> = new Map<string, PayoutState>([
  ['PROCESSING', 'PROCESSING'],
  ['SUCCESS', 'SUCCEEDED'],
  ['FAILED', 'FAILED'],
]);

export const BANK_PAYOUT_STATES: ReadonlyMap<string, PayoutState> = new Map<string, PayoutState>([
  ['PROCESSING', 'PROCESSING'],
  ['SUCCESS', 'SUCCEEDED'],
  ['FAILED', 'FAILED'],
  ['BANK_FAIL', 'RETURNED'],
]);

function askAgain(reason: PayoutReasonCode, note: string): Rule {
  return { money: 'unknown', reason, does: 'ask-again', note };
}
