import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { seededRandom } from '../../../src/core/random.ts';
import { backupFileName } from '../../../src/main/backup/backup-name.ts';
import { takeBackupInThread } from '../../../src/main/backup/backup-thread.ts';
import { takeBackup } from '../../../src/main/backup/take-backup.ts';
import { inspectLedgerFile } from '../../../src/main/ledger/backup-file.ts';
import { LEDGER_FILE, type Ledger } from '../../../src/main/ledger/open-ledger.ts';
import { withoutRootsRights } from '../../devices/without-roots-rights.ts';
import { aLedger, aSubmittedPayment, MORNING, paid, temporaryFolder } from '../../fixtures/ledger.ts';

const TILL = { storeId: '0001', terminalId: '01' };
const KEEPING = { keepCount: 3, keepDays: 30 };

let folder: ReturnType<typeof temporaryFolder>;
let dataDir: string;
let drive: string;
let ledger: Ledger;

beforeEach(() => {
  folder = temporaryFolder();
  dataDir = join(folder.path, 'till');
  drive = join(folder.path, 'drive');
  mkdirSync(drive);
  ledger = aLedger(dataDir);
  for (let number = 1; number <= 20; number++) ledger.append(...aSubmittedPayment(number), paid(number));
  // Not in an `afterEach`: what a test does to rights and mounts has to be undone first.
  onTestFinished(() => {
    ledger.close();
    folder.remove();
  });
});

function take(at = MORNING) {
  return takeBackup({ dataDir, folder: drive, at, keeping: KEEPING });
}

