import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { JournalDraft, JournalEntry } from '../../core/journal.ts';
import { LedgerError, ledgerErrorOf } from './errors.ts';
import { createJournal } from './journal.ts';
import { lockDataFolder } from './lock.ts';
import { migrate } from './migrate.ts';
import { createMoneyOwedQuery } from './money-owed.ts';
import { createOfflineQueries } from './offline-queries.ts';
import { createProjector } from './projections.ts';
import { putInPlace } from './put-in-place.ts';
import { createQueries } from './queries.ts';
import { createRefundQueries } from './refunds.ts';
import { rebuildProjections } from './replay.ts';
import { createShiftQueries } from './shifts.ts';
import { createTaskQueries } from './tasks.ts';
import { createUploadQueries } from './uploads.ts';

export interface LedgerOptions {
  readonly dataDir: string;
  readonly storeId: string;
  readonly terminalId: string;
  readonly now: () => number;
}

export type Ledger = ReturnType<typeof openLedger>;

export const LEDGER_FILE = 'ledger.db';

/**
 * Opens the one ledger of a data folder for the one process that may write it. Refuses, rather than repairs, anything
 * that is not whole: there is no fallback to an empty or in-memory file.
 *
 * @throws LedgerError
 */
export function openLedger(options: LedgerOptions) {
  const { dataDir, terminalId, now } = options;
  const path = join(dataDir, LEDGER_FILE);
  const { db, unlock } = openLocked(dataDir, path);
  const queries = {
    ...createQueries(db),
    ...createTaskQueries(db),
    ...createMoneyOwedQuery(db),
    ...createRefundQueries(db),
    ...createShiftQueries(db),
    ...createOfflineQueries(db),
    ...createUploadQueries(db),
  };
  const journal = createJournal(db, terminalId);
  const project = createProjector(db);

  /** Journal rows and what they mean for the projections: one durable transaction. Returns when it is on the disk. */
  const write = db.transaction((drafts: readonly JournalDraft[]): JournalEntry[] => {
    const at = now();
    return drafts.map((draft) => {
      const entry = journal.append(draft, at);
      project(entry);
      return entry;
    });
  });

  let onWritten = (): void => {};

  const ledger = {
    ...queries,
    path,
    about: journal.about,
    isEmpty: journal.isEmpty,
    head: journal.head,

    /** @throws LedgerError when the books cannot be written: nothing of it happened then. */
    append(...drafts: JournalDraft[]): JournalEntry[] {
      let written: JournalEntry[];
      try {
        written = write.immediate(drafts);
      } catch (error) {
        throw ledgerErrorOf(error, path);
      }
      onWritten();
      return written;
    },

    /** Calls the one listener after each commit, when it is durable. It must not throw. */
    whenWritten(listener: () => void): void {
      onWritten = listener;
    },

    /** What the connection that writes says of itself, for `saoma doctor`. */
    durability(): { readonly journalMode: string; readonly synchronous: number } {
      return {
        journalMode: String(db.pragma('journal_mode', { simple: true })),
        synchronous: Number(db.pragma('synchronous', { simple: true })),
      };
    },

    close(): void {
      db.close();
      unlock();
    },
  };

  try {
    claim(ledger, options);
  } catch (error) {
    ledger.close();
    throw error;
  }
  return ledger;
}

/** Opens a ledger to look at it, beside whoever is writing it. */
export function openLedgerReadOnly(dataDir: string): Database.Database {
  const path = join(dataDir, LEDGER_FILE);
  requireLedger(path);
  try {
    return new Database(path, { readonly: true, fileMustExist: true });
  } catch (error) {
    throw ledgerErrorOf(error, path);
  }
}

/** `saoma rebuild`: remakes the projections of a ledger that nobody has open. Returns how many rows were replayed. */
export function rebuildLedger(dataDir: string): number {
  const path = join(dataDir, LEDGER_FILE);
  requireLedger(path);
  const { db, unlock } = openLocked(dataDir, path);
  try {
    return rebuildProjections(db);
  } catch (error) {
    throw ledgerErrorOf(error, path);
  } finally {
    db.close();
    unlock();
  }
}

function requireLedger(path: string): void {
  if (!existsSync(path)) throw new LedgerError('UNREADABLE', path, 'there is no ledger');
}

function openLocked(dataDir: string, path: string): { db: Database.Database; unlock: () => void } {
  let unlock = () => {};
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    accessSync(dataDir, constants.R_OK | constants.W_OK);
    unlock = lockDataFolder(dataDir);
    putInPlace(dataDir, LEDGER_FILE);
    const db = new Database(path);
    try {
      prepareDatabase(db);
    } catch (error) {
      db.close();
      throw error;
    }
    return { db, unlock };
  } catch (error) {
    unlock();
    throw ledgerErrorOf(error, path);
  }
}

function prepareDatabase(db: Database.Database): void {
  db.pragma('journal_mode = WAL');
  // WAL alone defaults to NORMAL here, which may lose the last commits when the power goes.
  db.pragma('synchronous = FULL');
  // macOS: fsync() alone does not reach the platter. Elsewhere it changes nothing.
  db.pragma('fullfsync = ON');
  db.pragma('checkpoint_fullfsync = ON');
  db.pragma('foreign_keys = ON');
  const verdict = String(db.pragma('quick_check(1)', { simple: true }));
  if (verdict !== 'ok') throw new LedgerError('DAMAGED', db.name, verdict);
  // Both or neither: new tables without what the journal says of them would be a lie.
  db.transaction(() => {
    if (migrate(db)) rebuildProjections(db);
  }).immediate();
}

/** A new ledger is given its terminal's name for ever; an old one must bear it already. */
function claim(ledger: Pick<Ledger, 'terminal' | 'isEmpty' | 'append' | 'path'>, options: LedgerOptions): void {
  const { storeId, terminalId } = options;
  const present = ledger.terminal();
  if (present === undefined) {
    if (!ledger.isEmpty()) throw new LedgerError('DAMAGED', ledger.path, 'its projections are gone');
    ledger.append({ kind: 'ledger.created', subject: terminalId, payload: { storeId, terminalId } });
  } else if (present.terminalId !== terminalId || present.storeId !== storeId) {
    const owner = `store ${present.storeId}, terminal ${present.terminalId}`;
    throw new LedgerError('OTHER_TERMINAL', ledger.path, `it belongs to ${owner}`);
  }
}
