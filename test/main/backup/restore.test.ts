import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JournalDraft } from '../../../src/core/journal.ts';
import { fen } from '../../../src/core/money.ts';
import { DEFAULT_REFUND_TIMINGS } from '../../../src/core/refund.ts';
import { type RestoreOrder, restoreLedger } from '../../../src/main/backup/restore.ts';
import { takeBackup } from '../../../src/main/backup/take-backup.ts';
import { LEDGER_FILE, openLedger, openLedgerReadOnly, rebuildLedger } from '../../../src/main/ledger/open-ledger.ts';
import { asideName } from '../../../src/main/ledger/put-in-place.ts';
import { verifyLedger } from '../../../src/main/ledger/verify.ts';
import { aLedger, aSubmittedPayment, MORNING, paid, temporaryFolder } from '../../fixtures/ledger.ts';

const TILL = { storeId: '0001', terminalId: '01' };
const NOON = MORNING + 2 * 3_600_000;
const STAMP = '20260102T120511';

let folder: ReturnType<typeof temporaryFolder>;
let dataDir: string;
let drive: string;
let now: number;

beforeEach(() => {
  folder = temporaryFolder();
  dataDir = join(folder.path, 'till');
  drive = join(folder.path, 'drive');
  now = MORNING;
  mkdirSync(drive);
});
afterEach(() => folder.remove());

/** Sells these numbers, a second apart, each paid. */
function sell(from: number, to: number): void {
  const ledger = aLedger(dataDir, () => now);
  for (let number = from; number <= to; number++) {
    now += 1_000;
    ledger.append(...aSubmittedPayment(number), paid(number));
  }
  ledger.close();
}

function backUp() {
  return takeBackup({ dataDir, folder: drive, at: now, keeping: { keepCount: 9, keepDays: 9 } });
}

function restore(changes: Partial<RestoreOrder> = {}) {
  return restoreLedger({ dataDir, from: drive, owner: TILL, force: false, now: NOON, ...changes });
}

/** Ten sales are in the backup, ten more only in the present books. */
async function twentySalesHalfBackedUp() {
  sell(1, 10);
  const backup = await backUp();
  sell(11, 20);
  return backup;
}

const cashSale: JournalDraft = {
  kind: 'sale.opened',
  subject: 'sale-21',
  payload: { number: '0001-01-000021', sequence: 21, amountFen: fen(800) },
};
const cashTaken: JournalDraft = {
  kind: 'cash.received',
  subject: 'cash-21',
  payload: { saleId: 'sale-21', amountFen: fen(800), tenderedFen: fen(1_000), changeFen: fen(200) },
};

/** ￥5.00 of sale 3 through WeChat Pay, and ￥5.00 of sale 21 from the drawer. */
function givenBack(): readonly [JournalDraft, JournalDraft] {
  const decision = { manager: '王店长', why: '退货' };
  const request: JournalDraft = {
    kind: 'refund.requested',
    subject: 'refund-1',
    payload: {
      ...{ saleId: 'sale-3', paymentId: 'payment-3', outTradeNo: '0001-01-000003-1test' },
      ...{ outRefundNo: '0001-01-000003-1test-r1test', totalFen: fen(1230), refundFen: fen(500) },
      ...{ gateway: 'simulator', takesBack: false, decision, timings: DEFAULT_REFUND_TIMINGS },
    },
  };
  const payload = { saleId: 'sale-21', amountFen: fen(500), decision };
  return [request, { kind: 'cash.refunded', subject: 'refund-2', payload }];
}

/** What somebody with the file can do to one row: its hash no longer proves it. */
function damageRow(seq: number): void {
  const db = new Database(join(dataDir, LEDGER_FILE));
  db.exec(`DROP TRIGGER journal_is_not_changed; UPDATE journal SET payload = '{}' WHERE seq = ${seq}`);
  db.close();
}

function look<T>(read: (db: Database.Database) => T): T {
  const db = openLedgerReadOnly(dataDir);
  try {
    return read(db);
  } finally {
    db.close();
  }
}

const everyRow = (db: Database.Database) => db.prepare('SELECT * FROM journal ORDER BY seq').all();
const payments = (db: Database.Database) => db.prepare('SELECT id FROM payment').pluck().all();
/** Every ledger file by its hash. SQLite leaves an empty WAL behind where a ledger was looked at. */
const ledgerFiles = () =>
  readdirSync(dataDir)
    .filter((file) => file.startsWith('ledger') && !file.endsWith('-shm'))
    .map((file) => ({ file, bytes: readFileSync(join(dataDir, file)) }))
    .filter(({ bytes }) => bytes.length > 0)
    .map(({ file, bytes }) => `${file} ${createHash('sha256').update(bytes).digest('hex')}`);

