import { again, COMMON_PAYOUT_ERRORS, INVALID_REQUESTS, type PayoutErrors, refuse, UNLISTED } from './payout-rules.ts';

/**
 * Every documented err_code of promotion/transfers. One partner_trade_no pays once however often it is asked for; a
 * FAIL is not always the end of it, so a look-up comes before another number.
 *
 * @see WeChat Pay API v2, payment to a balance (chapter 14_2): error codes
 */
export const BALANCE_PAYOUT_ERRORS: PayoutErrors = {
  table: new Map([
    ...COMMON_PAYOUT_ERRORS,
    ['NO_AUTH', again('NO_PERMISSION', 'the product is not enabled, or the address is not in the merchant’s list')],
    ['PAY_CHANNEL_NOT_ALLOWED', again('NO_PERMISSION', 'paying by API is switched off at the merchant platform')],
    ['PARAM_IS_NOT_UTF8', again('BAD_CONFIG', 'the request is not UTF-8')],
    ['MONEY_LIMIT', again('LIMIT_REACHED', 'today’s limit of the merchant, or towards this customer')],
    ['SEND_MONEY_LIMIT', again('LIMIT_REACHED', 'today’s limit of the merchant')],
    ['RECEIVED_MONEY_LIMIT', again('LIMIT_REACHED', 'today’s limit towards this customer')],
    ['SENDNUM_LIMIT', again('LIMIT_REACHED', 'this customer was paid as often today as the merchant allows')],

    ['AMOUNT_LIMIT', refuse('AMOUNT_NOT_ALLOWED', 'below or above what one payment may be')],
    ['OPENID_ERROR', refuse('PAYEE_UNKNOWN', 'the openid is not of this appid')],
    ['NAME_MISMATCH', refuse('NAME_MISMATCH', 'not the account’s real name')],
    ['V2_ACCOUNT_SIMPLE_BAN', refuse('PAYEE_NOT_VERIFIED', 'the account is not of a verified person')],
    ['RECV_ACCOUNT_NOT_ALLOWED', refuse('PAYEE_BLOCKED', 'not on the merchant’s own list of payees')],
    ['PAYEE_ACCOUNT_ABNORMAL', refuse('PAYEE_BLOCKED', 'the account cannot receive; its owner has to complete it')],
    ['SEND_FAILED', refuse('PAYOUT_FAILED', 'this number has failed for good: another one, once that is confirmed')],
  ]),
  invalidRequests: INVALID_REQUESTS,
  unlisted: UNLISTED,
};
