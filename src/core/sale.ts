import type { Fen } from './money.ts';
import { isSettled, type Payment } from './payment.ts';

/** What the customer owes. It may take several payments to get it, but never two that could both succeed. */
export interface Sale {
  readonly id: string;
  /** `store-terminal-sequence`, for people. */
  readonly number: string;
  readonly amountFen: Fen;
  readonly openedAt: number;
  /** `toVerify`: paid on the store's static code, as a manager says; neither owed nor received until it is proven. */
  readonly state: 'open' | 'paid' | 'abandoned' | 'toVerify';
}

export type ChargeRefusal =
  | { readonly code: 'SALE_CLOSED' }
  /** An earlier payment of this sale could still turn out paid. */
  | { readonly code: 'PAYMENT_UNRESOLVED'; readonly payment: Payment };

/** Why the sale may not be charged now; undefined when it may. */
export function refuseCharge(sale: Sale, payments: readonly Payment[]): ChargeRefusal | undefined {
  const unresolved = payments.find((payment) => !isSettled(payment));
  if (unresolved) return { code: 'PAYMENT_UNRESOLVED', payment: unresolved };
  // One that was given up may still turn up in the bill: the sale is not charged a second time for it.
  const keptPerhaps = payments.some(({ state }) => state === 'paid' || state === 'givenUp');
  if (sale.state !== 'open' || keptPerhaps) return { code: 'SALE_CLOSED' };
  return undefined;
}
