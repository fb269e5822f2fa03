import { type Fen, fen, sumFen } from '../../core/money.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { owedToMerchantFen } from './account.ts';

/**
 * What the merchant must have, counted from the customers' side alone: the books' `netFen`, or the ledger is wrong.
 * Only the fees of payouts, which no customer sees, are taken from the other side.
 */
export function netOfCustomersFen({ wallets, payouts }: Pick<Ledger, 'wallets' | 'payouts'>): Fen {
  const accounts = [wallets.passersBy(), ...wallets.wallets().map(({ account }) => account)];
  return fen(sumFen(accounts.map(owedToMerchantFen)) - payouts.totals().payoutFeesFen);
}
