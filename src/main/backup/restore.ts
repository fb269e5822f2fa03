import { existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inspectLedgerFile, type LedgerFacts, peekEpoch } from '../ledger/backup-file.ts';
import { LedgerError, ledgerErrorOf } from '../ledger/errors.ts';
import { lockDataFolder } from '../ledger/lock.ts';
import { type OldBooks, readOldBooks } from '../ledger/old-books.ts';
import { LEDGER_FILE } from '../ledger/open-ledger.ts';
import { asideName, putInPlace, readyName, syncFolder } from '../ledger/put-in-place.ts';
import { type RestoredLedger, writeRestoredLedger } from '../ledger/restored-ledger.ts';
import { Trouble } from '../trouble.ts';
import { backupsOf, fileStamp } from './backup-name.ts';

export interface RestoreOrder {
  readonly dataDir: string;
  /** A backup, or a folder of which the newest sound one of this terminal is taken. */
  readonly from: string;
  readonly owner: { readonly storeId: string; readonly terminalId: string };
  /** Also another terminal's backup, and over books that are whole or do not continue it. Never a damaged backup. */
  readonly force: boolean;
  readonly now: number;
  /** Before each of its steps, in this order. */
  readonly onStep?: (step: RestoreStep) => void;
}

export type RestoreStep = 'check' | 'read' | 'write';

export interface Restored extends RestoredLedger {
  readonly from: string;
  /** Newer backups that had to be passed over, each with the reason. */
  readonly skipped: readonly { readonly path: string; readonly detail: string }[];
  readonly old: OldBooks['state'];
  /** The books that were there before; absent when there were none. */
  readonly keptAside?: string;
  /** Payments may exist in this time that nobody here knows of, epoch milliseconds; absent when surely none does. */
  readonly unknown?: { readonly from: number; readonly to: number };
}

/**
 * Puts a backup in the place of a ledger that is lost or damaged. What the old books can still prove is carried over,
 * and they are kept; the till then starts a new epoch and asks the gateway about every payment that it knows of.
 *
 * @throws Trouble RESTORE_…, LedgerError IN_USE or NEWER_VERSION: nothing was changed then.
 */
export function restoreLedger(order: RestoreOrder): Restored {
  const { dataDir, now, onStep = () => undefined } = order;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const unlock = lockDataFolder(dataDir);
  try {
    putInPlace(dataDir, LEDGER_FILE);
    onStep('check');
    const { path: from, facts, skipped } = chooseBackup(order);
    const present = join(dataDir, LEDGER_FILE);
    onStep('read');
    const old = readOldBooks(present, facts);
    if (!order.force) refuseNeedless(old, present);

    onStep('write');
    const stamp = freeStamp(dataDir, now);
    const restored = writeRestoredLedger({
      backupPath: from,
      workPath: join(dataDir, 'ledger-restoring.db'),
      readyPath: join(dataDir, readyName(stamp)),
      old,
      epochSeen: highestEpoch([...neighbours(dirname(from)), ...neighbours(dataDir), present]),
      now,
    });
    syncFolder(dataDir);
    putInPlace(dataDir, LEDGER_FILE);
    return {
      ...restored,
      from,
      skipped,
      old: old.state,
      ...(old.state === 'absent' ? {} : { keptAside: join(dataDir, asideName(stamp)) }),
      ...(old.state === 'same' && old.whole ? {} : { unknown: { from: restored.knownUntil, to: now } }),
    };
  } catch (error) {
    throw ledgerErrorOf(error, dataDir);
  } finally {
    unlock();
  }
}

interface Chosen {
  readonly path: string;
  readonly facts: LedgerFacts;
  readonly skipped: Restored['skipped'];
}

function chooseBackup(order: RestoreOrder): Chosen {
  const { from, owner } = order;
  const stat = statSync(from, { throwIfNoEntry: false });
  if (stat === undefined) throw new Trouble('RESTORE_NO_BACKUP', from);
  const paths = stat.isDirectory() ? backupsOf(owner, readdirSync(from)).map(({ file }) => join(from, file)) : [from];
  const skipped: { path: string; detail: string }[] = [];
  for (const path of paths) {
    try {
      const facts = inspectLedgerFile(path);
      refuseOthers(facts, path, order);
      return { path, facts, skipped };
    } catch (error) {
      if (!(error instanceof LedgerError) || error.code === 'NEWER_VERSION') throw error;
      skipped.push({ path, detail: error.detail });
    }
  }
  const [first] = skipped;
  if (first === undefined) throw new Trouble('RESTORE_NO_BACKUP', from);
  throw new Trouble('RESTORE_DAMAGED', `${first.path}: ${first.detail}`);
}

function refuseOthers(facts: LedgerFacts, path: string, { owner, force }: RestoreOrder): void {
  if (force || (facts.storeId === owner.storeId && facts.terminalId === owner.terminalId)) return;
  const theirs = `store ${facts.storeId}, terminal ${facts.terminalId}`;
  throw new Trouble('RESTORE_OTHER_TERMINAL', `${path}: ${theirs}; here: ${owner.storeId}, ${owner.terminalId}`);
}

function refuseNeedless(old: OldBooks, present: string): void {
  if (old.state === 'same' && old.whole) {
    throw new Trouble('RESTORE_NOT_NEEDED', `${present}: ${old.following.length} rows more than the backup`);
  }
  if (old.state === 'other' && old.payments > 0) {
    throw new Trouble('RESTORE_OTHER_BOOKS', `${present}: ${old.payments} payments`);
  }
}

/** The same backup may be put back twice: the second time must count on from the first. */
function highestEpoch(paths: readonly string[]): number {
  return paths.reduce((highest, path) => Math.max(highest, peekEpoch(path)), 1);
}

function neighbours(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => /^ledger-.*\.db$/.test(file))
    .map((file) => join(folder, file));
}

function freeStamp(dataDir: string, now: number): string {
  for (let at = now; ; at += 1_000) {
    const stamp = fileStamp(at);
    if (!existsSync(join(dataDir, asideName(stamp)))) return stamp;
  }
}
