import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BackupState, type Backups, createBackups } from '../../../src/main/backup/backups.ts';
import { takeBackup } from '../../../src/main/backup/take-backup.ts';
import type { Ledger } from '../../../src/main/ledger/open-ledger.ts';
import { ManualClock } from '../../fixtures/clock.ts';
import { aLedger, MORNING, temporaryFolder } from '../../fixtures/ledger.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

let folder: ReturnType<typeof temporaryFolder>;
let drive: string;
let clock: ManualClock;
let ledger: Ledger;
let backups: Backups;
let told: BackupState[];

beforeEach(() => {
  folder = temporaryFolder();
  drive = join(folder.path, 'drive');
  mkdirSync(drive);
  clock = new ManualClock();
  ledger = aLedger(folder.path);
});
afterEach(async () => {
  await backups.stop();
  ledger.close();
  folder.remove();
});

/** A till's morning. Each `told` is waited for by `next`, because a real file takes its time. */
function open(everyHours: number) {
  told = [];
  let wake = () => {};
  backups = createBackups({
    owner: { storeId: '0001', terminalId: '01' },
    folder: drive,
    everyHours,
    clock,
    take: (at) => takeBackup({ dataDir: folder.path, folder: drive, at, keeping: { keepCount: 9, keepDays: 9 } }),
    onChange(state) {
      told.push(state);
      wake();
    },
  });
  return async function next(afterMs: number): Promise<BackupState | undefined> {
    const count = told.length;
    const arrived = new Promise<void>((resolve) => {
      wake = resolve;
    });
    await read();
    await clock.advance(afterMs);
    if (told.length === count) await arrived;
    await read();
    return told.at(-1);
  };
}

/** Lets the look into the folder come back, which is a real one. */
async function read(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
}

describe('the backups of an open till', () => {
  it('come a minute after the first start and then on their schedule', async () => {
    const next = open(24);
    expect(backups.state()).toEqual({ word: 'none', folder: drive });
    expect(await next(MINUTE_MS)).toEqual({ word: 'ok', folder: drive, lastAt: MORNING + MINUTE_MS });
    await clock.advance(23 * HOUR_MS);
    expect(told).toHaveLength(1);
    expect(await next(HOUR_MS)).toMatchObject({ lastAt: MORNING + MINUTE_MS + 24 * HOUR_MS });
    expect(readdirSync(drive)).toHaveLength(2);
  });

  it('go on from where the last run stood', async () => {
    const first = open(24);
    await first(MINUTE_MS);
    await backups.stop();
    await clock.advance(20 * HOUR_MS);
    const next = open(24);
    await read();
    expect(backups.state()).toEqual({ word: 'ok', folder: drive, lastAt: MORNING + MINUTE_MS });
    await clock.advance(3 * HOUR_MS);
    expect(told).toEqual([]);
    expect(await next(2 * HOUR_MS)).toMatchObject({ word: 'ok' });
  });

  it('are only told of when they fail, and tried again soon', async () => {
    const next = open(24);
    const lost = join(folder.path, 'unplugged');
    const { renameSync } = await import('node:fs');
    renameSync(drive, lost);
    expect(await next(MINUTE_MS)).toMatchObject({
      word: 'failed',
      lastError: { code: 'BACKUP_FOLDER_MISSING', detail: drive, at: MORNING + MINUTE_MS },
    });
    renameSync(lost, drive);
    const healed = await next(10 * MINUTE_MS);
    expect(healed).toEqual({ word: 'ok', folder: drive, lastAt: MORNING + 11 * MINUTE_MS });
  });

  it('are taken when asked for, once for all who ask at the same time', async () => {
    open(0);
    const states = await Promise.all([backups.now(), backups.now()]);
    expect(states).toEqual([backups.state(), backups.state()]);
    expect(told).toHaveLength(1);
    expect(readdirSync(drive)).toHaveLength(1);
    await clock.advance(1_000 * HOUR_MS);
    expect(told).toHaveLength(1);
  });

  it('end with the till', async () => {
    open(1);
    await backups.stop();
    await clock.advance(9 * HOUR_MS);
    expect(await backups.now()).toMatchObject({ word: 'none' });
    expect(told).toEqual([]);
  });
});
