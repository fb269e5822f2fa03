import type { TillView } from '../../contract/types.ts';
import { type Fen, fen } from '../../core/money.ts';
import { totalFen } from './amount.ts';
import type { Desk, SaleState } from './desk.ts';

/** What could be put aside now: an amount that nobody has paid, and whose payments surely moved no money. */
export function holdableFen(state: SaleState, desk: Desk, till: TillView): Fen | undefined {
  switch (state) {
    case 'keying': {
      const amountFen = totalFen(desk.amount);
      return amountFen === 0 ? undefined : amountFen;
    }
    case 'scan':
    case 'tender':
    case 'declined':
    case 'cancelled':
      return till.static ? undefined : fen(till.amountFen);
    default:
      return undefined;
  }
}

/** A held sale may come to the front: no other is there that is not finished. */
export function isFrontFree(state: SaleState, desk: Desk, till: TillView): boolean {
  if (holdableFen(state, desk, till) !== undefined) return false;
  return till.step === 'amount' || till.payment === undefined || till.payment.phase === 'paid';
}
