import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { codeOf } from '../../core/caught.ts';
import { LedgerError } from './errors.ts';

const LOCK_FILE = 'terminal.lock';
const PID_FILE = 'terminal.pid';

/**
 * One process, one writer. The lock is an SQLite write lock held on a file of its own for as long as the process
 * lives: the operating system lets go of it at any death, kill -9 included, and the ledger itself stays open to
 * readers such as `saoma verify`.
 *
 * @returns a function that lets go.
 * @throws LedgerError IN_USE, naming the other process when it can be known.
 */
export function lockDataFolder(dataDir: string): () => void {
  const db = tryLock(dataDir);
  if (db === undefined) throw new LedgerError('IN_USE', dataDir, `process ${readPid(dataDir)}`);
  writeFileSync(join(dataDir, PID_FILE), `${process.pid}\n`);
  return () => db.close();
}

/** The process that works on this folder; undefined when none does. Asks the lock: a pid file outlives its process. */
export function lockHolder(dataDir: string): number | undefined {
  if (!existsSync(join(dataDir, LOCK_FILE))) return undefined;
  const db = tryLock(dataDir);
  db?.close();
  const pid = Number(readPid(dataDir));
  return db === undefined && Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
}

/** Undefined while another process holds it. */
function tryLock(dataDir: string): Database.Database | undefined {
  const db = new Database(join(dataDir, LOCK_FILE), { timeout: 0 });
  try {
    db.exec('BEGIN EXCLUSIVE');
    return db;
  } catch (error) {
    db.close();
    if (codeOf(error).startsWith('SQLITE_BUSY')) return undefined;
    throw error;
  }
}

function readPid(dataDir: string): string {
  try {
    return readFileSync(join(dataDir, PID_FILE), 'utf8').trim();
  } catch {
    return 'unknown';
  }
}
