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
 * Every documented err_code of pay_bank. One partner_trade_no pays once however often it is asked for, as long as the
 * particulars are the same.
 *
 * @see WeChat Pay API v2, payment to a bank card (chapter 24_2): error codes
 */
export const BANK_PAYOUT_ERRORS: PayoutErrors = {
  table: new Map([
    ...COMMON_PAYOUT_ERRORS,
    ['ORDERPAID', query('PAYOUT_NUMBER_USED', 'too late to ask again under this number: look it up')],
    // Listed among the errors, with "accepted" for its meaning.
    ['SUCCESS', query('PAYOUT_IN_PROGRESS', 'accepted, if a FAIL ever carries it')],
    ['AMOUNT_LIMIT', again('LIMIT_REACHED', 'today’s limit of the merchant, or of this card')],
    ['SENDNUM_LIMIT', again('LIMIT_REACHED', 'this card was paid as often today as the merchant allows')],
    ['NO_AUTH', again('NO_PERMISSION', 'the product is not enabled, or the address is not in the merchant’s list')],
    ['PAY_CHANNEL_NOT_ALLOWED', again('NO_PERMISSION', 'paying by API is switched off at the merchant platform')],
    ['RECV_ACCOUNT_NOT_ALLOWED', refuse('PAYEE_BLOCKED', 'not on the merchant’s own list of payees')],
  ]),
  invalidRequests: INVALID_REQUESTS,
  unlisted: UNLISTED,
};