describe('restoring after the disk was lost', () => {
  it('puts the backup in place, begins a new epoch, and says what nobody here can know', async () => {
    sell(1, 10);
    await backUp();
    const before = look(everyRow);
    rmSync(dataDir, { recursive: true });

    const restored = restore();
    expect(restored).toMatchObject({
      old: 'absent',
      owed: 0,
      notCarried: [],
      skipped: [],
      restoration: { epoch: 2, backupSeq: 31, backupAt: now, rowsCarried: 0, paymentsKnown: 0 },
      unknown: { from: now, to: NOON },
    });
    expect(restored).not.toHaveProperty('keptAside');
    const after = look(everyRow);
    expect(after.slice(0, -1)).toEqual(before);
    expect(after.at(-1)).toMatchObject({ kind: 'terminal.restored', subject: '01', at: NOON });
    expect(look((db) => verifyLedger(db).problems)).toEqual([]);
  });

  it('and a rebuild remakes it row for row', async () => {
    sell(1, 3);
    await backUp();
    rmSync(dataDir, { recursive: true });
    restore();
    const tables = (db: Database.Database) =>
      ['terminal', 'sale', 'payment', 'print'].map((table) => db.prepare(`SELECT * FROM ${table} ORDER BY 1`).all());
    const before = look(tables);
    rebuildLedger(dataDir);
    expect(look(tables)).toEqual(before);
    const ledger = aLedger(dataDir);
    expect(ledger.terminal()).toEqual({ ...TILL, lastSequence: 3, epoch: 2 });
    ledger.close();
  });

  it('counts on from every epoch that it can see, so that the same backup put back twice repeats no number', async () => {
    sell(1, 3);
    const backup = await backUp();
    rmSync(dataDir, { recursive: true });
    expect(restore().restoration.epoch).toBe(2);
    expect(restore({ from: backup.path, force: true, now: NOON + 1 }).restoration.epoch).toBe(3);
    // Lost again, but the drive has seen the third.
    now += 60_000;
    await backUp();
    rmSync(dataDir, { recursive: true });
    expect(restore({ from: backup.path }).restoration.epoch).toBe(4);
  });

  it('passes over a damaged newest backup, and says so', async () => {
    sell(1, 3);
    const older = await backUp();
    sell(4, 6);
    const newest = await backUp();
    writeFileSync(newest.path, 'not a database at all');
    rmSync(dataDir, { recursive: true });
    expect(restore()).toMatchObject({ from: older.path, skipped: [{ path: newest.path }] });
  });
});

