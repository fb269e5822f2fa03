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

/** What a shift has brought in and given back, by tender. Only what is certain is in any of it. */
export interface ShiftTotals {
  /** Payments by a scanned code. */
  readonly wechat: TenderTotal;
  /** The part of `wechat` that coupons paid. */
  readonly couponFen: Fen;
  /** The part of `wechat` that WeChat Pay settles to nobody: coupons that are no money. Absent while there is none. */
  readonly notSettledFen?: Fen | undefined;
  /** Payments on the store's static code that were proven. */
  readonly staticCode: TenderTotal;
  readonly cash: TenderTotal;
  /** Refunds that WeChat Pay has carried out, whichever way the customer had paid. */
  readonly wechatRefunds: TenderTotal;
  /** Handed back from the drawer. */
  readonly cashRefunds: TenderTotal;
}

type OwedTotal = Pick<MoneyOwed, 'count' | 'amountFen'>;

/** Money that nobody can be sure of: in no total, and told to whoever reads them. */
export interface Uncertain {
  /** Payments and refunds that are not settled. */
  readonly owed: OwedTotal;
  /** Accepted on the static code and not proven. */
  readonly toVerify: OwedTotal;
}

/** The Z report as it stands in the journal: whatever is corrected later, this is what was signed. */
export interface ShiftClosing extends ShiftTotals, Uncertain {
  readonly by: string;
  readonly expectedFen: Fen;
  readonly countedFen: Fen;
  /** Why the drawer holds another sum than it should; absent when it does not. */
  readonly why?: string;
}
