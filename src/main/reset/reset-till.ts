import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, isAbsolute, join, normalize, relative, resolve } from 'node:path';
import { wordsOf } from '../../core/caught.ts';
import type { MoneyOwed } from '../../core/leaving.ts';
import { fileStamp } from '../backup/backup-name.ts';
import { CONFIG_FILE, type Config } from '../config/config.ts';
import { LedgerError } from '../ledger/errors.ts';
import { createJournal } from '../ledger/journal.ts';
import { lockDataFolder } from '../ledger/lock.ts';
import { LEDGER_FILE, type Ledger, openLedger, openLedgerReadOnly } from '../ledger/open-ledger.ts';
import { syncFolder } from '../ledger/put-in-place.ts';
import { Trouble } from '../trouble.ts';

export interface ResetOrder {
  readonly dataDir: string;
  readonly config: Config;
  /** Epoch milliseconds: stands in the name of the folder that is put aside. */
  readonly at: number;
  /** Takes the last backup, beside the open books. Without one nothing is reset. */
  readonly backUp: () => Promise<{ readonly path: string }>;
}

type Head = ReturnType<Ledger['head']>;

export type Reset =
  | { readonly done: false; readonly owed: MoneyOwed }
  | { readonly done: true; readonly backupPath: string; readonly asidePath: string; readonly epoch: number };

/**
 * Lets the till begin anew: the old data folder is moved aside whole and never deleted, and a new one takes its place
 * with the same settings and empty books. Their numbers go on in the next epoch, so that none is given twice.
 *
 * Refused while anything is not settled, or not reported: nobody would ask about it any more, or tell of it.
 *
 * @throws LedgerError IN_USE while a till runs; Trouble when a payment is still to be looked for, a
 *   report is owed, the backup fails or the folder cannot be moved. Nothing
 *   has changed then.
 */
export async function resetTill(order: ResetOrder): Promise<Reset> {
  const { dataDir, at } = order;
  const ledgerPath = join(dataDir, LEDGER_FILE);
  if (!existsSync(ledgerPath)) throw new LedgerError('UNREADABLE', ledgerPath, 'there is no ledger');
  const [freshDir, asidePath] = [`${resolve(dataDir)}.new`, `${resolve(dataDir)}-before-reset-${fileStamp(at)}`];
  try {
    const prepared = await prepare(order, freshDir);
    if ('owed' in prepared) return { done: false, owed: prepared.owed };
    const { backupPath, epoch, head } = prepared;
    exchange(order, head, freshDir, asidePath);
    return { done: true, backupPath: moved(backupPath, dataDir, asidePath), asidePath, epoch };
  } finally {
    rmSync(freshDir, { recursive: true, force: true });
  }
}

/** Everything that can be done while the old folder stays as it is. */
async function prepare(order: ResetOrder, freshDir: string) {
  const { dataDir, config, at, backUp } = order;
  const ledger = open(dataDir, config, at);
  try {
    const owed = ledger.moneyOwed();
    if (owed.count > 0) return { owed };
    refuseTooSoon(ledger);
    refuseUnreported(ledger);
    const { path: backupPath } = await backUp();
    return { backupPath, epoch: fillFresh(freshDir, order, ledger), head: ledger.head() };
  } finally {
    ledger.close();
  }
}

/** A payment that was taken back in time is looked for once more. Whoever resets before that could miss its money. */
function refuseTooSoon(ledger: Ledger): void {
  const late = ledger.paymentsOwed().map(({ outTradeNo }) => outTradeNo);
  if (late.length > 0) throw new Trouble('RESET_TOO_SOON', late.join(', '));
}

/** Switched off, what is owed is left in the old books knowingly. */
function refuseUnreported(ledger: Ledger): void {
  const { collecting = false, waiting = 0, refused = 0 } = ledger.uploadDesk() ?? {};
  if (collecting && waiting + refused > 0) throw new Trouble('RESET_REPORTS_OWED', `${waiting} + ${refused}`);
}

function open(dataDir: string, { store, terminal }: Config, at: number): Ledger {
  return openLedger({ dataDir, storeId: store.id, terminalId: terminal.id, now: () => at });
}

/** @returns the epoch of the new books. */
function fillFresh(freshDir: string, { dataDir, config, at }: ResetOrder, old: Ledger): number {
  rmSync(freshDir, { recursive: true, force: true });
  mkdirSync(freshDir, { mode: 0o700 });
  for (const file of settingsFiles(config)) {
    if (!existsSync(join(dataDir, file))) continue;
    mkdirSync(dirname(join(freshDir, file)), { recursive: true, mode: 0o700 });
    copyFileSync(join(dataDir, file), join(freshDir, file));
  }
  const epoch = (old.terminal()?.epoch ?? 1) + 1;
  const { rows, hash } = old.head();
  const ledger = open(freshDir, config, at);
  try {
    const payload = { epoch, rowsBefore: rows, hashBefore: hash };
    ledger.append({ kind: 'terminal.reset', subject: config.terminal.id, payload });
  } finally {
    ledger.close();
  }
  syncFolder(freshDir);
  return epoch;
}

/** The settings, and the keys and certificates that they name inside of the data folder. */
function settingsFiles({ gateway, upload }: Config): string[] {
  const named = gateway.kind === 'simulator' ? [] : [gateway.apiKeyFile, gateway.caFile, ...certificateFiles(gateway)];
  named.push(upload?.keyFile, upload?.caFile);
  return [CONFIG_FILE, ...named.filter((file) => file !== undefined && isInside(file)).map(String)];
}

function certificateFiles({ certificate }: Extract<Config['gateway'], { kind: 'wechat-v2' }>) {
  if (certificate === undefined) return [];
  return 'p12File' in certificate ? [certificate.p12File] : [certificate.certFile, certificate.keyFile];
}

function isInside(file: string): boolean {
  return !isAbsolute(file) && !normalize(file).startsWith('..');
}

/** Under the lock, and only if nobody has written since the books were looked at. */
function exchange({ dataDir, config }: ResetOrder, head: Head, freshDir: string, asidePath: string): void {
  const unlock = lockDataFolder(dataDir);
  try {
    if (readHead(dataDir, config.terminal.id).hash !== head.hash) {
      throw new LedgerError('IN_USE', dataDir, 'a till has run meanwhile');
    }
    // Windows moves no folder in which a file is open.
    if (process.platform === 'win32') unlock();
    move(dataDir, asidePath);
    try {
      move(freshDir, dataDir);
    } catch (error) {
      move(asidePath, dataDir);
      throw error;
    }
    syncFolder(dirname(resolve(dataDir)));
  } finally {
    unlock();
  }
}

function readHead(dataDir: string, terminalId: string): Head {
  const db = openLedgerReadOnly(dataDir);
  try {
    return createJournal(db, terminalId).head();
  } finally {
    db.close();
  }
}

function move(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    throw new Trouble('RESET_FOLDER_FIXED', `${from}: ${wordsOf(error)}`);
  }
}

/** Where a backup is now that may have lain in the folder that was moved. */
function moved(path: string, dataDir: string, asidePath: string): string {
  const inside = relative(resolve(dataDir), resolve(path));
  return inside.startsWith('..') || isAbsolute(inside) ? path : join(asidePath, inside);
}
