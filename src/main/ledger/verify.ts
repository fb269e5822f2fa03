import Database from 'better-sqlite3';
import { wordsOf } from '../../core/caught.ts';
import { GENESIS_HASH, hashOf, readJournal } from './journal.ts';
import { newestVersion, refuseNewer, versionOf } from './migrate.ts';
import { PROJECTION_TABLES } from './projections.ts';
import { prepareForReplay, replay } from './replay.ts';

export interface Verification {
  readonly rows: number;
  /** The last row's hash: written down elsewhere, it proves that nothing before it was changed since. */
  readonly head: string;
  readonly problems: readonly string[];
  /** An older program's tables, which have another shape: only the journal could be checked. */
  readonly olderTables?: true;
}

const PROBLEMS_MAX = 20;

/**
 * Checks a ledger against itself: every journal row hashes to what it says and follows the one before, and every
 * projection is, row for row, what the journal alone makes of it.
 *
 * @throws LedgerError NEWER_VERSION
 */
export function verifyLedger(db: Database.Database): Verification {
  // One read transaction, so that all of it is seen at one and the same moment while a till goes on writing.
  return db.transaction(() => verifySnapshot(db))();
}

function verifySnapshot(db: Database.Database): Verification {
  refuseNewer(db);
  const chain = verifyChain(db);
  // They are brought to this program's shape when a till starts on them.
  if (versionOf(db) < newestVersion()) return { ...chain, olderTables: true };
  // A broken chain cannot be replayed with any meaning.
  return chain.problems.length > 0 ? chain : { ...chain, problems: verifyProjections(db) };
}

/** Only the journal's own rows: each hashes to what it says and follows the one before. */
export function verifyChain(db: Database.Database): Verification {
  const problems: string[] = [];
  const heads = new Map<string, { seq: number; hash: string }>();
  let rows = 0;
  let head = GENESIS_HASH;
  for (const row of readJournal(db)) {
    rows++;
    const before = heads.get(row.terminal_id) ?? { seq: 0, hash: GENESIS_HASH };
    const name = `journal row ${row.terminal_id}/${row.seq}`;
    if (row.seq !== before.seq + 1) problems.push(`${name} follows ${before.seq}: rows are missing`);
    if (row.prev_hash !== before.hash) problems.push(`${name} does not carry the hash of the row before it`);
    if (row.hash !== hashOf(row)) problems.push(`${name} was changed: its hash does not match`);
    heads.set(row.terminal_id, { seq: row.seq, hash: row.hash });
    head = row.hash;
    if (problems.length >= PROBLEMS_MAX) break;
  }
  return { rows, head, problems };
}

function verifyProjections(db: Database.Database): string[] {
  // An empty name is a private temporary database: it spills to disk when it outgrows memory.
  const rebuilt = new Database('');
  try {
    prepareForReplay(rebuilt);
    try {
      // One transaction: each statement would else begin and end one of its own.
      rebuilt.transaction(() => replay(readJournal(db), rebuilt))();
    } catch (error) {
      return [`the journal cannot be replayed: ${wordsOf(error)}`];
    }
    return PROJECTION_TABLES.flatMap((table) => compareTable(table, db, rebuilt)).slice(0, PROBLEMS_MAX);
  } finally {
    rebuilt.close();
  }
}

function compareTable(table: string, kept: Database.Database, rebuilt: Database.Database): string[] {
  const problems: string[] = [];
  const sql = `SELECT * FROM ${table} ORDER BY 1`;
  const left = kept.prepare<[], Record<string, unknown>>(sql).iterate();
  const right = rebuilt.prepare<[], Record<string, unknown>>(sql).iterate();
  for (let number = 1; problems.length < PROBLEMS_MAX; number++) {
    const [a, b] = [left.next(), right.next()];
    if (a.done && b.done) return problems;
    const [keptRow, rebuiltRow] = [JSON.stringify(a.value), JSON.stringify(b.value)];
    if (keptRow === rebuiltRow) continue;
    const id = String(Object.values((a.done ? b.value : a.value) ?? {})[0]);
    problems.push(`${table} row ${number} (${id}) is not what the journal says`);
  }
  left.return?.();
  right.return?.();
  return problems;
}
