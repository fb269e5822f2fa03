import type { RefundReasonCode } from '../../../../core/refund-answer.ts';
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
 * refuse: the gateway will not, however often it is asked. again: nothing was accepted, and the same call under the
 * same number may work later. query: it may have been accepted, and only refundquery can say.
 */
export type RefundDoes = 'refuse' | 'again' | 'query';

type Rule = ErrorRule<RefundDoes, RefundReasonCode>;

/**
 * Every documented err_code of refund. The vendor's rule for all that may be repeated: with the same out_refund_no,
 * which refunds once however often it is sent, while another number refunds a second time.
 *
 * @see WeChat Pay API v2, refund (chapter 9_4): error codes
 */
export const REFUND_ERRORS: ErrorTable<RefundDoes, RefundReasonCode> = new Map<string, Rule>([
  ['SYSTEMERROR', query('GATEWAY_BUSY', 'a time-out inside WeChat Pay: it may have been accepted')],
  ['BIZERR_NEED_RETRY', query('GATEWAY_BUSY', 'the business did not go through: the same call again')],
  ['REFUND_FEE_MISMATCH', query('REFUND_NUMBER_USED', 'a refund of this number exists, with other amounts')],

  ['ORDER_NOT_READY', again('ORDER_NOT_READY', 'the order is busy')],
  [
    'FREQUENCY_LIMITED',
    again('RATE_LIMITED', 'not accepted: slow down; orders over a month old have a limit of their own'),
  ],
  ['INVALID_REQ_TOO_MUCH', again('RATE_LIMITED', 'too many bad calls: wait a minute')],
  ['NOTENOUGH', again('MERCHANT_BALANCE_LOW', 'the merchant has to top up first')],
  ['NOAUTH', again('NO_PERMISSION', 'the address is not in the merchant’s list, or there is no right to refund')],
  ['CERT_ERROR', again('BAD_CERTIFICATE', 'the certificate is expired or revoked')],
  ['INVALID_TRANSACTIONID', again('BAD_CONFIG', 'the number is malformed')],
  ['INVALID_REQUEST', again('BAD_CONFIG', 'rights, certificate, amounts or rate: its text says which')],
  ...integrationErrors<RefundDoes>('not-moved', 'again'),

  ['USER_ACCOUNT_ABNORMAL', refuse('PAYER_ACCOUNT_GONE', 'the customer’s account is closed: refund another way')],
  ['TRADE_OVERDUE', refuse('REFUND_TOO_LATE', 'over a year after the payment: refund another way')],
  ['ORDERNOTEXIST', refuse('ORDER_NOT_FOUND', 'no such order, or it was never paid')],
  ['ERROR', refuse('REFUND_REFUSED', 'a business refusal in free words, as "more than is left to refund"')],
]);

export const REFUND_INVALID_REQUESTS: readonly TextRule<RefundDoes, RefundReasonCode>[] = [
  { pattern: /不一致/, rule: query('REFUND_NUMBER_USED', '"与之前请求不一致": as REFUND_FEE_MISMATCH') },
  { pattern: SAYS_TOO_FAST, rule: again('RATE_LIMITED', 'too many calls') },
  { pattern: SAYS_CERTIFICATE, rule: again('BAD_CERTIFICATE', 'the certificate was not accepted') },
  { pattern: SAYS_PERMISSION, rule: again('NO_PERMISSION', 'no right to make this call') },
];

/** What any other code is taken for: proof of nothing. */
export const REFUND_UNLISTED = query('UNLISTED', 'whatever is added later');

function query(reason: RefundReasonCode, note: string): Rule {
  return { money: 'unknown', reason, does: 'query', note };
}

function again(reason: RefundReasonCode, note: string): Rule {
  return { money: 'not-moved', reason, does: 'again', note };
}

function refuse(reason: RefundReasonCode, note: string): Rule {
  return { money: 'not-moved', reason, does: 'refuse', note };
}
