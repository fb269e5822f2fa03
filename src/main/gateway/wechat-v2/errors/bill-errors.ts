import type { BillReasonCode } from '../../../../core/bill-answer.ts';
import {
  type ErrorRule,
  type ErrorTable,
  integrationErrors,
  SAYS_CERTIFICATE,
  SAYS_PERMISSION,
  SAYS_TOO_FAST,
} from './error-rule.ts';

/** no-bill: there is none for that day. later: the same call again. mend: never, as it was asked. */
export type BillDoes = 'no-bill' | 'later' | 'mend';

type Rule = ErrorRule<BillDoes, BillReasonCode>;

/**
 * Every documented error of downloadbill. It names them by a sentence in `return_msg`, here in capitals, and sometimes
 * by a number beside it, of which only one has been seen often enough to be believed. No bill moves money.
 *
 * @see WeChat Pay API v2, downloadbill (chapter 9_6): error codes
 */
export const BILL_ERRORS: ErrorTable<BillDoes, BillReasonCode> = new Map<string, Rule>([
  ['NO BILL EXIST', noBill('nothing was traded that day, or the bill is not begun')],
  ['20002', noBill('the number of "No Bill Exist"')],
  ['BILL CREATING', later('BILL_CREATING', 'not made yet: after ten the next morning')],
  ['SYSTEMERROR', later('GATEWAY_BUSY', 'a time-out inside WeChat Pay')],
  ['SYSTEM ERROR', later('GATEWAY_BUSY', 'the same, as it is really spelled')],
  ['COMPRESSGZIP ERROR', later('GATEWAY_BUSY', 'packing failed')],
  ['UNCOMPRESSGZIP ERROR', later('GATEWAY_BUSY', 'unpacking failed')],
  ['SIGN ERROR', mend('the request’s signature is wrong')],
  ['MISSING PARAMETER', mend('a required parameter is missing')],
  ['DATA FORMAT ERROR', mend('the request is not XML as it should be')],
  ['INVALID PARAMETER', mend('a parameter that is not known')],
  ['INVALID APPID', mend('no such appid')],
  ['INVALID BILL_TYPE', mend('none of the four types')],
  ['INVALID BILL_DATE', mend('not a day of the last three months')],
  ['INVALID TAR_TYPE, ONLY GZIP SUPPORTED', mend('tar_type is GZIP or left out')],
  ['NONCE_STR TOO LONG', mend('over 32 characters')],
  ['REQUIRE POST METHOD', mend('not sent by POST')],
  ['EMPTY POST DATA', mend('the request has no body')],
  ['当前商户号账单API权限已经关闭', mend('bills are switched off for this merchant', 'NO_PERMISSION')],
  ...shared(),
]);

/**
 * Every documented err_code of downloadfundflow.
 *
 * @see WeChat Pay API v2, downloadfundflow (chapter 9_18): error codes
 */
export const FUND_FLOW_ERRORS: ErrorTable<BillDoes, BillReasonCode> = new Map<string, Rule>([
  ['NO_BILL_EXIST', noBill('nothing moved on that account that day')],
  ['BILL_CREATING', later('BILL_CREATING', 'not made yet: after ten the next morning')],
  ['SYSTEMERROR', later('GATEWAY_BUSY', 'a time-out inside WeChat Pay')],
  ['CERT_ERROR', mend('the certificate is expired or revoked', 'BAD_CERTIFICATE')],
  ...shared(),
]);

/** What a refusal means whose words are in neither table; tried in turn. */
export const BILL_WORDS: readonly { readonly pattern: RegExp; readonly rule: Rule }[] = [
  { pattern: SAYS_CERTIFICATE, rule: mend('the certificate was not accepted', 'BAD_CERTIFICATE') },
  { pattern: /签名|\bsign/i, rule: mend('the request’s signature is wrong') },
  { pattern: /系统|system/i, rule: later('GATEWAY_BUSY', 'WeChat Pay is busy') },
  { pattern: SAYS_TOO_FAST, rule: later('RATE_LIMITED', 'too many calls') },
  { pattern: SAYS_PERMISSION, rule: mend('no right to make this call', 'NO_PERMISSION') },
];

/** What any other refusal is taken for: it says nothing of the day. */
export const BILL_UNLISTED = later('UNLISTED', 'whatever is added later');

/** What any call of the API can be refused for. */
function shared(): [string, Rule][] {
  return [
    ['NOAUTH', mend('no right to make this call', 'NO_PERMISSION')],
    ['FREQUENCY_LIMITED', later('RATE_LIMITED', 'too many calls')],
    ...integrationErrors<BillDoes>('not-moved', 'mend'),
  ];
}

function noBill(note: string): Rule {
  return { money: 'not-moved', does: 'no-bill', note };
}

function later(reason: BillReasonCode, note: string): Rule {
  return { money: 'not-moved', reason, does: 'later', note };
}

function mend(note: string, reason: BillReasonCode = 'BAD_CONFIG'): Rule {
  return { money: 'not-moved', reason, does: 'mend', note };
}
