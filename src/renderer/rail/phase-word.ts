import type { SaleRow } from '../../contract/types.ts';
import type { Messages } from '../i18n/messages.ts';

/** How a sale of the day stands, in a word. */
export function phaseWord(phase: SaleRow['phase'], words: Messages): string {
  switch (phase) {
    case 'open':
    case 'abandoned':
    case 'disproven':
      return words.rail[phase];
    default:
      return words.state[phase];
  }
}
