import {
  again,
  COMMON_PAYOUT_ERRORS,
  INVALID_REQUESTS,
  type PayoutErrors,
  query,
  refuse,
  UNLISTED,
} from './payout-rules.ts';

/**
 * Every documented err_code of sendredpack and sendgroupredpack, those of older papers too. One mch_billno sends one
 * red packet however often it is asked for; after SEND_FAILED that number is used up.
 *
 * @see WeChat Pay API v2, cash red packets (chapters 13_4 and 13_5): error codes
 */
export const RED_PACKET_ERRORS: PayoutErrors = {
  table: new Map([
    ...COMMON_PAYOUT_ERRORS,
    ['PROCESSING', query('PAYOUT_IN_PROGRESS', 'taken: ask under the same number after 20 minutes')],

    ['SENDNUM_LIMIT', again('LIMIT_REACHED', 'this customer has had as many today as the merchant allows')],
    ['SENDAMOUNT_LIMIT', again('LIMIT_REACHED', 'the merchant’s own limit for a day')],
    ['RCVDAMOUNT_LIMIT', again('LIMIT_REACHED', 'this customer has had as much today as the merchant allows')],
    ['DAY_OVER_LIMITED', again('LIMIT_REACHED', 'too many red packets today')],
    // Printed with a blank in one paper, and so perhaps sent.
    ['DAY_ OVER_LIMITED', again('LIMIT_REACHED', 'too many red packets today')],
    ['SECOND_OVER_LIMITED', again('RATE_LIMITED', 'over 1800 red packets a minute')],
    ['TIME_LIMITED', again('LIMIT_REACHED', 'none are sent from midnight to eight, Beijing time')],
    ['API_METHOD_CLOSED', again('NO_PERMISSION', 'sending by API is switched off at the merchant platform')],
    ['NOAUTH', again('NO_PERMISSION', 'the product is not enabled')],
    ['ILLEGAL_APPID', again('BAD_CONFIG', 'an app’s appid: it has to be an official account’s')],
    ['MSGAPPID_ERROR', again('BAD_CONFIG', 'a provider’s msgappid is not bound to the merchant')],
    ['ACCEPTMODE_ERROR', again('BAD_CONFIG', 'the merchant is not one of this provider’s')],

    ['NO_AUTH', refuse('PAYEE_BLOCKED', 'stopped as a risk: the customer’s account is suspicious')],
    ['MONEY_LIMIT', refuse('AMOUNT_NOT_ALLOWED', 'outside 1.00 to 200.00 yuan, or the merchant’s own limits')],
    ['OPENID_ERROR', refuse('PAYEE_UNKNOWN', 'the openid is not of this appid')],
    ['SEND_FAILED', refuse('PAYOUT_FAILED', 'this number has failed for good: another one, once that is confirmed')],
  ]),
  invalidRequests: INVALID_REQUESTS,
  unlisted: UNLISTED,
};
