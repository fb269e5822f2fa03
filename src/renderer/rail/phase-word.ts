import type { SaleRow } from '../../contract/types.ts';
import type { Messages } from '../i18n/messages.ts';

/** How a sale of the day stands, in a word. */
export function phaseWord(phase: SaleRow['phase'], words: Messages): string {
  return phase === 'open' || phase === 'abandoned' ? words.rail[phase] : words.state[phase];
}
