import type { SaleRow } from '../../contract/types.ts';
import type { Messages } from '../i18n/messages.ts';
import { phaseWord } from './phase-word.ts';

/** How a sale of the day stands, in a word: what is to go back of it first, for that is what still has to happen. */
export function saleWord(row: SaleRow, words: Messages): string {
  const { phase, amountFen, refundedFen, refundPendingFen } = row;
  if (phase !== 'paid') return phaseWord(phase, words);
  if (refundPendingFen > 0) return words.refund.row.pending;
  if (refundedFen >= amountFen) return words.refund.row.all;
  return refundedFen > 0 ? words.refund.row.part : phaseWord(phase, words);
}
