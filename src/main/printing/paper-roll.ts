import type { Paper } from '../../contract/types.ts';

const SHEETS_MAX = 20;

export type PaperRoll = ReturnType<typeof createPaperRoll>;

/** The virtual printer's paper, newest first, for the screen; bounded, since nobody tears it off. */
export function createPaperRoll({ onChange }: { onChange: () => void }) {
  let sheets: Paper['sheets'] = [];
  return {
    add(sheet: Paper['sheets'][number]): void {
      sheets = [sheet, ...sheets].slice(0, SHEETS_MAX);
      onChange();
    },
    view: (): Paper => ({ sheets }),
  };
}
