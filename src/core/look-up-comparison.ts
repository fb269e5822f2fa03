import type { Fen } from './money.ts';
import type { OrderLookUp, OrderState } from './order-look-up.ts';

/*
 * Our books and the gateway's word about one order, held against each other: for a person who has a number in hand.
 * It changes nothing; what settles a payment is the payment's own query.
 */

/** What our books say of an order, as far as it can be compared. */
export interface BooksSide {
  /** paid: money is ours. none: none is, for certain. open: not certain, or not proven, yet. givenUp: a manager closed it. */
  readonly money: 'paid' | 'none' | 'open' | 'givenUp';
  readonly amountFen: Fen;
  readonly transactionId?: string;
  /** Given back, or asked for and not definitely failed. */
  readonly refundedFen: Fen;
}

/**
 * same: both say the same. differs: a person has to look. open: our books are still finding out. foreign: no order of
 * ours. nowhere: nobody knows such an order. unknown: the gateway could not be asked.
 */
export type Agreement = 'same' | 'differs' | 'open' | 'foreign' | 'nowhere' | 'unknown';

export function compareSides(books: BooksSide | undefined, answer: OrderLookUp): Agreement {
  if (answer.verdict === 'UNKNOWN') return 'unknown';
  if (books === undefined) return answer.verdict === 'FOUND' ? 'foreign' : 'nowhere';
  if (books.money === 'open') return 'open';
  if (answer.verdict === 'NOT_FOUND') return books.money === 'none' ? 'same' : 'differs';
  const { state, settlement, transactionId } = answer.order;
  if (settlement !== undefined && settlement.totalFen !== books.amountFen) return 'differs';
  if (books.money === 'paid') return isPaidAlike(books, state, transactionId) ? 'same' : 'differs';
  if (books.money === 'none') return hasNoMoney(books, state) ? 'same' : 'differs';
  // What a manager closed without certainty stays a person's to compare, whatever is said now.
  return 'differs';
}

function isPaidAlike(books: BooksSide, state: OrderState, transactionId: string | undefined): boolean {
  if (transactionId !== undefined && transactionId !== books.transactionId) return false;
  return books.refundedFen > 0 ? state === 'REFUNDED' : state === 'PAID';
}

/** Money that we gave back by a refund of a payment that never counted leaves the order REFUNDED for ever. */
function hasNoMoney({ refundedFen }: BooksSide, state: OrderState): boolean {
  return NO_MONEY.includes(state) || (state === 'REFUNDED' && refundedFen > 0);
}

const NO_MONEY: readonly OrderState[] = ['NOT_PAID', 'REVERSED', 'CLOSED', 'FAILED'];
