import type { Fen } from './money.ts';
import type { Shop } from './receipt.ts';
import { movedFen, type Shift } from './shift.ts';
import type { ReportKind, ShiftTotals, Uncertain } from './shift-rows.ts';
import { totalsOf } from './shift-totals.ts';

/** An X or Z report as plain data: what the paper says, not how it looks. Amounts in fen, times in epoch milliseconds. */
export interface ShiftSlip extends ShiftTotals, Uncertain {
  readonly slip: 'shift';
  readonly report: ReportKind;
  readonly shop: Shop;
  readonly simulated: boolean;
  /** "0001-01-Z0042" */
  readonly number: string;
  readonly openedAt: number;
  readonly openedBy: string;
  /** When it was closed; of an X report, when it was printed. */
  readonly at: number;
  readonly closedBy?: string;
  readonly floatFen: Fen;
  readonly cashInFen: Fen;
  readonly cashOutFen: Fen;
  /** Only on a Z report: who is still to count must not be told. */
  readonly drawer?: { readonly expectedFen: Fen; readonly countedFen: Fen; readonly why?: string };
  /** 0 for the first, 1, 2, … for further ones of a Z report, which say so. */
  readonly copy: number;
}

/** `now`: when an X report is printed, and what was uncertain then; a Z report has its own. */
export function shiftSlip(
  shop: Shop,
  number: string,
  shift: Shift,
  { report, copy }: { readonly report: ReportKind; readonly copy: number },
  now: Uncertain & { readonly at: number },
): ShiftSlip {
  const { openedAt, openedBy, floatFen, moves, simulated, closed } = shift;
  const drawer = { cashInFen: movedFen(moves, 'in'), cashOutFen: movedFen(moves, 'out') };
  const shown = { slip: 'shift', report, shop, simulated, number, openedAt, openedBy, copy } as const;
  const money = { ...totalsOf(closed ?? shift), floatFen, ...drawer };
  if (report === 'X' || closed === undefined) return { ...shown, ...money, ...now };
  const { by, expectedFen, countedFen, why, owed, toVerify } = closed;
  return {
    ...shown,
    ...money,
    at: closed.at,
    closedBy: by,
    drawer: { expectedFen, countedFen, ...(why === undefined ? {} : { why }) },
    owed,
    toVerify,
  };
}
