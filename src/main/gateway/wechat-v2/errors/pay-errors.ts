import type { ReasonCode } from '../../../../core/gateway-answer.ts';
import {
  type ErrorRule,
  type ErrorTable,
  integrationErrors,
  SAYS_NUMBER_USED,
  SAYS_PERMISSION,
  SAYS_TOO_FAST,
  type TextRule,
} from './error-rule.ts';

/**
 * confirm: a no, final once a query has confirmed it. confirm-and-reverse: the same, and the order is then reversed so
 * that it can never be paid. query: no verdict at all, the number has to be asked for until it is certain.
 */
export type PayDoes = 'confirm' | 'confirm-and-reverse' | 'query';

/**
 * Every documented err_code of micropay. They come with result_code FAIL in a signed answer; the vendor's guide warns
 * that in extreme cases a FAIL was answered and the customer charged, which is why even a clear no is only `confirm`.
 *
 * @see WeChat Pay API v2, micropay (chapter 9_10): error codes; its guide to pay codes: "Reasonable query mechanism"
 */
export const PAY_ERRORS: ErrorTable<PayDoes> = new Map<string, ErrorRule<PayDoes>>([
  ['SYSTEMERROR', unknown('GATEWAY_BUSY', 'a time-out inside WeChat Pay: the money may have moved')],
  ['BANKERROR', unknown('BANK_BUSY', 'a time-out at the bank: the money may have moved')],
  ['USERPAYING', unknown('AWAITING_PASSWORD', 'the customer is asked for the password')],
  ['ORDERPAID', unknown('ALREADY_PAID', 'this number is paid, perhaps by our own first try: never a fresh failure')],
  ['OUT_TRADE_NO_USED', unknown('NUMBER_USED', 'this number came before with other parameters: ask what became of it')],

  ['NOTENOUGH', no('NOT_ENOUGH', 'balance too low')],
  ['AUTHCODEEXPIRE', no('CODE_EXPIRED', 'the payment code has expired')],
  ['AUTH_CODE_ERROR', no('CODE_INVALID', 'the payment code is malformed or used')],
  ['AUTH_CODE_INVALID', no('CODE_INVALID', 'not a WeChat payment code, or expired, or used')],
  ['NOTSUPORTCARD', no('CARD_NOT_SUPPORTED', 'the card type is not accepted (the code is spelled so)')],
  ['ORDERCLOSED', no('ORDER_CLOSED', 'this number is closed: a new one is needed')],
  ['ORDERREVERSED', no('ORDER_REVERSED', 'this number was reversed: a new one is needed')],
  ['NOAUTH', no('NO_PERMISSION', 'pay codes are not enabled for this merchant')],
  ['INVALID_REQUEST', no('BAD_CONFIG', 'rights, repetition, certificate or rate: its text says which')],

  ['TRADE_ERROR', noAndReverse('TRADE_REFUSED', 'risk control, the account, or no password was entered')],
  ['BUYER_MISMATCH', noAndReverse('PAYER_MISMATCH', 'another payer began this number: that order may still be open')],

  ...integrationErrors<PayDoes>('not-moved', 'confirm'),
]);

/** What INVALID_REQUEST of micropay means, by its text; the table's own row where none of these fits. */
export const PAY_INVALID_REQUESTS: readonly TextRule<PayDoes>[] = [
  { pattern: SAYS_NUMBER_USED, rule: unknown('NUMBER_USED', '"201 商户订单号重复": as OUT_TRADE_NO_USED') },
  { pattern: SAYS_TOO_FAST, rule: no('RATE_LIMITED', 'too many calls: micropay allows about 30 a second') },
  { pattern: SAYS_PERMISSION, rule: no('NO_PERMISSION', 'no right to make this call') },
];

/** What any other code is taken for: proof of nothing. */
export const PAY_UNLISTED = unknown('UNLISTED', 'RULELIMIT, bare numbers and whatever is added later');

function unknown(reason: ReasonCode, note: string): ErrorRule<PayDoes> {
  return { money: 'unknown', reason, does: 'query', note };
}

function no(reason: ReasonCode, note: string): ErrorRule<PayDoes> {
  return { money: 'not-moved', reason, does: 'confirm', note };
}

function noAndReverse(reason: ReasonCode, note: string): ErrorRule<PayDoes> {
  return { money: 'not-moved', reason, does: 'confirm-and-reverse', note };
}
