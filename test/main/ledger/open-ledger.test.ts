import { execFileSync, fork } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LedgerError } from '../../../src/main/ledger/errors.ts';
import { LEDGER_FILE, openLedger, openLedgerReadOnly } from '../../../src/main/ledger/open-ledger.ts';
import { aLedger, aSubmittedPayment, paid, temporaryFolder } from '../../fixtures/ledger.ts';

const FULL = 2;

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

function refusal(open: () => unknown): LedgerError {
  try {
    open();
  } catch (error) {
    if (error instanceof LedgerError) return error;
    throw error;
  }
  throw new Error('The ledger opened');
}

describe('a ledger', () => {
  it('writes through to the disk: WAL with synchronous FULL', () => {
    const ledger = aLedger(folder.path);
    expect(ledger.durability()).toEqual({ journalMode: 'wal', synchronous: FULL });
    ledger.close();
  });

  it('keeps STRICT tables only', () => {
    aLedger(folder.path).close();
    const db = openLedgerReadOnly(folder.path);
    const loose = db.prepare("SELECT name FROM pragma_table_list WHERE schema = 'main' AND NOT strict").pluck().all();
    expect(loose).toEqual(['sqlite_schema']);
    db.close();
  });

  it('is found again as it was left', () => {
    const first = aLedger(folder.path);
    first.append(...aSubmittedPayment());
    first.append(paid());
    const before = first.payment('payment-1');
    first.close();

    const again = aLedger(folder.path);
    expect(again.payment('payment-1')).toEqual(before);
    expect(again.terminal()).toEqual({ storeId: '0001', terminalId: '01', lastSequence: 1, epoch: 1 });
    again.close();
  });

  it('cannot be changed or shortened in its journal, not even by SQL', () => {
    aLedger(folder.path).close();
    const db = new Database(join(folder.path, LEDGER_FILE));
    expect(() => db.exec("UPDATE journal SET payload = '{}'")).toThrow('append-only');
    expect(() => db.exec('DELETE FROM journal')).toThrow('append-only');
    db.close();
  });

  it('writes both the journal row and its projection, or neither', () => {
    const ledger = aLedger(folder.path);
    ledger.append(...aSubmittedPayment());
    const rows = ledger.about('payment-1').length;
    // The second draft cannot be projected: the payment already exists.
    expect(() => ledger.append(paid(), ...aSubmittedPayment())).toThrow();
    expect(ledger.about('payment-1')).toHaveLength(rows);
    expect(ledger.payment('payment-1')?.state).toBe('submitted');
    ledger.close();
  });
});

describe('a ledger that must not be opened', () => {
  it('names the program version when a newer one has written it', () => {
    aLedger(folder.path).close();
    const db = new Database(join(folder.path, LEDGER_FILE));
    db.pragma('user_version = 99');
    db.close();
    const error = refusal(() => aLedger(folder.path));
    expect(error.code).toBe('NEWER_VERSION');
    expect(error.detail).toContain('99');
  });

  it('is in use by another process, which is named', async () => {
    const script = join(folder.path, 'holder.mjs');
    const lockModule = new URL('../../../src/main/ledger/lock.ts', import.meta.url).href;
    writeFileSync(
      script,
      `import { lockDataFolder } from ${JSON.stringify(lockModule)};
       lockDataFolder(process.argv[2]); process.send('held'); process.on('message', () => {});`,
    );
    const holder = fork(script, [folder.path], { execArgv: [] });
    await once(holder, 'message');
    const error = refusal(() => aLedger(folder.path));
    expect(error.code).toBe('IN_USE');
    expect(error.detail).toContain(String(holder.pid));

    // However it dies, the operating system lets go of the lock.
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    aLedger(folder.path).close();
  });

  it('is not a database', () => {
    writeFileSync(join(folder.path, LEDGER_FILE), 'not a database at all, but longer than a header'.repeat(100));
    expect(refusal(() => aLedger(folder.path)).code).toBe('DAMAGED');
  });

  it('is damaged inside', () => {
    const ledger = aLedger(folder.path);
    for (let number = 1; number <= 40; number++) ledger.append(...aSubmittedPayment(number));
    ledger.close();
    const path = join(folder.path, LEDGER_FILE);
    const db = new Database(path);
    db.unsafeMode();
    db.pragma('writable_schema = ON');
    db.exec("UPDATE sqlite_schema SET rootpage = 3 WHERE name = 'payment_by_sale'");
    db.close();
    expect(refusal(() => aLedger(folder.path)).code).toBe('DAMAGED');
    expect(existsSync(path)).toBe(true);
  });

  it('belongs to another terminal', () => {
    aLedger(folder.path).close();
    const open = () => openLedger({ dataDir: folder.path, storeId: '0001', terminalId: '02', now: Date.now });
    expect(refusal(open)).toMatchObject({ code: 'OTHER_TERMINAL', detail: 'it belongs to store 0001, terminal 01' });
    // The refusal let go of the folder.
    aLedger(folder.path).close();
  });

  it('lies under a file where a folder should be', () => {
    const file = join(folder.path, 'file');
    writeFileSync(file, '');
    expect(refusal(() => aLedger(join(file, 'data'))).code).toBe('UNREADABLE');
  });

  it.skipIf(process.getuid?.() === 0)('lies in a folder that cannot be written', () => {
    chmodSync(folder.path, 0o500);
    expect(refusal(() => aLedger(folder.path)).code).toBe('UNREADABLE');
    chmodSync(folder.path, 0o700);
  });
});

describe('a disk that is full', () => {
  const isRoot = process.getuid?.() === 0;

  it.skipIf(!isRoot)('refuses the write by name, keeps what was there, and goes on when there is room again', () => {
    const disk = join(folder.path, 'disk');
    mkdirSync(disk);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk]);
    try {
      const ledger = aLedger(join(disk, 'data'));
      writeFileSync(join(disk, 'other'), Buffer.alloc(300_000));
      let written = 0;
      const error = refusal(() => {
        for (let number = 1; number < 10_000; number++) {
          ledger.append(...aSubmittedPayment(number));
          written = number;
        }
      });
      expect(error.code).toBe('DISK_FULL');
      expect(written).toBeGreaterThan(0);
      expect(ledger.sale(`sale-${written}`)).toBeDefined();
      expect(ledger.sale(`sale-${written + 1}`)).toBeUndefined();

      rmSync(join(disk, 'other'));
      ledger.append(...aSubmittedPayment(written + 1));
      expect(ledger.sale(`sale-${written + 1}`)).toBeDefined();
      ledger.close();
    } finally {
      execFileSync('umount', [disk]);
    }
  });
});
