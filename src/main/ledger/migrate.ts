import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Database } from 'better-sqlite3';
import { invariant } from '../../core/assert.ts';
import { LedgerError } from './errors.ts';

const MIGRATIONS_DIR = fileURLToPath(new URL('./migrations/', import.meta.url));

interface Migration {
  readonly version: number;
  readonly name: string;
}

/**
 * Brings the database to this program's version: every outstanding file in one transaction, `user_version` with it.
 * A database that a newer program has written is refused by name and left alone.
 *
 * @returns whether an older database was changed: its new projections are empty then, and wait to be made.
 */
export function migrate(db: Database): boolean {
  const known = listMigrations();
  const newest = known.at(-1)?.version ?? 0;
  const present = versionOf(db);
  refuseNewer(db);
  const apply = db.transaction(() => {
    for (const { version, name } of known) {
      if (version <= present) continue;
      db.exec(readFileSync(join(MIGRATIONS_DIR, name), 'utf8'));
      db.pragma(`user_version = ${version}`);
    }
  });
  if (present < newest) apply.immediate();
  return present > 0 && present < newest;
}

/** @throws LedgerError NEWER_VERSION: what a newer program means by its rows cannot be known here. */
export function refuseNewer(db: Database): void {
  const [present, newest] = [versionOf(db), newestVersion()];
  if (present > newest) {
    throw new LedgerError('NEWER_VERSION', db.name, `it has version ${present}, this program knows ${newest}`);
  }
}

/** The version that this program's ledgers have. */
export function newestVersion(): number {
  return listMigrations().at(-1)?.version ?? 0;
}

export function versionOf(db: Database): number {
  return Number(db.pragma('user_version', { simple: true }));
}

function listMigrations(): Migration[] {
  const migrations = readdirSync(MIGRATIONS_DIR)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => ({ version: Number.parseInt(name, 10), name }));
  migrations.forEach(({ version, name }, index) => {
    invariant(version === index + 1, `Migration ${name} is not number ${index + 1}`);
  });
  return migrations;
}
