import type { Uncertain } from '../../core/shift-rows.ts';
import type { Ledger } from '../ledger/open-ledger.ts';

export type UncertainBooks = Pick<Ledger, 'unsettled' | 'toVerify'>;

/** What is in no report's totals at this moment, of whatever shift it began in. */
export function uncertainNow(ledger: UncertainBooks): Uncertain {
  const [owed, toVerify] = [ledger.unsettled(), ledger.toVerify()];
  return {
    owed: { count: owed.count, amountFen: owed.amountFen },
    toVerify: { count: toVerify.count, amountFen: toVerify.amountFen },
  };
}
