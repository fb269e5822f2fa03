import type { ReasonCode } from '../../../../core/gateway-answer.ts';
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
 * again: the same call again, later, whatever `recall` says. refuse: the gateway will not, unless `recall` is Y.
 * refuse-for-good: no repeating can help, so `recall` is not even asked.
 */
export type ReverseDoes = 'again' | 'refuse' | 'refuse-for-good';

/**
 * Every documented err_code of reverse, and USERPAYING, which the table leaves out and the gateway does answer
 * ("正在支付中不能发起撤销"). The vendor's rule for everything unclear: no return or an error, call again.
 *
 * @see WeChat Pay API v2, reverse (chapter 9_11): error codes
 */
export const REVERSE_ERRORS: ErrorTable<ReverseDoes> = new Map<string, ErrorRule<ReverseDoes>>([
  ['SYSTEMERROR', { money: 'unknown', reason: 'GATEWAY_BUSY', does: 'again', note: 'it may have been reversed' }],
  ['USERPAYING', again('AWAITING_PASSWORD', 'not while the customer is paying')],
  ['NOAUTH', again('NO_PERMISSION', 'no right to reverse: once it is given, again')],
  ['INVALID_TRANSACTIONID', again('BAD_CONFIG', 'the number is malformed')],
  ['INVALID_REQUEST', again('BAD_CONFIG', 'rights, certificate or rate: its text says which')],
  ['CERT_ERROR', again('BAD_CERTIFICATE', 'the certificate is expired or revoked')],
  ['TRADE_ERROR', refuse('REVERSE_REFUSED', 'a business refusal: if it was paid, a refund is the way')],
  [
    'REVERSE_EXPIRE',
    { money: 'not-moved', reason: 'REVERSE_EXPIRED', does: 'refuse-for-good', note: 'over 7 days old: refund instead' },
  ],
  ...integrationErrors<ReverseDoes>('not-moved', 'again'),
]);

export const REVERSE_INVALID_REQUESTS: readonly TextRule<ReverseDoes>[] = [
  { pattern: SAYS_TOO_FAST, rule: again('RATE_LIMITED', 'too many calls') },
  { pattern: SAYS_CERTIFICATE, rule: again('BAD_CERTIFICATE', 'the certificate was not accepted') },
  { pattern: SAYS_PERMISSION, rule: again('NO_PERMISSION', 'no right to make this call') },
];

/** A code nobody knows: again as long as the gateway does not say itself (recall=N) that this is of no use. */
export const REVERSE_UNLISTED: ErrorRule<ReverseDoes> = {
  money: 'unknown',
  reason: 'UNLISTED',
  does: 'again',
  note: 'whatever is added later',
};
export const REVERSE_UNLISTED_STOP = refuse('REVERSE_REFUSED', 'an unknown code, with recall=N');

function again(reason: ReasonCode, note: string): ErrorRule<ReverseDoes> {
  return { money: 'not-moved', reason, does: 'again', note };
}

function refuse(reason: ReasonCode, note: string): ErrorRule<ReverseDoes> {
  return { money: 'not-moved', reason, does: 'refuse', note };
}
