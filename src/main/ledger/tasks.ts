import type { Database } from 'better-sqlite3';
import type { JournalEntry } from '../../core/journal.ts';
import { type Fen, fen } from '../../core/money.ts';
import type { StaticPayment } from '../../core/static-payment.ts';
import { type Task, type TaskFacts, type TaskKind, type TaskState, taskId } from '../../core/task.ts';
import { staticFromData } from './offline-projections.ts';

/** A task with what a list says of the sale it belongs to. */
export interface TaskGlance extends Task {
  readonly saleId?: string;
  readonly saleNumber?: string;
  readonly outTradeNo?: string;
  /** Of a task of kind `verify`: what is known of its payment so far. */
  readonly staticPayment?: StaticPayment;
}

interface TaskDbRow {
  readonly id: string;
  readonly kind: string;
  readonly subject: string;
  readonly amount_fen: number;
  readonly created_at: number;
  readonly not_before: number | null;
  readonly attempts: number;
  readonly last_error: string | null;
  readonly state: TaskState;
}

interface TaskGlanceDbRow extends TaskDbRow {
  readonly sale_id: string | null;
  readonly number: string | null;
  readonly out_trade_no: string | null;
  readonly static: string | null;
}

/** Moves the tasks that a journal row is about, each by the rule of its kind. Part of the row's transaction. */
export function createTaskProjector(db: Database, kinds: readonly TaskKind[]) {
  const find = db.prepare<[string], TaskDbRow>('SELECT * FROM task WHERE id = ?');
  const put = db.prepare(
    `INSERT INTO task (id, kind, subject, amount_fen, created_at, not_before, attempts, last_error, state)
     VALUES (@id, @kind, @subject, @amountFen, @createdAt, @notBefore, @attempts, @lastError, @state)
     ON CONFLICT (id) DO UPDATE SET amount_fen = @amountFen, not_before = @notBefore, attempts = @attempts,
       last_error = @lastError, state = @state`,
  );
  return function projectTasks(entry: JournalEntry, facts: TaskFacts): void {
    for (const { kind, rows, after } of kinds) {
      if (!entry.kind.startsWith(rows)) continue;
      const row = find.get(taskId(kind, entry.subject));
      const before = row && taskFromRow(row);
      const task = after(before, entry, facts);
      if (task === undefined || task === before) continue;
      put.run({ ...task, notBefore: task.notBefore ?? null, lastError: task.lastError ?? null });
    }
  };
}

/** Reports wait by the thousand when the back office is away: what is listed of them is what needs a person, at the end. */
const LISTED = `(state = 'human' OR (state = 'open' AND kind <> 'upload'))`;

/** What the queue asks of the projections. Why `+?`: see journal.ts. */
export function createTaskQueries(db: Database) {
  const byId = db.prepare<[string], TaskDbRow>('SELECT * FROM task WHERE id = ?');
  // Money and paper each for themselves: a printer that stays away must not push money out of sight. `+` keeps to the
  // index in the order of the list, which ends at the limit. A payment that is taken back by a refund is one row, the
  // refund's: what is to be done is done there.
  const open = db.prepare<[number, number, number], TaskGlanceDbRow>(
    `WITH task AS (
       SELECT * FROM (SELECT * FROM main.task WHERE ${LISTED} AND +amount_fen > 0
                      AND NOT (kind = 'resolve' AND EXISTS (
                        SELECT 1 FROM refund WHERE settled = 0 AND takes_back = 1 AND payment_id = subject))
                      ORDER BY (kind = 'upload'), created_at, id LIMIT +?)
       UNION ALL
       SELECT * FROM (SELECT * FROM main.task WHERE ${LISTED} AND +amount_fen = 0
                      ORDER BY (kind = 'upload'), created_at, id LIMIT +?))
     SELECT task.*, sale.id AS sale_id, sale.number, payment.out_trade_no, static_payment.data AS static
     FROM task
     LEFT JOIN print ON task.kind = 'print' AND print.id = task.subject
     LEFT JOIN refund ON task.kind = 'refund' AND refund.id = task.subject
     LEFT JOIN payment ON payment.id = coalesce(print.payment_id, refund.payment_id, task.subject)
     LEFT JOIN static_payment ON task.kind = 'verify' AND static_payment.id = task.subject
     LEFT JOIN upload ON task.kind = 'upload' AND upload.id = task.subject
     LEFT JOIN sale ON sale.id = coalesce(payment.sale_id, print.sale_id, refund.sale_id, static_payment.sale_id, upload.lane)
     ORDER BY (task.kind = 'upload'), task.created_at, task.id LIMIT +?`,
  );
  // The conditions are the index's own: without them the whole table would be read.
  const human = db.prepare<[], { count: number }>(
    `SELECT count(*) AS count FROM task WHERE state = 'human' AND kind <> 'upload' AND kind <> 'verify'`,
  );
  const givenUp = db.prepare<[], { count: number; amount: number | null }>(
    `SELECT count(*) AS count, sum(amount_fen) AS amount FROM task WHERE state = 'given_up' AND amount_fen > 0`,
  );

  return {
    task(id: string): Task | undefined {
      const row = byId.get(id);
      return row && taskFromRow(row);
    },
    /** What is owed, by the terminal or by a person, oldest first. Where not all fits, paper and reports give way to money. */
    tasksOpen(limit: number): TaskGlance[] {
      const rows = open.all(limit, limit, 2 * limit);
      let room = limit - rows.filter(hasMoney).length;
      const shown = rows.filter((row) => hasMoney(row) || room-- > 0);
      return shown.map((row) => ({
        ...taskFromRow(row),
        ...(row.sale_id === null ? {} : { saleId: row.sale_id }),
        ...(row.number === null ? {} : { saleNumber: row.number }),
        ...(row.out_trade_no === null ? {} : { outTradeNo: row.out_trade_no }),
        ...(row.static === null ? {} : { staticPayment: staticFromData(row.static) }),
      }));
    },
    /**
     * How many only a person can bring to an end. Payments on the static code are counted by themselves; on reports no
     * money hangs.
     */
    tasksForPerson(): number {
      return human.get()?.count ?? 0;
    },
    /** Payments that a manager has closed without certainty, of whatever day. In no total of what was received. */
    givenUp(): { readonly count: number; readonly amountFen: Fen } {
      const row = givenUp.get();
      return { count: row?.count ?? 0, amountFen: fen(row?.amount ?? 0) };
    },
  };
}

function hasMoney({ amount_fen }: TaskDbRow): boolean {
  return amount_fen > 0;
}

function taskFromRow(row: TaskDbRow): Task {
  return {
    id: row.id,
    kind: row.kind,
    subject: row.subject,
    amountFen: fen(row.amount_fen),
    createdAt: row.created_at,
    ...(row.not_before === null ? {} : { notBefore: row.not_before }),
    attempts: row.attempts,
    ...(row.last_error === null ? {} : { lastError: row.last_error }),
    state: row.state,
  };
}
