import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { codeOf } from '../../core/caught.ts';
import { LedgerError } from './errors.ts';

/**
 * One process, one writer. The lock is an SQLite write lock held on a file of its own for as long as the process
 * lives: the operating system lets go of it at any death, kill -9 included, and the ledger itself stays open to
 * readers such as `saoma verify`.
 *
 * @returns a function that lets go.
 * @throws LedgerError IN_USE, naming the other process when it can be known.
 */
export function lockDataFolder(dataDir: string): () => void {
  const path = join(dataDir, 'terminal.lock');
  const pidPath = join(dataDir, 'terminal.pid');
  const db = new Database(path, { timeout: 0 });
  try {
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if (codeOf(error).startsWith('SQLITE_BUSY')) {
      throw new LedgerError('IN_USE', dataDir, `process ${readPid(pidPath)}`);
    }
    throw error;
  }
  writeFileSync(pidPath, `${process.pid}\n`);
  return () => db.close();
}

function readPid(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return 'unknown';
  }
}
