import type { StatusView } from '../../contract/types.ts';
import type { Live } from '../live/cell.ts';

/**
 * The browser asks, in its own words, before this window closes while money is not settled. Only where closing the
 * window is all that happens: Electron would take the same listener for a refusal and say nothing.
 */
export function askBeforeUnload(page: Pick<Window, 'addEventListener'>, status: Live<StatusView | undefined>): void {
  page.addEventListener('beforeunload', (event) => {
    if ((status.get()?.owed.count ?? 0) > 0) event.preventDefault();
  });
}
