import type { Fen } from './money.ts';
import { isSettled, type Payment } from './payment.ts';

/** What the customer owes. It may take several payments to get it, but never two that could both succeed. */
export interface Sale {
  readonly id: string;
  /** `store-terminal-sequence`, for people. */
  readonly number: string;
  readonly amountFen: Fen;
  readonly openedAt: number;
  readonly state: 'open' | 'paid' | 'abandoned';
}

export type ChargeRefusal =
  | { readonly code: 'SALE_CLOSED' }
  /** An earlier payment of this sale could still turn out paid. */
  | { readonly code: 'PAYMENT_UNRESOLVED'; readonly payment: Payment };

/** Why the sale may not be charged now; undefined when it may. */
export function refuseCharge(sale: Sale, payments: readonly Payment[]): ChargeRefusal | undefined {
  const unresolved = payments.find((payment) => !isSettled(payment));
  if (unresolved) return { code: 'PAYMENT_UNRESOLVED', payment: unresolved };
  if (sale.state !== 'open' || payments.some((payment) => payment.state === 'paid')) return { code: 'SALE_CLOSED' };
  return undefined;
}
