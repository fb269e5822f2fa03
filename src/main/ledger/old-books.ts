import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { wordsOf } from '../../core/caught.ts';
import { hashOf, type JournalRow } from './journal.ts';
import { verifyChain } from './verify.ts';

/** What the books that a backup is to replace can still say. */
export type OldBooks =
  | { readonly state: 'absent' }
  | { readonly state: 'unreadable'; readonly detail: string }
  /** Another beginning, or another history than the backup's: nothing in them can be joined to it. */
  | { readonly state: 'other'; readonly payments: number }
  | {
      readonly state: 'same';
      /** Sound from end to end, and everything that the backup holds is in them. */
      readonly whole: boolean;
      /** The rows that follow the backup's newest without a gap, each proven by its hash. */
      readonly following: readonly JournalRow[];
      /** Rows after a place that cannot be read: each proven by its own hash, but no longer part of the chain. */
      readonly scattered: readonly JournalRow[];
    };

/** The backup that they are held against. */
export interface BackupChain {
  readonly terminalId: string;
  readonly firstHash: string;
  readonly head: { readonly seq: number; readonly hash: string };
}

/** After so many rows in a row that cannot be read, nothing more is looked for. */
const UNREADABLE_MAX = 5_000;

/** Reads what can be read of a ledger that may be damaged anywhere. Never writes to it, never throws. */
export function readOldBooks(path: string, backup: BackupChain): OldBooks {
  if (!existsSync(path)) return { state: 'absent' };
  let db: Database.Database;
  try {
    db = new Database(path, { readonly: true, fileMustExist: true });
  } catch (error) {
    return { state: 'unreadable', detail: wordsOf(error) };
  }
  try {
    return compare(db, backup);
  } catch (error) {
    return { state: 'unreadable', detail: wordsOf(error) };
  } finally {
    db.close();
  }
}

function compare(db: Database.Database, backup: BackupChain): OldBooks {
  const { head, firstHash } = backup;
  const readRow = createRowReader(db, backup.terminalId);
  const [first, atHead, next] = [readRow(1), readRow(head.seq), readRow(head.seq + 1)];
  if (!first && !atHead && !next) {
    const count = db.prepare<[string], { all: number; others: number }>(
      'SELECT count(*) AS "all", count(*) FILTER (WHERE terminal_id <> ?) AS others FROM journal',
    );
    const rows = count.get(backup.terminalId);
    if (rows?.all === 0 || (rows?.others ?? 0) > 0) return { state: 'other', payments: countPayments(db) };
    return { state: 'unreadable', detail: 'no row of the journal is what its hash says' };
  }
  const isOther =
    (first !== undefined && first.hash !== firstHash) ||
    (atHead !== undefined && atHead.hash !== head.hash) ||
    (next !== undefined && next.prev_hash !== head.hash);
  if (isOther) return { state: 'other', payments: countPayments(db) };
  return { state: 'same', whole: atHead !== undefined && isWhole(db), ...collect(readRow, head) };
}

function collect(readRow: (seq: number) => JournalRow | undefined, head: BackupChain['head']) {
  const following: JournalRow[] = [];
  const scattered: JournalRow[] = [];
  let last = head;
  let broken = false;
  for (let seq = head.seq + 1, missed = 0; missed < UNREADABLE_MAX; seq++) {
    const row = readRow(seq);
    missed = row === undefined ? missed + 1 : 0;
    broken ||= row === undefined || row.prev_hash !== last.hash;
    if (row === undefined) continue;
    (broken ? scattered : following).push(row);
    last = row;
  }
  return { following, scattered };
}

/** A row by its number, through the index or, where that is damaged, through the table; undefined unless its hash proves it. */
function createRowReader(db: Database.Database, terminalId: string): (seq: number) => JournalRow | undefined {
  const ways = [
    db.prepare<[string, number], JournalRow>('SELECT * FROM journal WHERE terminal_id = ? AND seq = ?'),
    // Rows are only ever appended, so SQLite's own number is ours.
    db.prepare<[string, number], JournalRow>('SELECT * FROM journal NOT INDEXED WHERE terminal_id = ? AND rowid = ?'),
  ];
  return (seq) => {
    for (const way of ways) {
      try {
        const row = way.get(terminalId, seq);
        if (row?.seq === seq && row.hash === hashOf(row)) return row;
      } catch {
        // A damaged page: perhaps the other way leads round it.
      }
    }
    return undefined;
  };
}

function isWhole(db: Database.Database): boolean {
  try {
    return db.pragma('quick_check(1)', { simple: true }) === 'ok' && verifyChain(db).problems.length === 0;
  } catch {
    return false;
  }
}

function countPayments(db: Database.Database): number {
  try {
    return Number(db.prepare("SELECT count(*) FROM journal WHERE kind = 'payment.submitted'").pluck().get());
  } catch {
    // What cannot be counted may be there.
    return 1;
  }
}
