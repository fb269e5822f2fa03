import type { OrderReasonCode } from '../../../../core/order-answer.ts';
import {
  type ErrorRule,
  type ErrorTable,
  integrationErrors,
  SAYS_NUMBER_USED,
  SAYS_PERMISSION,
  SAYS_TOO_FAST,
  type TextRule,
} from './error-rule.ts';

/** refuse: this call placed no order. query: there may be one, or one of this number stands otherwise: ask for it. */
export type PlaceDoes = 'refuse' | 'query';

type Rule = ErrorRule<PlaceDoes, OrderReasonCode>;

/**
 * Every documented err_code of unifiedorder. Placing an order takes no money; `money` is what the code proves of the
 * order's.
 *
 * @see WeChat Pay API v2, unifiedorder (chapter 9_1): error codes
 */
export const PLACE_ERRORS: ErrorTable<PlaceDoes, OrderReasonCode> = new Map<string, Rule>([
  ['SYSTEMERROR', query('GATEWAY_BUSY', 'it may have been placed: the same call again')],
  ['ORDERPAID', query('ALREADY_PAID', 'this number is paid, perhaps by our own first try: never a fresh failure')],
  ['OUT_TRADE_NO_USED', query('NUMBER_USED', 'this number came before with other parameters: ask what became of it')],

  ['ORDERCLOSED', refuse('ORDER_CLOSED', 'this number is closed: a new one is needed')],
  ['NOTENOUGH', refuse('NOT_ENOUGH', 'the payer’s balance is too low')],
  ['NOAUTH', refuse('NO_PERMISSION', 'this trade type is not enabled for the merchant')],
  ['INVALID_REQUEST', refuse('BAD_CONFIG', 'rights, repetition or rate: its text says which')],
  ...integrationErrors<PlaceDoes>('not-moved', 'refuse'),
]);

export const PLACE_INVALID_REQUESTS: readonly TextRule<PlaceDoes, OrderReasonCode>[] = [
  { pattern: SAYS_NUMBER_USED, rule: query('NUMBER_USED', '"201 商户订单号重复": as OUT_TRADE_NO_USED') },
  { pattern: SAYS_TOO_FAST, rule: refuse('RATE_LIMITED', 'over 600 orders a second') },
  { pattern: SAYS_PERMISSION, rule: refuse('NO_PERMISSION', 'no right to make this call') },
];

/** What any other code is taken for: proof of nothing. */
export const PLACE_UNLISTED = query('UNLISTED', 'whatever is added later');

function query(reason: OrderReasonCode, note: string): Rule {
  return { money: 'unknown', reason, does: 'query', note };
}

function refuse(reason: OrderReasonCode, note: string): Rule {
  return { money: 'not-moved', reason, does: 'refuse', note };
}