describe('restoring over damaged books', () => {
  it('carries over, as they are, the rows that follow the backup, and keeps the books aside', async () => {
    await twentySalesHalfBackedUp();
    const before = look(everyRow);
    // The first of the three rows of sale 18.
    damageRow(1 + 17 * 3 + 1);
    const damaged = readFileSync(join(dataDir, LEDGER_FILE));

    const restored = restore();
    const carried = 7 * 3;
    expect(look(everyRow).slice(0, 31 + carried)).toEqual(before.slice(0, 31 + carried));
    // Sale 18 is unreadable, and its payment cannot stand without it; 19 and 20 are taken up as not answered yet.
    expect(restored).toMatchObject({
      old: 'same',
      owed: 2,
      notCarried: ['0001-01-000018-1test'],
      restoration: { rowsCarried: carried + 4, paymentsKnown: 9 },
      keptAside: join(dataDir, asideName(STAMP)),
      unknown: { from: MORNING + 17_000, to: NOON },
    });
    expect(readFileSync(join(dataDir, asideName(STAMP)))).toEqual(damaged);
    expect(look(payments)).toHaveLength(19);
    expect(look((db) => verifyLedger(db).problems)).toEqual([]);
    const ledger = aLedger(dataDir);
    expect(ledger.paymentsOwed().map(({ id, submittedAt }) => [id, submittedAt])).toEqual([
      ['payment-19', MORNING + 19_000],
      ['payment-20', MORNING + 20_000],
    ]);
    expect(ledger.terminal()).toMatchObject({ lastSequence: 20, epoch: 2 });
    ledger.close();
  });

  it('takes a payment up again when only its answer is unreadable', async () => {
    await twentySalesHalfBackedUp();
    damageRow(1 + 20 * 3);
    expect(restore()).toMatchObject({ owed: 1, notCarried: [], restoration: { paymentsKnown: 10 } });
  });

  it('takes along money that goes back: it is asked for under its own number, and made no second time', async () => {
    await twentySalesHalfBackedUp();
    const [request, handedBack] = givenBack();
    const ledger = aLedger(dataDir, () => now);
    ledger.append(cashSale, cashTaken, request, handedBack);
    ledger.close();
    damageRow(1 + 17 * 3 + 1);
    restore();
    const restored = aLedger(dataDir);
    expect(restored.refundsOpen()).toMatchObject([{ id: 'refund-1', outRefundNo: '0001-01-000003-1test-r1test' }]);
    expect(restored.cashRefundsOfSale('sale-21')).toMatchObject([{ id: 'refund-2', refundFen: 500 }]);
    restored.close();
    expect(look((db) => verifyLedger(db).problems)).toEqual([]);
  });

  it('takes up what no gateway can be asked for: a manager’s word, and sales on hold', async () => {
    await twentySalesHalfBackedUp();
    const ledger = aLedger(dataDir, () => now);
    const approval = { manager: '王店长', why: '手机显示付给本店' };
    const amountFen = fen(500);
    ledger.append(
      { kind: 'sale.held', subject: 'sale-22', payload: { amountFen, label: '红衣服' } },
      { kind: 'sale.opened', subject: 'sale-21', payload: { number: '0001-01-000021', sequence: 21, amountFen } },
      {
        kind: 'static.accepted',
        subject: 'static-21',
        payload: { saleId: 'sale-21', amountFen, gateway: 'simulator', approval },
      },
      // Its sale cannot be read any more.
      {
        kind: 'static.accepted',
        subject: 'static-20',
        payload: { saleId: 'sale-20', amountFen, gateway: 'simulator', approval },
      },
    );
    ledger.close();
    damageRow(1 + 19 * 3 + 1);
    expect(restore().notCarried).toEqual(['0001-01-000020-1test', 'sale-20']);
    expect(look((db) => verifyLedger(db).problems)).toEqual([]);
    const restored = aLedger(dataDir);
    expect(restored.toVerify()).toMatchObject({ count: 1, amountFen: 500 });
    expect(restored.heldSales()).toMatchObject([{ saleId: 'sale-22', label: '红衣服' }]);
    restored.close();
  });

  it('reads a file with pages destroyed as far as it can be read', async () => {
    await twentySalesHalfBackedUp();
    const path = join(dataDir, LEDGER_FILE);
    const bytes = readFileSync(path);
    // The newest leaf of the journal: kind, subject and payload stand there side by side.
    const page = Math.floor(bytes.lastIndexOf('payment.submittedpayment-20{') / 4096);
    bytes.fill(0xaa, page * 4096, (page + 1) * 4096);
    writeFileSync(path, bytes);
    const restored = restore();
    expect(restored.old).toBe('same');
    expect(restored.restoration.paymentsKnown).toBeGreaterThan(3);
    expect(restored.restoration.paymentsKnown).toBeLessThan(10);
    expect(look((db) => verifyLedger(db).problems)).toEqual([]);
  });

  it.each([
    ['no database', (path: string) => writeFileSync(path, 'x'.repeat(8_192))],
    ['cut off', (path: string) => writeFileSync(path, readFileSync(path).subarray(0, 4_096))],
    ['empty', (path: string) => writeFileSync(path, '')],
  ])('goes on without them when they are %s, and says so', async (_, destroy) => {
    await twentySalesHalfBackedUp();
    destroy(join(dataDir, LEDGER_FILE));
    const restored = restore();
    expect(restored).toMatchObject({
      old: 'unreadable',
      restoration: { rowsCarried: 0 },
      unknown: { from: MORNING + 10_000, to: NOON },
    });
    expect(existsSync(String(restored.keptAside))).toBe(true);
    expect(look(payments)).toHaveLength(10);
  });

  it('takes along what stood only in the WAL of a till that was killed', async () => {
    await twentySalesHalfBackedUp();
    const killed = join(folder.path, 'killed');
    const ledger = aLedger(dataDir, () => now);
    ledger.append(...aSubmittedPayment(21));
    cpSync(dataDir, killed, { recursive: true });
    ledger.close();
    dataDir = killed;
    // Force: nothing is wrong with these books, which is not the point here.
    const restored = restore({ force: true });
    expect(look(payments)).toContain('payment-21');
    expect(existsSync(`${restored.keptAside}-wal`)).toBe(true);
    expect(existsSync(join(dataDir, `${LEDGER_FILE}-wal`))).toBe(false);

    // What was kept aside, WAL and all, can itself be put back.
    for (const file of readdirSync(dataDir).filter((name) => name.startsWith(LEDGER_FILE))) rmSync(join(dataDir, file));
    restore({ from: String(restored.keptAside), now: NOON + 1_000 });
    expect(look(payments)).toContain('payment-21');
  });
});

