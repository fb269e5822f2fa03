import type { Live } from '../live/cell.ts';
import type { Overlays } from '../overlays.ts';
import type { ShownNotice } from '../sale/desk-control.ts';

/** A receipt that is scanned, at any time and by any scanner, shows its sale. */
export function openScannedReceipts(notice: Live<ShownNotice | undefined>, overlays: Overlays): void {
  notice.subscribe(() => {
    const said = notice.get();
    if (said?.code === 'SCAN_RECEIPT' && said.detail !== undefined) overlays.showStory(said.detail);
  });
}
