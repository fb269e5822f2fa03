import type { JournalDraft } from '../../core/journal.ts';
import type { Fen } from '../../core/money.ts';
import { differenceFen, expectedCashFen, type Shift } from '../../core/shift.ts';
import type { CashMove, ReportKind } from '../../core/shift-rows.ts';
import type { Ledger } from '../ledger/open-ledger.ts';

export interface ShiftsOptions {
  readonly ledger: Pick<Ledger, 'append' | 'shift' | 'shiftOpen' | 'shiftNumberHighest' | 'moneyOwed'>;
  readonly newId: () => string;
  /** What makes a report owed; nothing without a printer. */
  readonly reportDrafts: (shiftId: string, report: ReportKind) => readonly JournalDraft[];
  /** After each change, when it is durable. */
  readonly onChange: () => void;
  readonly onClosed: () => unknown;
}

export type ShiftRefusal = 'ALREADY_OPEN' | 'NO_OPEN_SHIFT' | 'NOT_COUNTED' | 'WHY_MISSING' | 'OWED_CHANGED';

export interface Closing {
  readonly by: string;
  readonly why?: string | undefined;
  readonly owedSeen: { readonly count: number; readonly amountFen: Fen };
}

export type Shifts = ReturnType<typeof createShifts>;

/**
 * What people do with a shift. Each act is one durable commit, and returns why it was refused, or undefined when it
 * is done. All throw LedgerError when the books cannot be written: nothing of it happened then.
 */
export function createShifts({ ledger, newId, reportDrafts, onChange, onClosed }: ShiftsOptions) {
  function openShift(shiftId: string): Shift | undefined {
    const shift = ledger.shiftOpen();
    return shift?.id === shiftId ? shift : undefined;
  }

  /** The Z report, and its paper, in the commit that ends the shift. */
  function closingDrafts(shift: Shift, countedFen: Fen, { by, why }: Pick<Closing, 'by' | 'why'>): JournalDraft[] {
    const { id, wechat, cash, couponFen, notSettledFen } = shift;
    const { count, amountFen } = ledger.moneyOwed();
    const expectedFen = expectedCashFen(shift);
    const unsettled = notSettledFen === undefined ? {} : { notSettledFen };
    const report = { by, wechat, cash, couponFen, ...unsettled, expectedFen, countedFen, owed: { count, amountFen } };
    const payload = why === undefined || countedFen === expectedFen ? report : { ...report, why };
    return [{ kind: 'shift.closed', subject: id, payload }, ...reportDrafts(id, 'Z')];
  }

  function write(...drafts: JournalDraft[]): void {
    ledger.append(...drafts);
    onChange();
    if (drafts.some(({ kind }) => kind === 'shift.closed')) onClosed();
  }

  return {
    open(floatFen: Fen, by: string): ShiftRefusal | undefined {
      if (ledger.shiftOpen() !== undefined) return 'ALREADY_OPEN';
      const number = ledger.shiftNumberHighest() + 1;
      write({ kind: 'shift.opened', subject: newId(), payload: { number, floatFen, by } });
      return undefined;
    },

    /** One that was written before is done: whoever asks twice means it once. */
    moveCash(shiftId: string, move: CashMove): ShiftRefusal | undefined {
      const shift = openShift(shiftId);
      if (shift === undefined) return 'NO_OPEN_SHIFT';
      if (shift.moves.some(({ moveId }) => moveId === move.moveId)) return undefined;
      write({ kind: 'shift.cashMoved', subject: shiftId, payload: move });
      return undefined;
    },

    /** Written down before anybody is told what the drawer should hold: a second count shows beside the first. */
    count(shiftId: string, countedFen: Fen, by: string): ShiftRefusal | undefined {
      const shift = openShift(shiftId);
      if (shift === undefined) return 'NO_OPEN_SHIFT';
      const counted: JournalDraft = { kind: 'shift.counted', subject: shiftId, payload: { countedFen, by } };
      const isAllWell = countedFen === expectedCashFen(shift) && ledger.moneyOwed().count === 0;
      write(counted, ...(isAllWell ? closingDrafts(shift, countedFen, { by }) : []));
      return undefined;
    },

    close(shiftId: string, closing: Closing): ShiftRefusal | undefined {
      const shift = openShift(shiftId);
      if (shift === undefined) return 'NO_OPEN_SHIFT';
      if (shift.count === undefined) return 'NOT_COUNTED';
      if (differenceFen(shift) !== 0 && closing.why === undefined) return 'WHY_MISSING';
      const { count, amountFen } = ledger.moneyOwed();
      const { owedSeen } = closing;
      if (owedSeen.count !== count || owedSeen.amountFen !== amountFen) return 'OWED_CHANGED';
      write(...closingDrafts(shift, shift.count.countedFen, closing));
      return undefined;
    },

    /** An X report while it is open, a copy of the Z report afterwards. @returns whether anything is printed. */
    print(shiftId: string): boolean | 'NO_OPEN_SHIFT' {
      const shift = ledger.shift(shiftId);
      if (shift === undefined) return 'NO_OPEN_SHIFT';
      const drafts = reportDrafts(shiftId, shift.closed === undefined ? 'X' : 'Z');
      if (drafts.length === 0) return false;
      write(...drafts);
      return true;
    },
  };
}
