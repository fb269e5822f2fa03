import Database from 'better-sqlite3';
import { LedgerError, ledgerErrorOf } from './errors.ts';
import type { JournalRow } from './journal.ts';
import { refuseNewer, versionOf } from './migrate.ts';
import { openLedgerReadOnly } from './open-ledger.ts';
import { verifyLedger } from './verify.ts';

/** What a ledger file says of itself once it has been checked from end to end. */
export interface LedgerFacts {
  readonly storeId: string;
  readonly terminalId: string;
  readonly epoch: number;
  readonly rows: number;
  /** The newest journal row; its hash vouches for all before it. */
  readonly head: { readonly seq: number; readonly hash: string; readonly at: number };
  /** The first row's hash: books that begin with another are other books. */
  readonly firstHash: string;
}

/** Pages copied between two looks at anything else: 4 MiB at SQLite's usual page size. */
const PAGES_PER_STEP = 1_024;

/**
 * Copies a data folder's ledger into a new file through SQLite's backup API, beside a till that goes on selling. The
 * copy shows the books at one moment, and is one file: a backup drive may be read-only when it is read again.
 *
 * @throws LedgerError when the ledger cannot be read; whatever SQLite throws when the copy cannot be written.
 */
export async function copyLedger(dataDir: string, to: string): Promise<void> {
  const source = openLedgerReadOnly(dataDir);
  try {
    // A snapshot of our own: a commit of the till's would else make the copy begin again.
    source.exec('BEGIN');
    source.prepare('SELECT 1 FROM journal LIMIT 1').get();
    await source.backup(to, { progress: () => PAGES_PER_STEP });
    source.exec('COMMIT');
  } finally {
    source.close();
  }
  const copy = new Database(to);
  try {
    copy.pragma('journal_mode = DELETE');
  } finally {
    copy.close();
  }
}

/**
 * Opens a ledger file read-only and checks all of it: SQLite's structure, the hash chain, the projections.
 *
 * @throws LedgerError DAMAGED, NEWER_VERSION or UNREADABLE.
 */
export function inspectLedgerFile(path: string): LedgerFacts {
  try {
    const db = new Database(path, { readonly: true, fileMustExist: true });
    try {
      return inspect(db);
    } finally {
      db.close();
    }
  } catch (error) {
    throw ledgerErrorOf(error, path);
  }
}

/** The epoch that a ledger file names, unchecked; 1 when it can name none. */
export function peekEpoch(path: string): number {
  try {
    const db = new Database(path, { readonly: true, fileMustExist: true });
    try {
      return factsOf(db).epoch;
    } finally {
      db.close();
    }
  } catch {
    return 1;
  }
}

function inspect(db: Database.Database): LedgerFacts {
  refuseNewer(db);
  // Slower than the quick one, and sees an index that does not match its table, too.
  const verdict = String(db.pragma('integrity_check(1)', { simple: true }));
  if (verdict !== 'ok') throw new LedgerError('DAMAGED', db.name, verdict);
  if (versionOf(db) === 0) throw new LedgerError('DAMAGED', db.name, 'it is no ledger');
  const { rows, problems } = verifyLedger(db);
  if (problems[0] !== undefined) throw new LedgerError('DAMAGED', db.name, problems[0]);
  return factsOf(db, rows);
}

/** Who it is and how far it goes, unchecked. @throws LedgerError DAMAGED when there is no such thing in it. */
export function factsOf(db: Database.Database, rows = 0): LedgerFacts {
  const terminal = db.prepare<[], Record<string, string | number>>('SELECT * FROM terminal').get();
  const oldest = db.prepare<[unknown], JournalRow>('SELECT * FROM journal WHERE terminal_id = ? ORDER BY seq LIMIT 1');
  const newest = db.prepare<[unknown], JournalRow>(
    'SELECT * FROM journal WHERE terminal_id = ? ORDER BY seq DESC LIMIT 1',
  );
  const [first, head] = [oldest.get(terminal?.terminal_id), newest.get(terminal?.terminal_id)];
  if (terminal === undefined || first === undefined || head === undefined) {
    throw new LedgerError('DAMAGED', db.name, 'it is empty');
  }
  return {
    storeId: String(terminal.store_id),
    terminalId: String(terminal.terminal_id),
    // Books of a program that knew no epochs are in their first.
    epoch: Number(terminal.epoch ?? 1),
    rows,
    firstHash: first.hash,
    head: { seq: head.seq, hash: head.hash, at: head.at },
  };
}