describe('a restore that should not be is refused, and nothing at all is changed:', () => {
  async function expectRefusal(code: string, changes: Partial<RestoreOrder> = {}): Promise<void> {
    const before = ledgerFiles();
    expect(() => restore(changes)).toThrow(expect.objectContaining({ code }));
    expect(ledgerFiles()).toEqual(before);
  }

  it('the present books are whole and have everything', async () => {
    await twentySalesHalfBackedUp();
    await expectRefusal('RESTORE_NOT_NEEDED');
    expect(restore({ force: true })).toMatchObject({ restoration: { rowsCarried: 30 } });
    expect(restore({ force: true, now: NOON + 1 })).not.toHaveProperty('unknown');
  });

  it('the present books are others, with payments of their own', async () => {
    await twentySalesHalfBackedUp();
    rmSync(dataDir, { recursive: true });
    now += 1;
    sell(1, 2);
    await expectRefusal('RESTORE_OTHER_BOOKS');
    const restored = restore({ force: true });
    expect(restored).toMatchObject({ old: 'other', restoration: { rowsCarried: 0 } });
    expect(existsSync(String(restored.keptAside))).toBe(true);
  });

  it('the present books are another terminal’s', async () => {
    await twentySalesHalfBackedUp();
    rmSync(dataDir, { recursive: true });
    const theirs = openLedger({ dataDir, storeId: '0001', terminalId: '02', now: () => now });
    theirs.append(...aSubmittedPayment(1));
    theirs.close();
    await expectRefusal('RESTORE_OTHER_BOOKS');
  });

  it('but not for fresh books without any payment, such as a till that was started once on a new disk', async () => {
    await twentySalesHalfBackedUp();
    rmSync(dataDir, { recursive: true });
    now += 1;
    sell(1, 0);
    expect(restore()).toMatchObject({ old: 'other', restoration: { epoch: 2 } });
  });

  it('a till uses the folder', async () => {
    await twentySalesHalfBackedUp();
    const ledger = aLedger(dataDir);
    expect(() => restore({ force: true })).toThrow(expect.objectContaining({ code: 'IN_USE' }));
    ledger.close();
  });

  it('the backup is damaged, whatever is forced', async () => {
    const { path } = await twentySalesHalfBackedUp();
    const bytes = readFileSync(path);
    bytes.fill(0x20, bytes.lastIndexOf('payment.answered'), bytes.lastIndexOf('payment.answered') + 7);
    writeFileSync(path, bytes);
    damageRow(40);
    await expectRefusal('RESTORE_DAMAGED');
    await expectRefusal('RESTORE_DAMAGED', { from: path, force: true });
  });

  it('the backup is a newer program’s', async () => {
    const { path } = await twentySalesHalfBackedUp();
    const db = new Database(path);
    db.pragma('user_version = 99');
    db.close();
    await expectRefusal('NEWER_VERSION', { force: true });
  });

  it('the backup is another terminal’s', async () => {
    const { path } = await twentySalesHalfBackedUp();
    const owner = { storeId: '0001', terminalId: '02' };
    await expectRefusal('RESTORE_OTHER_TERMINAL', { from: path, owner });
    await expectRefusal('RESTORE_NO_BACKUP', { owner });
    expect(restore({ from: path, owner, force: true })).toMatchObject({ facts: TILL });
  });

  it('there is no backup', async () => {
    sell(1, 2);
    await expectRefusal('RESTORE_NO_BACKUP');
    await expectRefusal('RESTORE_NO_BACKUP', { from: join(drive, 'ledger-0001-01-20260102T100511.db') });
  });
});

describe('a restore that was cut short once it was decided', () => {
  it.each([0, 1])('is finished by whoever opens the folder next, after %i of the old files moved', async (moved) => {
    const { path } = await twentySalesHalfBackedUp();
    writeFileSync(join(dataDir, `${LEDGER_FILE}-wal`), 'the old books’ own');
    const old = readFileSync(join(dataDir, LEDGER_FILE));
    cpSync(path, join(dataDir, `ledger-restored-${STAMP}.db`));
    if (moved > 0) {
      writeFileSync(join(dataDir, asideName(STAMP)), old);
      rmSync(join(dataDir, LEDGER_FILE));
    }

    const ledger = aLedger(dataDir);
    expect(ledger.terminal()).toMatchObject({ lastSequence: 10 });
    ledger.close();
    expect(readFileSync(join(dataDir, asideName(STAMP)))).toEqual(old);
    expect(readFileSync(join(dataDir, `${asideName(STAMP)}-wal`), 'utf8')).toBe('the old books’ own');
    expect(existsSync(join(dataDir, `ledger-restored-${STAMP}.db`))).toBe(false);
  });
});
