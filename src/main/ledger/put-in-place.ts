import { closeSync, existsSync, fsyncSync, openSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';

/*
 * A restored ledger is made ready beside the present one. Its last name, `ledger-restored-STAMP.db`, is the decision:
 * from then on whoever opens the folder first finishes the exchange, so that a power cut in the middle of it leaves
 * neither an empty till nor new books with the old ones' WAL.
 */

const READY = /^ledger-restored-(\d{8}T\d{6})\.db$/;
const PARTS = ['', '-wal', '-shm'] as const;

export function readyName(stamp: string): string {
  return `ledger-restored-${stamp}.db`;
}

/** Where the present books are kept when a restored ledger takes their place. */
export function asideName(stamp: string): string {
  return `ledger-before-restore-${stamp}.db`;
}

/** Finishes a restore that has been decided, if there is one. Only for whoever holds the folder's lock. */
export function putInPlace(dataDir: string, ledgerFile: string): void {
  const stamp = readdirSync(dataDir)
    .map((file) => READY.exec(file)?.[1])
    .find((found) => found !== undefined);
  if (stamp === undefined) return;
  for (const part of PARTS) {
    const present = join(dataDir, ledgerFile + part);
    if (existsSync(present)) renameSync(present, join(dataDir, asideName(stamp) + part));
  }
  renameSync(join(dataDir, readyName(stamp)), join(dataDir, ledgerFile));
  syncFolder(dataDir);
}

/** The names in a folder have to survive a power cut too. Windows cannot sync a folder, and need not. */
export function syncFolder(folder: string): void {
  if (process.platform !== 'win32') syncPath(folder, 'r');
}

export function syncPath(path: string, flags: 'r' | 'r+'): void {
  const file = openSync(path, flags);
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
