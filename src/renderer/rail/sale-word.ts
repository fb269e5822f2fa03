import type { SaleRow } from '../../contract/types.ts';
import type { Messages } from '../i18n/messages.ts';
import { phaseWord } from './phase-word.ts';

/** What has become of a paid sale's money since; undefined when nothing has. */
export type Refunded = 'pending' | 'all' | 'part';

export function refundedOf({ phase, amountFen, refundedFen, refundPendingFen }: SaleRow): Refunded | undefined {
  if (phase !== 'paid') return undefined;
  if (refundPendingFen > 0) return 'pending';
  if (refundedFen >= amountFen) return 'all';
  return refundedFen > 0 ? 'part' : undefined;
}

/** How a sale of the day stands, in a word: what is to go back of it first, for that is what still has to happen. */
export function saleWord(row: SaleRow, words: Messages): string {
  const refunded = refundedOf(row);
  return refunded === undefined ? phaseWord(row.phase, words) : words.refund.row[refunded];
}
