import type { MoneyOwed } from './leaving.ts';
import type { Fen } from './money.ts';
import type { Shop } from './receipt.ts';
import { movedFen, type Shift } from './shift.ts';
import type { ReportKind, TenderTotal } from './shift-rows.ts';

/** An X or Z report as plain data: what the paper says, not how it looks. Amounts in fen, times in epoch milliseconds. */
export interface ShiftSlip {
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
  readonly wechat: TenderTotal;
  readonly cash: TenderTotal;
  readonly couponFen: Fen;
  readonly notSettledFen?: Fen;
  readonly floatFen: Fen;
  readonly cashInFen: Fen;
  readonly cashOutFen: Fen;
  /** Only on a Z report: who is still to count must not be told. */
  readonly drawer?: { readonly expectedFen: Fen; readonly countedFen: Fen; readonly why?: string };
  readonly owed?: Pick<MoneyOwed, 'count' | 'amountFen'>;
  /** 0 for the first, 1, 2, … for further ones of a Z report, which say so. */
  readonly copy: number;
}

/** `at`: when an X report is printed; a Z report has its own time. */
export function shiftSlip(
  shop: Shop,
  number: string,
  shift: Shift,
  { report, copy }: { readonly report: ReportKind; readonly copy: number },
  at: number,
): ShiftSlip {
  const { openedAt, openedBy, floatFen, moves, simulated, closed } = shift;
  const { wechat, cash, couponFen, notSettledFen } = closed ?? shift;
  const drawer = { cashInFen: movedFen(moves, 'in'), cashOutFen: movedFen(moves, 'out') };
  const shown = { slip: 'shift', report, shop, simulated, number, openedAt, openedBy, copy } as const;
  const unsettled = notSettledFen === undefined ? {} : { notSettledFen };
  const money = { wechat, cash, couponFen, ...unsettled, floatFen, ...drawer };
  if (report === 'X' || closed === undefined) return { ...shown, ...money, at };
  const { by, expectedFen, countedFen, why, owed } = closed;
  return {
    ...shown,
    ...money,
    at: closed.at,
    closedBy: by,
    drawer: { expectedFen, countedFen, ...(why === undefined ? {} : { why }) },
    owed,
  };
}
