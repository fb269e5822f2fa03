import type { Database } from 'better-sqlite3';
import type { JournalEntry, PrintState } from '../../core/journal.ts';
import type { Payment } from '../../core/payment.ts';
import {
  type DoneRefund,
  isShiftEntry,
  type ProvenPayment,
  type Shift,
  shiftAfter,
  withCash,
  withPaid,
  withProven,
  withRefund,
} from '../../core/shift.ts';
import type { ReportKind } from '../../core/shift-rows.ts';

/** An X or Z report on its way to paper. */
export interface ReportJob {
  readonly id: string;
  readonly shiftId: string;
  readonly report: ReportKind;
  readonly copy: number;
  readonly state: PrintState;
}

interface ReportDbRow {
  readonly id: string;
  readonly shift_id: string;
  readonly report: ReportKind;
  readonly copy: number;
  readonly state: PrintState;
}

interface ShiftDbRow {
  readonly data: string;
}

/** Keeps the shifts, and the reports on paper, as the journal's rows have left them. Part of the row's transaction. */
export function createShiftProjector(db: Database) {
  const byId = db.prepare<[string], ShiftDbRow>('SELECT data FROM shift WHERE id = ?');
  const open = db.prepare<[], ShiftDbRow>('SELECT data FROM shift WHERE closed_at IS NULL');
  const put = db.prepare(
    `INSERT INTO shift (id, number, opened_at, closed_at, data) VALUES (@id, @number, @openedAt, @closedAt, @data)
     ON CONFLICT (id) DO UPDATE SET closed_at = @closedAt, data = @data`,
  );
  const queueReport = db.prepare(
    `INSERT INTO report_print (id, shift_id, report, copy, queued_at, state, detail)
     VALUES (@id, @shiftId, @report, @copy, @at, 'queued', NULL)`,
  );
  const moveReport = db.prepare('UPDATE report_print SET state = @state, detail = @detail WHERE id = @id');

  function keep(shift: Shift): void {
    const { id, number, openedAt, closed } = shift;
    put.run({ id, number, openedAt, closedAt: closed?.at ?? null, data: JSON.stringify(shift) });
  }

  return {
    project(entry: JournalEntry): void {
      if (isShiftEntry(entry)) keep(shiftAfter(shiftFrom(byId.get(entry.subject)), entry));
      else if (entry.kind === 'print.reportQueued')
        queueReport.run({ id: entry.subject, ...entry.payload, at: entry.at });
      else if (entry.kind === 'cash.received' || entry.kind === 'cash.refunded')
        changeOpen((shift) => withCash(shift, entry));
    },

    /** A payment has just become certain. */
    paid(payment: Extract<Payment, { readonly state: 'paid' }>): void {
      changeOpen((shift) => withPaid(shift, payment));
    },

    /** A payment on the static code has just been proven. */
    proven(payment: ProvenPayment): void {
      changeOpen((shift) => withProven(shift, payment));
    },

    /** A refund has just reached the customer. */
    refunded(refund: DoneRefund): void {
      changeOpen((shift) => withRefund(shift, refund));
    },

    /** @returns whether this print job is a report's. */
    moveReport(id: string, state: PrintState, detail: string | null): boolean {
      return moveReport.run({ id, state, detail }).changes === 1;
    },
  };

  /** Sales need no shift: without one there is nothing to change. */
  function changeOpen(change: (shift: Shift) => Shift): void {
    const shift = shiftFrom(open.get());
    if (shift !== undefined) keep(change(shift));
  }
}

/** What the terminal asks of its shifts. */
export function createShiftQueries(db: Database) {
  const byId = db.prepare<[string], ShiftDbRow>('SELECT data FROM shift WHERE id = ?');
  const open = db.prepare<[], ShiftDbRow>('SELECT data FROM shift WHERE closed_at IS NULL');
  const last = db.prepare<[], ShiftDbRow>(
    'SELECT data FROM shift WHERE closed_at IS NOT NULL ORDER BY number DESC LIMIT 1',
  );
  const highest = db.prepare('SELECT max(number) FROM shift').pluck();
  const reportsOpen = db.prepare<[], ReportDbRow>(
    `SELECT * FROM report_print WHERE state IN ('queued', 'sending') ORDER BY queued_at, id`,
  );
  const reportsOfShift = db.prepare<[string], ReportDbRow>(
    'SELECT * FROM report_print WHERE shift_id = ? ORDER BY queued_at, id',
  );

  return {
    shift: (id: string): Shift | undefined => shiftFrom(byId.get(id)),
    shiftOpen: (): Shift | undefined => shiftFrom(open.get()),
    shiftLastClosed: (): Shift | undefined => shiftFrom(last.get()),
    /** 0 before the first. */
    shiftNumberHighest: (): number => Number(highest.get() ?? 0),
    reportsOpen: (): ReportJob[] => reportsOpen.all().map(reportFrom),
    reportsOfShift: (shiftId: string): ReportJob[] => reportsOfShift.all(shiftId).map(reportFrom),
  };
}

function shiftFrom(row: ShiftDbRow | undefined): Shift | undefined {
  return row && (JSON.parse(row.data) as Shift);
}

function reportFrom({ id, shift_id, report, copy, state }: ReportDbRow): ReportJob {
  return { id, shiftId: shift_id, report, copy, state };
}
