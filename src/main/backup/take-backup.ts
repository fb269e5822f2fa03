import { chmodSync, closeSync, existsSync, openSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf, wordsOf } from '../../core/caught.ts';
import { copyLedger, inspectLedgerFile, type LedgerFacts } from '../ledger/backup-file.ts';
import { LedgerError } from '../ledger/errors.ts';
import { syncFolder, syncPath } from '../ledger/put-in-place.ts';
import { Trouble } from '../trouble.ts';
import { backupFileName, backupsOf } from './backup-name.ts';
import { type Keeping, outlived } from './outlived.ts';

export interface BackupOrder {
  readonly dataDir: string;
  /** Has to exist: a drive that is not plugged in must not become a folder on the disk it was to protect from. */
  readonly folder: string;
  /** Epoch milliseconds: stands in the name, and decides which ones have become too old. */
  readonly at: number;
  /** Absent: none of the older ones is removed. */
  readonly keeping?: Keeping;
}

export interface BackupTaken extends LedgerFacts {
  readonly path: string;
  readonly bytes: number;
  /** Older backups that have been removed. */
  readonly removed: readonly string[];
}

/** A copy that was cut short: `….db.<process>.part`. */
const PART = /\.db\.\d+\.part(-journal)?$/;
const PART_STALE_MS = 3_600_000;

/**
 * Takes one backup: copied under a passing name, read back and checked from end to end, on the disk, and only then
 * given its name. Whatever goes wrong, older backups and the ledger are as they were.
 *
 * @throws Trouble BACKUP_…, or LedgerError when the ledger cannot be read.
 */
export async function takeBackup(order: BackupOrder): Promise<BackupTaken> {
  const { dataDir, folder, at } = order;
  if (!existsSync(folder)) throw new Trouble('BACKUP_FOLDER_MISSING', folder);
  const part = join(folder, `saoma-${at.toFixed(0)}.db.${process.pid}.part`);
  try {
    await copy(dataDir, part);
    const facts = check(part);
    const bytes = statSync(part).size;
    const path = freePath(folder, facts, at);
    settleOnDisk(part, path, folder);
    return { ...facts, path, bytes, removed: prune(path, facts, order) };
  } catch (error) {
    throw troubleOfTarget(error, folder);
  } finally {
    removeQuietly(part);
    removeQuietly(`${part}-journal`);
  }
}

async function copy(dataDir: string, part: string): Promise<void> {
  // Made first, so that not a moment passes in which others could read it.
  closeSync(openSync(part, 'wx', 0o600));
  await copyLedger(dataDir, part);
}

function check(part: string): LedgerFacts {
  try {
    return inspectLedgerFile(part);
  } catch (error) {
    if (error instanceof LedgerError) throw new Trouble('BACKUP_UNSOUND', error.detail);
    throw error;
  }
}

function settleOnDisk(part: string, path: string, folder: string): void {
  // A drive formatted for Windows knows no modes and may say so.
  try {
    chmodSync(part, 0o600);
  } catch {}
  syncPath(part, 'r+');
  renameSync(part, path);
  syncFolder(folder);
}

/** Two in the same second are two: neither takes the other's place. */
function freePath(folder: string, owner: LedgerFacts, at: number): string {
  const path = join(folder, backupFileName(owner, at));
  return existsSync(path) ? freePath(folder, owner, at + 1_000) : path;
}

/** One that cannot be removed is no reason to call a good backup failed. */
function prune(path: string, facts: LedgerFacts, { folder, keeping, at }: BackupOrder): string[] {
  const files = readdirSync(folder);
  const sound = path.slice(folder.length + 1);
  for (const file of files.filter((name) => PART.test(name))) {
    const written = statSync(join(folder, file), { throwIfNoEntry: false })?.mtimeMs ?? at;
    if (written < at - PART_STALE_MS) removeQuietly(join(folder, file));
  }
  if (keeping === undefined) return [];
  return outlived(backupsOf(facts, files), sound, keeping, at)
    .map(({ file }) => file)
    .filter((file) => removeQuietly(join(folder, file)));
}

function removeQuietly(path: string): boolean {
  try {
    rmSync(path, { force: true });
    return true;
  } catch {
    return false;
  }
}

const FULL = new Set(['SQLITE_FULL', 'ENOSPC', 'EDQUOT']);
const UNWRITABLE = /^(SQLITE_(IOERR|READONLY|CANTOPEN|PERM)|EACCES$|EPERM$|EROFS$|EIO$|ENOENT$|ENOTDIR$|ENODEV$)/;

function troubleOfTarget(error: unknown, folder: string): unknown {
  // The ledger's own trouble has its own words.
  if (error instanceof LedgerError || error instanceof Trouble) return error;
  const code = codeOf(error);
  const detail = `${folder}: ${wordsOf(error)}`;
  if (FULL.has(code)) return new Trouble('BACKUP_FOLDER_FULL', detail);
  return UNWRITABLE.test(code) ? new Trouble('BACKUP_FOLDER_UNWRITABLE', detail) : error;
}
