import { chmodSync, copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { invariant } from '../../core/assert.ts';
import type { Restoration } from '../../core/journal.ts';
import { factsOf, inspectLedgerFile, type LedgerFacts } from './backup-file.ts';
import { createJournal, fromRow, type JournalRow } from './journal.ts';
import { migrate } from './migrate.ts';
import type { OldBooks } from './old-books.ts';
import { createProjector } from './projections.ts';
import { syncPath } from './put-in-place.ts';
import { rebuildProjections } from './replay.ts';

export interface RestoredLedgerOptions {
  readonly backupPath: string;
  /** A new file in the data folder; it bears `readyPath` once it is complete and on the disk. */
  readonly workPath: string;
  readonly readyPath: string;
  readonly old: OldBooks;
  /** The highest epoch that anybody has seen of this terminal. */
  readonly epochSeen: number;
  readonly now: number;
}

export interface RestoredLedger {
  readonly facts: LedgerFacts;
  readonly restoration: Restoration;
  /** out_trade_nos that the old books know, but too little of to be taken up: a person has to look. */
  readonly notCarried: readonly string[];
  /** Payments that still owe a step: asked about at the next start. */
  readonly owed: number;
  /** Up to here every row is known; epoch milliseconds. */
  readonly knownUntil: number;
}

const PARTS = ['', '-journal', '-wal', '-shm'];

/**
 * Makes the ledger that takes the old one's place: the backup, then every row that the old books can prove to follow
 * it, then what they know of later payments, then the new epoch. Nothing of the till's present files is touched.
 */
export function writeRestoredLedger(options: RestoredLedgerOptions): RestoredLedger {
  const { backupPath, workPath, readyPath } = options;
  clear(workPath);
  try {
    copyFileSync(backupPath, workPath);
    // Books that were kept aside may be named as the backup, and some of theirs may stand in the WAL only.
    if (existsSync(`${backupPath}-wal`)) copyFileSync(`${backupPath}-wal`, `${workPath}-wal`);
    chmodSync(workPath, 0o600);
    const restored = fill(options);
    const facts = inspectLedgerFile(workPath);
    syncPath(workPath, 'r+');
    renameSync(workPath, readyPath);
    return { ...restored, facts };
  } finally {
    clear(workPath);
  }
}

function clear(workPath: string): void {
  for (const part of PARTS) rmSync(workPath + part, { force: true });
}

function fill({ workPath, old, epochSeen, now }: RestoredLedgerOptions): Omit<RestoredLedger, 'facts'> {
  const db = new Database(workPath);
  try {
    db.pragma('journal_mode = DELETE');
    db.pragma('foreign_keys = ON');
    // An older backup has no rows yet in the projections that came since.
    if (migrate(db)) rebuildProjections(db);
    return db.transaction(() => {
      const backup = factsOf(db);
      const journal = createJournal(db, backup.terminalId);
      const project = createProjector(db);
      const paymentsBefore = countPayments(db);
      const following = old.state === 'same' ? old.following : [];
      for (const row of following) project(journal.adopt(row));
      const { carried, notCarried } = takeUpScattered(db, old.state === 'same' ? old.scattered : []);
      for (const row of carried) project(journal.append(fromRow(row), row.at));

      const restoration: Restoration = {
        epoch: Math.max(epochSeen, factsOf(db).epoch) + 1,
        backupSeq: backup.head.seq,
        backupHash: backup.head.hash,
        backupAt: backup.head.at,
        rowsCarried: following.length + carried.length,
        paymentsKnown: countPayments(db) - paymentsBefore,
      };
      project(journal.append({ kind: 'terminal.restored', subject: backup.terminalId, payload: restoration }, now));
      const owed = Number(db.prepare('SELECT count(*) FROM payment WHERE owed = 1').pluck().get());
      return { restoration, notCarried, owed, knownUntil: following.at(-1)?.at ?? backup.head.at };
    })();
  } finally {
    db.close();
  }
}

/**
 * Of rows that have lost their place in the chain: every payment that was submitted, with its sale, cash, a manager's
 * word for the static code, sales on hold, money that goes back, and that the cashier wanted a payment back. What the
 * gateway answered is left out, because the gateway can be asked again.
 */
function takeUpScattered(db: Database.Database, scattered: readonly JournalRow[]) {
  const isKnown = {
    sale: db.prepare('SELECT 1 FROM sale WHERE id = ?'),
    payment: db.prepare('SELECT 1 FROM payment WHERE id = ?'),
    cash: db.prepare('SELECT 1 FROM cash WHERE sale_id = ?'),
    refund: db.prepare('SELECT 1 FROM refund WHERE id = ?'),
    cashRefund: db.prepare('SELECT 1 FROM cash_refund WHERE id = ?'),
    static: db.prepare('SELECT 1 FROM static_payment WHERE sale_id = ?'),
  };
  const sales = new Set<string>();
  const payments = new Set<string>();
  /** Sales with a payment on the static code. */
  const codes = new Set<string>();
  const notCarried: string[] = [];
  const carried = scattered.filter((row) => {
    const entry = fromRow(row);
    switch (entry.kind) {
      case 'sale.opened':
        if (isKnown.sale.get(entry.subject) !== undefined) return false;
        sales.add(entry.subject);
        return true;
      case 'payment.submitted': {
        if (isKnown.payment.get(entry.subject) !== undefined) return false;
        const { saleId, outTradeNo } = entry.payload;
        if (!sales.has(saleId) && isKnown.sale.get(saleId) === undefined) {
          notCarried.push(outTradeNo);
          return false;
        }
        payments.add(entry.subject);
        return true;
      }
      // No gateway can be asked for cash: this row is all that is known of it.
      case 'cash.received': {
        const { saleId } = entry.payload;
        if (isKnown.cash.get(saleId) !== undefined) return false;
        if (sales.has(saleId) || isKnown.sale.get(saleId) !== undefined) return true;
        notCarried.push(saleId);
        return false;
      }
      // Nor for what a manager has said: without it the money would be looked for under no sale at all.
      case 'static.accepted': {
        const { saleId } = entry.payload;
        if (isKnown.static.get(saleId) !== undefined) return false;
        if (sales.has(saleId) || isKnown.sale.get(saleId) !== undefined) {
          codes.add(saleId);
          return true;
        }
        notCarried.push(saleId);
        return false;
      }
      // Asked for again under its own number, a refund that was made is found, and made no second time.
      case 'refund.requested': {
        const { saleId, paymentId, outRefundNo } = entry.payload;
        if (isKnown.refund.get(entry.subject) !== undefined) return false;
        if (payments.has(paymentId) || isKnown.payment.get(paymentId) !== undefined) return true;
        if (codes.has(saleId) || isKnown.static.get(saleId) !== undefined) return true;
        notCarried.push(outRefundNo);
        return false;
      }
      case 'cash.refunded': {
        const { saleId } = entry.payload;
        if (isKnown.cashRefund.get(entry.subject) !== undefined) return false;
        if (sales.has(saleId) || isKnown.sale.get(saleId) !== undefined) return true;
        notCarried.push(saleId);
        return false;
      }
      // From where on the back office is told: without it what is carried over would be told to nobody.
      case 'upload.started':
      case 'upload.stopped':
        return true;
      case 'sale.held':
        return isKnown.sale.get(entry.subject) === undefined;
      case 'payment.cancelRequested':
        return payments.has(entry.subject) || isKnown.payment.get(entry.subject) !== undefined;
      default:
        return false;
    }
  });
  return { carried, notCarried };
}

function countPayments(db: Database.Database): number {
  const count = db.prepare('SELECT count(*) FROM payment').pluck().get();
  invariant(typeof count === 'number', 'A count is a number');
  return count;
}
