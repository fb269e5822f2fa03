import type { TillView } from '../../contract/types.ts';
import type { Live } from '../live/cell.ts';
import type { Received } from '../live/terminal-feed.ts';
import { EMPTY_DESK, type SaleState, saleState } from '../sale/desk.ts';
import type { ShownNotice } from '../sale/desk-control.ts';
import type { Player } from './player.ts';
import { soundFor } from './tones.ts';

interface Heard {
  readonly till: Live<Received<TillView> | undefined>;
  readonly notice: Live<ShownNotice | undefined>;
}

/** Gives every change of the sale its sound, and every notice its knock. */
export function soundTheSale(heard: Heard, player: Player, volume: () => number): void {
  let before: SaleState | undefined;
  heard.till.subscribe(() => {
    const view = heard.till.get()?.view;
    if (view === undefined) return;
    const state = saleState(EMPTY_DESK, view);
    const sound = soundFor(before, state);
    before = state;
    if (sound !== undefined) player.play(sound, volume());
  });
  heard.notice.subscribe(() => {
    if (heard.notice.get() !== undefined) player.play('notice', volume());
  });
}