describe('a backup', () => {
  it('is one checked file of its owner’s alone, taken while the till has its books open', async () => {
    const taken = await take();
    expect(taken).toMatchObject({ ...TILL, epoch: 1, rows: 61, head: { seq: 61 }, removed: [] });
    expect(readdirSync(drive)).toEqual(['ledger-0001-01-20260102T100511.db']);
    expect(taken.path).toBe(join(drive, 'ledger-0001-01-20260102T100511.db'));
    expect(statSync(taken.path).mode & 0o777).toBe(0o600);
    // A drive may be read-only when its backup is read again.
    chmodSync(taken.path, 0o400);
    expect(inspectLedgerFile(taken.path).head.hash).toBe(taken.head.hash);
    expect(readdirSync(drive)).toHaveLength(1);
  });

  it('shows the books at one moment, though sales go on meanwhile, which never wait for it', async () => {
    let number = 20;
    let isDone = false;
    const selling = (async () => {
      while (!isDone) {
        ledger.append(...aSubmittedPayment(++number), paid(number));
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    const { signal } = new AbortController();
    const order = { dataDir, folder: drive, at: MORNING, keeping: KEEPING };
    const taken = await takeBackupInThread(order, signal);
    isDone = true;
    await selling;
    expect(number).toBeGreaterThan(21);
    // Whole sales only: three rows each, in one commit, after the first row of all.
    expect(taken.rows % 3).toBe(1);
    expect(taken.rows).toBeGreaterThanOrEqual(61);
    expect(taken.rows).toBeLessThanOrEqual(1 + number * 3);
    expect(inspectLedgerFile(taken.path).rows).toBe(taken.rows);
  });

  it('is kept by count, and nothing else in the folder is touched', async () => {
    const others = ['holiday.jpg', backupFileName({ storeId: '0001', terminalId: '02' }, MORNING - 1_000)];
    for (const file of others) writeFileSync(join(drive, file), '');
    for (let second = 0; second < 5; second++) await take(MORNING + second * 1_000);
    expect(readdirSync(drive).sort()).toEqual(
      [...others, ...[2, 3, 4].map((second) => backupFileName(TILL, MORNING + second * 1_000))].sort(),
    );
  });

  it('removes what an earlier one left half done, when that is surely over', async () => {
    const stale = join(drive, 'saoma-1.db.4711.part');
    writeFileSync(stale, 'half');
    await take(Date.now());
    expect(existsSync(stale)).toBe(true);
    await take(Date.now() + 2 * 3_600_000);
    expect(existsSync(stale)).toBe(false);
  });
});

describe('a backup that cannot be made says why, leaves nothing half done and the older ones alone:', () => {
  it('its drive is not plugged in', async () => {
    const absent = join(folder.path, 'not-there');
    await expect(takeBackup({ dataDir, folder: absent, at: MORNING, keeping: KEEPING })).rejects.toMatchObject({
      code: 'BACKUP_FOLDER_MISSING',
    });
    expect(existsSync(absent)).toBe(false);
  });

  it('its drive is read-only', async () => {
    await take();
    for (const path of [folder.path, dataDir]) chmodSync(path, 0o777);
    for (const file of readdirSync(dataDir)) chmodSync(join(dataDir, file), 0o666);
    chmodSync(drive, 0o555);
    withoutRootsRights();
    await expect(take(MORNING + 1_000)).rejects.toMatchObject({ code: 'BACKUP_FOLDER_UNWRITABLE' });
    expect(readdirSync(drive)).toHaveLength(1);
  });

  it.skipIf(!canMount())('its drive is full', async () => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=512k', 'tmpfs', drive]);
    onTestFinished(() => void execFileSync('umount', [drive]));
    const small = await take();
    for (let number = 21; number <= 600; number++) ledger.append(...aSubmittedPayment(number), paid(number));
    await expect(take(MORNING + 1_000)).rejects.toMatchObject({ code: 'BACKUP_FOLDER_FULL' });
    expect(readdirSync(drive).map((file) => join(drive, file))).toEqual([small.path]);
    expect(inspectLedgerFile(small.path).rows).toBe(61);
  });

  it('the books themselves are not what they say', async () => {
    const db = new Database(join(dataDir, LEDGER_FILE));
    db.exec('DROP TRIGGER journal_is_not_changed; UPDATE journal SET at = at + 1 WHERE seq = 7');
    db.close();
    await expect(take()).rejects.toMatchObject({ code: 'BACKUP_UNSOUND', detail: expect.stringMatching(/01\/7/) });
    expect(readdirSync(drive)).toEqual([]);
  });

  it('there are no books', async () => {
    await expect(
      takeBackup({ dataDir: join(folder.path, 'nobody'), folder: drive, at: MORNING, keeping: KEEPING }),
    ).rejects.toMatchObject({ code: 'UNREADABLE' });
    expect(readdirSync(drive)).toEqual([]);
  });

  it('and in its own thread the same is said', async () => {
    const order = { dataDir, folder: join(folder.path, 'not-there'), at: MORNING, keeping: KEEPING };
    await expect(takeBackupInThread(order, new AbortController().signal)).rejects.toMatchObject({
      name: 'Trouble',
      code: 'BACKUP_FOLDER_MISSING',
    });
  });
});

describe('a backup with one flipped byte', () => {
  it('is refused, unless that byte means nothing', async () => {
    const { path, bytes, head } = await take();
    const sound = readFileSync(path);
    const random = seededRandom(20260102);
    const anywhere = Array.from({ length: 150 }, () => Math.floor(random() * bytes));
    let refused = 0;
    for (const place of anywhere) {
      const flipped = Buffer.from(sound);
      flipped[place] = (flipped[place] ?? 0) ^ 0x04;
      writeFileSync(path, flipped);
      const hash = hashUnlessRefused(path);
      if (hash === undefined) refused++;
      // Free space between rows may hold anything.
      else expect(hash, `byte ${place}`).toBe(head.hash);
    }
    expect(refused).toBeGreaterThan(20);
  });
});

function hashUnlessRefused(path: string): string | undefined {
  try {
    return inspectLedgerFile(path).head.hash;
  } catch {
    return undefined;
  }
}

function canMount(): boolean {
  if (process.platform !== 'linux' || process.geteuid?.() !== 0) return false;
  const probe = temporaryFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', probe.path], { stdio: 'ignore' });
    execFileSync('umount', [probe.path]);
    return true;
  } catch {
    return false;
  } finally {
    probe.remove();
  }
}
