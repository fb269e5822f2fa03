import type { MoneyOwed } from './leaving.ts';
import type { Fen } from './money.ts';

/** What the journal says of shifts. `subject` is the shift; of a report on paper it is the print job. */
export type ShiftDraft =
  | ShiftRow<'shift.opened', { readonly number: number; readonly floatFen: Fen; readonly by: string }>
  | ShiftRow<'shift.cashMoved', CashMove>
  | ShiftRow<'shift.counted', { readonly countedFen: Fen; readonly by: string }>
  | ShiftRow<'shift.closed', ShiftClosing>
  | ShiftRow<'print.reportQueued', { readonly shiftId: string; readonly report: ReportKind; readonly copy: number }>;

interface ShiftRow<K extends string, P> {
  readonly kind: K;
  readonly subject: string;
  readonly payload: P;
}

/** X: as the shift stands, any time. Z: how it ended, once. */
export type ReportKind = 'X' | 'Z';

/** Money that went into the drawer or out of it beside the sales. */
export interface CashMove {
  /** Made where it was asked for, so that one that is sent twice is known again. */
  readonly moveId: string;
  readonly direction: 'in' | 'out';
  readonly amountFen: Fen;
  readonly why: string;
  readonly by: string;
}

/** What one kind of money brought in. */
export interface TenderTotal {
  readonly count: number;
  readonly amountFen: Fen;
}

/** The Z report as it stands in the journal: whatever is corrected later, this is what was signed. */
export interface ShiftClosing {
  readonly by: string;
  readonly wechat: TenderTotal;
  readonly cash: TenderTotal;
  readonly couponFen: Fen;
  /** As a shift's. */
  readonly notSettledFen?: Fen;
  readonly expectedFen: Fen;
  readonly countedFen: Fen;
  /** Why the drawer holds another sum than it should; absent when it does not. */
  readonly why?: string;
  /** What was not settled then: in no total, and told to whoever closed. */
  readonly owed: Pick<MoneyOwed, 'count' | 'amountFen'>;
}
