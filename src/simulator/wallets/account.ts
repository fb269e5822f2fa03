import { type Fen, fen, sumFen } from '../../core/money.ts';
import type { SimOrder } from '../ledger/order.ts';
import type { SimPayout } from '../payouts/payout-book.ts';

/** What moved between a customer and the merchant, in fen. Coupons are the platform's money, not the customer's. */
export interface Account {
  /** Paid in cash. */
  readonly paidFen: Fen;
  /** Given back in cash, by reversals and by refunds that have arrived. */
  readonly gotBackFen: Fen;
  /** Paid out by the merchant, and arrived. */
  readonly receivedFen: Fen;
  /** Paid by coupons and not given back to them. */
  readonly couponFen: Fen;
  /** Refunds and payouts that have left the merchant and have not arrived. */
  readonly onTheWayFen: Fen;
}

export const EMPTY_ACCOUNT: Account = {
  paidFen: fen(0),
  gotBackFen: fen(0),
  receivedFen: fen(0),
  couponFen: fen(0),
  onTheWayFen: fen(0),
};

/** What one order has moved so far. */
export function accountOfOrder(order: SimOrder): Account {
  const { chargedFen, returnedFen, couponFen, refunds } = order;
  if (chargedFen === 0) return EMPTY_ACCOUNT;
  const arrived = refunds.filter(({ state }) => state === 'SUCCESS');
  const backFen = sumFen(arrived.map(({ refundFen }) => refundFen)) + returnedFen;
  const couponBackFen = sumFen(arrived.map((refund) => refund.couponFen)) + (returnedFen > 0 ? couponFen : 0);
  return {
    ...EMPTY_ACCOUNT,
    paidFen: fen(chargedFen - couponFen),
    gotBackFen: fen(backFen - couponBackFen),
    couponFen: fen(couponFen - couponBackFen),
    onTheWayFen: sumFen(refunds.filter(({ state }) => state === 'PROCESSING').map(({ refundFen }) => refundFen)),
  };
}

/**
 * What one payout has moved so far, as the payee and everybody else see it: a red packet for several leaves the payee
 * one share of it.
 */
export function accountsOfPayout({ state, amountFen, people }: SimPayout): { payee: Account; others: Account } {
  if (state === 'PENDING') return { payee: EMPTY_ACCOUNT, others: { ...EMPTY_ACCOUNT, onTheWayFen: amountFen } };
  if (state !== 'DONE') return { payee: EMPTY_ACCOUNT, others: EMPTY_ACCOUNT };
  const shareFen = fen(Math.floor(amountFen / people));
  return {
    payee: { ...EMPTY_ACCOUNT, receivedFen: shareFen },
    others: { ...EMPTY_ACCOUNT, receivedFen: fen(amountFen - shareFen) },
  };
}

export function plus(a: Account, b: Account): Account {
  return combine(a, b, 1);
}

export function minus(a: Account, b: Account): Account {
  return combine(a, b, -1);
}

/** What the merchant has because of this account: paid in, with coupons, less all that left again. In fen. */
export function owedToMerchantFen({ paidFen, gotBackFen, receivedFen, couponFen, onTheWayFen }: Account): Fen {
  return fen(paidFen - gotBackFen - receivedFen + couponFen - onTheWayFen);
}

function combine(a: Account, b: Account, sign: 1 | -1): Account {
  return {
    paidFen: fen(a.paidFen + sign * b.paidFen),
    gotBackFen: fen(a.gotBackFen + sign * b.gotBackFen),
    receivedFen: fen(a.receivedFen + sign * b.receivedFen),
    couponFen: fen(a.couponFen + sign * b.couponFen),
    onTheWayFen: fen(a.onTheWayFen + sign * b.onTheWayFen),
  };
}
