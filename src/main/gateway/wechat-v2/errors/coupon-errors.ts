import type { CouponReasonCode } from '../../../../core/coupon-answer.ts';
import { type ErrorRule, type ErrorTable, integrationErrors } from './error-rule.ts';

/** refuse: no coupon, however often it is asked for. again: not by this call. unsure: it may have been sent. */
export type CouponDoes = 'refuse' | 'again' | 'unsure';
export type CouponQueryDoes = 'not-found' | 'ask-again';

type Rule = ErrorRule<CouponDoes, CouponReasonCode>;
type QueryRule = ErrorRule<CouponQueryDoes, CouponReasonCode>;

/** How the whole coupon family says that the request, and not the coupon, is at fault. */
const REQUEST_AT_FAULT: Readonly<Record<string, readonly [CouponReasonCode, note: string]>> = {
  SIGN_ERROR: ['BAD_CONFIG', 'the request’s signature is wrong'],
  REQ_PARAM_XML_ERR: ['BAD_CONFIG', 'the request is not well-formed XML'],
  COUPON_STOCK_ID_EMPTY: ['BAD_CONFIG', 'no batch number'],
  MCH_ID_EMPTY: ['BAD_CONFIG', 'no merchant number'],
  CODE_2_ID_ERR: ['BAD_CONFIG', 'the merchant number is wrong'],
  CA_ERROR: ['BAD_CERTIFICATE', 'the certificate is wrong'],
  ERR_VERIFY_SSL_SERIAL: ['BAD_CERTIFICATE', 'the certificate has no serial number'],
  ERR_VERIFY_SSL_SN: ['BAD_CERTIFICATE', 'the certificate names nobody'],
  CA_VERIFY_FAILED: ['BAD_CERTIFICATE', 'the certificate is not accepted'],
};

/**
 * Every documented err_code of send_coupon. Numbers such as 268456007 have been seen in their place, with only a text to
 * say what is meant: those are unlisted, and the same call again tells.
 *
 * @see WeChat Pay API v2, coupons (chapter 12_3): error codes
 */
export const COUPON_SEND_ERRORS: ErrorTable<CouponDoes, CouponReasonCode> = new Map<string, Rule>([
  ...integrationErrors<CouponDoes>('not-moved', 'again'),
  ...Object.entries(REQUEST_AT_FAULT).map(([code, [reason, note]]): [string, Rule] => [
    code,
    { money: 'not-moved', reason, does: 'again', note },
  ]),
  ['FREQ_OVER_LIMIT', { money: 'not-moved', reason: 'RATE_LIMITED', does: 'again', note: 'too many sendings' }],
  ['SYSTEMERROR', unsure('GATEWAY_BUSY', 'the same call again')],
  // Printed with a blank, and without one.
  ['NETWORK ERROR', unsure('GATEWAY_BUSY', 'the same call again')],
  ['NETWORKERROR', unsure('GATEWAY_BUSY', 'the same call again')],
  ['USER_AL_GET_COUPON', refuse('COUPON_HELD_ALREADY', 'the customer has as many as one may have')],
  ['AL_STOCK_OVER', refuse('COUPONS_ENDED', 'the activity is over, or all are given out')],
  ['STOCK_IS_NOT_VALID', refuse('COUPONS_ENDED', 'the coupons are not valid any more')],
  ['OPEN_ID_EMPTY', refuse('PAYEE_UNKNOWN', 'no openid')],
]);

export const COUPON_SEND_UNLISTED = unsure('UNLISTED', 'whatever is added later');

/**
 * Every documented err_code of query_coupon_stock and querycouponsinfo.
 *
 * @see WeChat Pay API v2, coupons (chapters 12_4 and 12_5): error codes
 */
export const COUPON_QUERY_ERRORS: ErrorTable<CouponQueryDoes, CouponReasonCode> = new Map<string, QueryRule>([
  ...integrationErrors<CouponQueryDoes>('unknown', 'ask-again'),
  ...Object.entries(REQUEST_AT_FAULT).map(([code, [reason, note]]): [string, QueryRule] => [
    code,
    askAgain(reason, note),
  ]),
  ['SYSTEMERROR', askAgain('GATEWAY_BUSY', 'ask again')],
  ['NETWORKERROR', askAgain('GATEWAY_BUSY', 'ask again')],
  ['GET_COUPON_STOCK_FAIL', askAgain('GATEWAY_BUSY', 'the batch could not be read')],
  ['COUPON_STOCK_ID_NOT_VALID', notFound('not a batch of this merchant')],
  ['COUPON_STOCK_NOT_FOUND', notFound('no such batch')],
  ['COUPON_NOT_FOUND', notFound('no such coupon of this customer')],
]);

export const COUPON_QUERY_UNLISTED = askAgain('UNLISTED', 'whatever is added later');

function refuse(reason: CouponReasonCode, note: string): Rule {
  return { money: 'not-moved', reason, does: 'refuse', note };
}

function unsure(reason: CouponReasonCode, note: string): Rule {
  return { money: 'unknown', reason, does: 'unsure', note };
}

function askAgain(reason: CouponReasonCode, note: string): QueryRule {
  return { money: 'unknown', reason, does: 'ask-again', note };
}

function notFound(note: string): QueryRule {
  return { money: 'unknown', does: 'not-found', note };
}
