import { hash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { invariant } from '../../core/assert.ts';
import type { JournalDraft, JournalEntry } from '../../core/journal.ts';

export const GENESIS_HASH = '0'.repeat(64);
const PAGE_ROWS = 1_000;

export interface JournalRow {
  readonly terminal_id: string;
  readonly seq: number;
  readonly at: number;
  readonly kind: string;
  readonly subject: string;
  readonly payload: string;
  readonly prev_hash: string;
  readonly hash: string;
}

/** The append-only table: each row carries the hash of the one before. Call `append` inside a transaction. */
export function createJournal(db: Database, terminalId: string) {
  // Of a bare `?`, this build of SQLite (STAT4) thinks that its value may change the best plan, and plans anew at every
  // call: that takes longer than the call. `+?` says that it does not; so it is in all statements that are in a hurry.
  const last = db.prepare<[string], Pick<JournalRow, 'seq' | 'hash'>>(
    'SELECT seq, hash FROM journal WHERE terminal_id = +? ORDER BY seq DESC LIMIT 1',
  );
  const insert = db.prepare<JournalRow>(
    `INSERT INTO journal (terminal_id, seq, at, kind, subject, payload, prev_hash, hash)
     VALUES (@terminal_id, @seq, @at, @kind, @subject, @payload, @prev_hash, @hash)`,
  );
  const bySubject = db.prepare<[string], JournalRow>('SELECT * FROM journal WHERE subject = +? ORDER BY seq');

  return {
    append(draft: JournalDraft, at: number): JournalEntry {
      const previous = last.get(terminalId);
      const unhashed = {
        terminal_id: terminalId,
        seq: (previous?.seq ?? 0) + 1,
        at: Math.round(at),
        kind: draft.kind,
        subject: draft.subject,
        payload: JSON.stringify(draft.payload),
        prev_hash: previous?.hash ?? GENESIS_HASH,
      };
      const row = { ...unhashed, hash: hashOf(unhashed) };
      insert.run(row);
      return fromRow(row);
    },

    /** A row that was written before, in other books of this same chain: kept as it is, and only as the next one. */
    adopt(row: JournalRow): JournalEntry {
      const previous = last.get(terminalId);
      const isNext =
        row.terminal_id === terminalId &&
        row.seq === (previous?.seq ?? 0) + 1 &&
        row.prev_hash === (previous?.hash ?? GENESIS_HASH) &&
        row.hash === hashOf(row);
      invariant(isNext, `Journal row ${row.terminal_id}/${row.seq} does not follow`);
      insert.run(row);
      return fromRow(row);
    },

    /** How many rows there are, and the hash that vouches for all of them. */
    head(): { readonly rows: number; readonly hash: string } {
      const newest = last.get(terminalId);
      return { rows: newest?.seq ?? 0, hash: newest?.hash ?? GENESIS_HASH };
    },

    isEmpty(): boolean {
      return last.get(terminalId) === undefined;
    },

    about(subject: string): JournalEntry[] {
      return bySubject.all(subject).map(fromRow);
    },
  };
}

/**
 * Every row of every terminal, in order, a page at a time: the ledger may be larger than memory, and the connection
 * stays free for others between pages.
 */
export function* readJournal(db: Database): Generator<JournalRow> {
  const page = db.prepare<[string, number], JournalRow>(
    `SELECT * FROM journal WHERE (terminal_id, seq) > (?, ?) ORDER BY terminal_id, seq LIMIT ${PAGE_ROWS}`,
  );
  let rows = page.all('', 0);
  while (rows.length > 0) {
    yield* rows;
    const last = rows.at(-1);
    rows = last === undefined ? [] : page.all(last.terminal_id, last.seq);
  }
}

/** When the newest row was written, epoch milliseconds; undefined in an empty journal. */
export function newestAt(db: Database): number | undefined {
  const at = db.prepare('SELECT max(at) FROM journal').pluck().get();
  return typeof at === 'number' ? at : undefined;
}

export function hashOf(row: Omit<JournalRow, 'hash'>): string {
  const { prev_hash, terminal_id, seq, at, kind, subject, payload } = row;
  // A JSON array keeps the parts apart whatever they contain.
  const text = JSON.stringify([prev_hash, terminal_id, seq, at, kind, subject, payload]);
  return hash('sha256', text);
}

export function fromRow(row: JournalRow): JournalEntry {
  // The payload's shape was checked by the compiler when it was written, and the chain's hash vouches for it since.
  return {
    terminalId: row.terminal_id,
    seq: row.seq,
    at: row.at,
    kind: row.kind,
    subject: row.subject,
    payload: JSON.parse(row.payload),
    prevHash: row.prev_hash,
    hash: row.hash,
  } as JournalEntry;
}
