import type { Database } from 'better-sqlite3';
import { fromRow, type JournalRow, readJournal } from './journal.ts';
import { migrate } from './migrate.ts';
import { createProjector, PROJECTION_TABLES } from './projections.ts';

/** Lets a fresh database take the projections of a journal that is kept elsewhere. */
export function prepareForReplay(db: Database): void {
  db.pragma('journal_mode = OFF');
  migrate(db);
}

/** Remakes the projections in `db` from these journal rows. */
export function replay(rows: Iterable<JournalRow>, db: Database): number {
  const project = createProjector(db);
  let count = 0;
  for (const row of rows) {
    project(fromRow(row));
    count++;
  }
  return count;
}

/** `saoma rebuild`: empties every projection and remakes it from the journal, in one transaction. */
export function rebuildProjections(db: Database): number {
  return db
    .transaction(() => {
      for (const table of PROJECTION_TABLES) db.exec(`DELETE FROM ${table}`);
      return replay(readJournal(db), db);
    })
    .immediate();
}
