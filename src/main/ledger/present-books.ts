import Database from 'better-sqlite3';
import { LedgerError } from './errors.ts';
import { readJournal } from './journal.ts';
import { newestVersion, refuseNewer, versionOf } from './migrate.ts';
import { openLedgerReadOnly } from './open-ledger.ts';
import { prepareForReplay, replay } from './replay.ts';

/**
 * A ledger's tables to look at, in this program's shape, beside whoever is writing it. Those that an older program has
 * made stay as they are until a till starts on them: what their journal says is then laid out in a temporary database.
 *
 * @throws LedgerError UNREADABLE, NEWER_VERSION, or DAMAGED when it is no ledger.
 */
export function openPresentBooks(dataDir: string): Database.Database {
  const db = openLedgerReadOnly(dataDir);
  try {
    refuseNewer(db);
    const version = versionOf(db);
    if (version === 0) throw new LedgerError('DAMAGED', db.name, 'it is no ledger');
    if (version === newestVersion()) return db;
  } catch (error) {
    db.close();
    throw error;
  }
  try {
    return laidOut(db);
  } finally {
    db.close();
  }
}

function laidOut(older: Database.Database): Database.Database {
  // An empty name is a private temporary database: it spills to disk when it outgrows memory.
  const books = new Database('');
  try {
    prepareForReplay(books);
    // One read transaction, so that all of it is of one moment.
    older.transaction(() => replay(readJournal(older), books))();
    return books;
  } catch (error) {
    books.close();
    throw error;
  }
}
