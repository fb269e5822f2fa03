import type { OrderReasonCode } from '../../../../core/order-answer.ts';
import {
  type ErrorRule,
  type ErrorTable,
  integrationErrors,
  SAYS_PERMISSION,
  SAYS_TOO_FAST,
  type TextRule,
} from './error-rule.ts';

/**
 * closed, paid, not-found: how the order stands. again: nothing was closed, or nobody knows; the same call again.
 * refuse: not in the state the order is in, which only a query tells.
 */
export type CloseDoes = 'closed' | 'paid' | 'not-found' | 'again' | 'refuse';

type Rule = ErrorRule<CloseDoes, OrderReasonCode>;

/**
 * Every documented err_code of closeorder. `money` is what the code proves of the order's: not-moved, and it never
 * will, only where it is closed.
 *
 * @see WeChat Pay API v2, closeorder (chapter 9_3): error codes
 */
export const CLOSE_ERRORS: ErrorTable<CloseDoes, OrderReasonCode> = new Map<string, Rule>([
  ['ORDERCLOSED', { money: 'not-moved', does: 'closed', note: 'closed already, by this till or by time' }],
  ['ORDERPAID', { money: 'unknown', does: 'paid', note: 'paid before it could be closed: to be treated as paid' }],
  ['ORDERNOTEXIST', { money: 'unknown', does: 'not-found', note: 'no such number, so far: nothing to close' }],
  ['SYSTEMERROR', again('GATEWAY_BUSY', 'it may have been closed: the same call again')],
  ['TRADE_STATE_ERROR', { money: 'unknown', reason: 'CLOSE_REFUSED', does: 'refuse', note: 'not in this state' }],
  ['NOAUTH', again('NO_PERMISSION', 'no right to close: once it is given, again')],
  ['INVALID_REQUEST', again('BAD_CONFIG', 'rights or rate: its text says which')],
  ...integrationErrors<CloseDoes>('unknown', 'again'),
]);

export const CLOSE_INVALID_REQUESTS: readonly TextRule<CloseDoes, OrderReasonCode>[] = [
  { pattern: SAYS_TOO_FAST, rule: again('RATE_LIMITED', 'too many calls') },
  { pattern: SAYS_PERMISSION, rule: again('NO_PERMISSION', 'no right to make this call') },
];

/** What any other code is taken for: proof of nothing. */
export const CLOSE_UNLISTED = again('UNLISTED', 'whatever is added later');

function again(reason: OrderReasonCode, note: string): Rule {
  return { money: 'unknown', reason, does: 'again', note };
}
