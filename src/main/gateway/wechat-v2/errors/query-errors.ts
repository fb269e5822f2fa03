import type { QueryAnswer, ReasonCode } from '../../../../core/gateway-answer.ts';
import type { OrderState } from '../../../../core/order-look-up.ts';
import {
  type ErrorRule,
  type ErrorTable,
  integrationErrors,
  SAYS_PERMISSION,
  SAYS_TOO_FAST,
  type TextRule,
} from './error-rule.ts';

/** not-found: the gateway does not know the number. ask-again: it has said nothing about the order. */
export type QueryDoes = 'not-found' | 'ask-again';

/**
 * Every documented err_code of orderquery. A query moves no money; `money` is what the code proves of the payment.
 * Even ORDERNOTEXIST proves nothing while the pay call may still be on its way: the state machine weighs it.
 *
 * @see WeChat Pay API v2, orderquery (chapter 9_2): error codes
 */
export const QUERY_ERRORS: ErrorTable<QueryDoes> = new Map<string, ErrorRule<QueryDoes>>([
  ['ORDERNOTEXIST', { money: 'unknown', does: 'not-found', note: 'no such number, so far' }],
  ['SYSTEMERROR', askAgain('GATEWAY_BUSY', 'ask again')],
  ['NOAUTH', askAgain('NO_PERMISSION', 'no right to ask')],
  ['INVALID_TRANSACTIONID', askAgain('BAD_CONFIG', 'the number is malformed')],
  ['INVALID_REQUEST', askAgain('BAD_CONFIG', 'rights, certificate or rate: its text says which')],
  ...integrationErrors<QueryDoes>('unknown', 'ask-again'),
]);

export const QUERY_INVALID_REQUESTS: readonly TextRule<QueryDoes>[] = [
  { pattern: SAYS_TOO_FAST, rule: askAgain('RATE_LIMITED', 'too many calls') },
  { pattern: SAYS_PERMISSION, rule: askAgain('NO_PERMISSION', 'no right to make this call') },
];

export const QUERY_UNLISTED = askAgain('UNLISTED', 'whatever is added later');

export interface TradeStateRule {
  /** For the payment that the till is resolving. */
  readonly verdict: QueryAnswer['verdict'];
  /** For a person who looks the order up. */
  readonly state: OrderState;
  readonly reason?: ReasonCode;
  readonly note: string;
}

/**
 * Every documented trade_state; any other is UNKNOWN.
 *
 * @see WeChat Pay API v2, orderquery (chapter 9_2): trade_state
 */
export const TRADE_STATES: ReadonlyMap<string, TradeStateRule> = new Map<string, TradeStateRule>([
  ['SUCCESS', { verdict: 'PAID', state: 'PAID', note: 'paid' }],
  [
    'REFUND',
    { verdict: 'REFUNDED', state: 'REFUNDED', reason: 'REFUNDED', note: 'was paid; a refund has been accepted since' },
  ],
  ['NOTPAY', { verdict: 'NOT_PAID', state: 'NOT_PAID', note: 'waits to be paid' }],
  ['ACCEPT', { verdict: 'UNKNOWN', state: 'ACCEPTED', note: 'accepted, the debit is still to come' }],
  [
    'USERPAYING',
    {
      verdict: 'AWAITING_PASSWORD',
      state: 'AWAITING_PASSWORD',
      reason: 'AWAITING_PASSWORD',
      note: 'the password box is open',
    },
  ],
  [
    'PAYERROR',
    {
      verdict: 'FAILED',
      state: 'FAILED',
      reason: 'TRADE_REFUSED',
      note: 'failed, for example at the bank: to be reversed',
    },
  ],
  [
    'REVOKED',
    {
      verdict: 'CLOSED',
      state: 'REVERSED',
      reason: 'ORDER_REVERSED',
      note: 'reversed: unpaid, or the money has gone back',
    },
  ],
  ['CLOSED', { verdict: 'CLOSED', state: 'CLOSED', reason: 'ORDER_CLOSED', note: 'can never be paid any more' }],
]);

function askAgain(reason: ReasonCode, note: string): ErrorRule<QueryDoes> {
  return { money: 'unknown', reason, does: 'ask-again', note };
}
