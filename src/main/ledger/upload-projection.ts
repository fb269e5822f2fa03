import type { Database } from 'better-sqlite3';
import { isPaymentEntry, isStaticEntry, type JournalEntry } from '../../core/journal.ts';
import { isRefundEntry } from '../../core/refund-journal.ts';
import { type TaskState, taskId } from '../../core/task.ts';
import { foldUpload, isUploadEntry, owedUpload, type Upload } from '../../core/upload.ts';
import type { UploadEntry } from '../../core/upload-journal.ts';
import { type Before, outcomeOf } from '../../core/upload-outcome.ts';

/**
 * Writes what a journal row means for the reports to the back office. To be called before the row reaches the other
 * tables, because an outcome is what was not so before.
 *
 * @returns the report that the row makes owed, or moves; undefined when neither.
 */
export function createUploadProjector(db: Database): (entry: JournalEntry) => Upload | undefined {
  const isCollecting = db.prepare<[string], number>('SELECT collecting FROM upload_desk WHERE terminal_id = ?').pluck();
  const start = db.prepare(
    `INSERT INTO upload_desk (terminal_id, collecting, from_at, waiting, refused)
     VALUES (@terminalId, 1, @at, 0, 0)
     ON CONFLICT (terminal_id) DO UPDATE SET collecting = 1, from_at = @at`,
  );
  const stop = db.prepare('UPDATE upload_desk SET collecting = 0 WHERE terminal_id = ?');
  const count = db.prepare(
    `UPDATE upload_desk SET waiting = waiting + @waiting, refused = refused + @refused
     WHERE terminal_id = @terminalId`,
  );
  const payment = dataOf(db, 'payment');
  const refund = dataOf(db, 'refund');
  const staticPayment = dataOf(db, 'static_payment');
  const find = db.prepare<[string], string>('SELECT data FROM upload WHERE id = ?').pluck();
  const isKnown = db.prepare<[string], number>('SELECT 1 FROM task WHERE id = ?').pluck();
  const firstOfLane = db
    .prepare<[string], string>(
      `SELECT id FROM upload WHERE lane = ? AND state IN ('open', 'human') ORDER BY seq LIMIT 1`,
    )
    .pluck();
  const insert = db.prepare(
    `INSERT INTO upload (id, lane, seq, state, turn, next_at, data)
     VALUES (@id, @lane, @seq, @state, @turn, @nextAt, @data)`,
  );
  const move = db.prepare('UPDATE upload SET state = @state, next_at = @nextAt, data = @data WHERE id = @id');
  const remove = db.prepare('DELETE FROM upload WHERE id = ?');
  const giveTurn = db.prepare('UPDATE upload SET turn = 1 WHERE id = ?');

  function beforeOf(entry: JournalEntry): Before {
    const { subject } = entry;
    if (isPaymentEntry(entry)) return { payment: payment(subject) as Before['payment'] };
    if (isRefundEntry(entry)) return { refund: refund(subject) as Before['refund'] };
    if (isStaticEntry(entry)) return { staticPayment: staticPayment(subject) as Before['staticPayment'] };
    return {};
  }

  function owe(entry: JournalEntry): Upload | undefined {
    if (isCollecting.get(entry.terminalId) !== 1) return undefined;
    const outcome = outcomeOf(entry, beforeOf(entry));
    if (outcome === undefined) return undefined;
    const upload = owedUpload(outcome, entry);
    // The same outcome once more, after something else in between: its report is there, and says the same.
    if (isKnown.get(taskId('upload', upload.id)) !== undefined) return undefined;
    const turn = firstOfLane.get(upload.lane) === undefined ? 1 : 0;
    insert.run({ ...columnsOf(upload), turn });
    count.run({ terminalId: entry.terminalId, waiting: 1, refused: 0 });
    return upload;
  }

  function moved(entry: UploadEntry): Upload | undefined {
    const data = find.get(entry.subject);
    // It has arrived already, and nothing is left to be moved.
    if (data === undefined) return undefined;
    const before = JSON.parse(data) as Upload;
    const after = foldUpload(before, entry);
    // Its task stays and says that it is done; a shop's years of reports need not lie here, too.
    if (after.state === 'done') remove.run(after.id);
    else move.run(columnsOf(after));
    if (after.state !== before.state) {
      const change = (state: TaskState) => Number(after.state === state) - Number(before.state === state);
      count.run({ terminalId: entry.terminalId, waiting: change('open'), refused: change('human') });
    }
    const next = firstOfLane.get(after.lane);
    if (next !== undefined && next !== after.id) giveTurn.run(next);
    return after;
  }

  return (entry) => {
    if (isUploadEntry(entry)) return moved(entry);
    if (entry.kind === 'upload.started') start.run({ terminalId: entry.terminalId, at: entry.at });
    else if (entry.kind === 'upload.stopped') stop.run(entry.terminalId);
    else return owe(entry);
    return undefined;
  };
}

function columnsOf(upload: Upload) {
  const { id, lane, seq, state, nextAt } = upload;
  return { id, lane, seq, state, nextAt, data: JSON.stringify(upload) };
}

/** The whole of something, as its own projection keeps it. */
function dataOf(db: Database, table: 'payment' | 'refund' | 'static_payment'): (id: string) => unknown {
  const find = db.prepare<[string], string>(`SELECT data FROM ${table} WHERE id = ?`).pluck();
  return (id) => {
    const data = find.get(id);
    return data === undefined ? undefined : JSON.parse(data);
  };
}
