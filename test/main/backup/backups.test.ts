import { mkdirSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type BackupState, type Backups, createBackups } from '../../../src/main/backup/backups.ts';
import { takeBackup } from '../../../src/main/backup/take-backup.ts';
import type { Ledger } from '../../../src/main/ledger/open-ledger.ts';
import { ManualClock } from '../../fixtures/clock.ts';
import { aLedger, MORNING, temporaryFolder } from '../../fixtures/ledger.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

let folder: ReturnType<typeof temporaryFolder>;
let drive: string;
let clock: WatchedClock;
let ledger: Ledger;
let backups: Backups;
let told: BackupState[];

beforeEach(() => {
  folder = temporaryFolder();
  drive = join(folder.path, 'drive');
  mkdirSync(drive);
  clock = new WatchedClock();
  ledger = aLedger(folder.path);
});
afterEach(async () => {
  await backups.stop();
  ledger.close();
  folder.remove();
});

/** Knows when somebody has lain down, because the look into a real folder before takes its time. */
class WatchedClock extends ManualClock {
  sleeps = 0;

  override sleep(ms: number, signal?: AbortSignal): Promise<void> {
    this.sleeps++;
    return super.sleep(ms, signal);
  }
}

function open(everyHours: number): void {
  told = [];
  clock.sleeps = 0;
  backups = createBackups({
    owner: { storeId: '0001', terminalId: '01' },
    folder: drive,
    everyHours,
    clock,
    take: (at) => takeBackup({ dataDir: folder.path, folder: drive, at, keeping: { keepCount: 9, keepDays: 9 } }),
    onChange: (state) => told.push(state),
  });
}

/** Lets this much time pass, which has to bring the next backup, and waits until the one after it is waited for. */
async function next(ms: number): Promise<BackupState | undefined> {
  const count = told.length;
  await asleep(count + 1);
  await clock.advance(ms);
  await asleep(count + 2);
  expect(told).toHaveLength(count + 1);
  return told.at(-1);
}

async function asleep(times: number): Promise<void> {
  await vi.waitUntil(() => clock.sleeps >= times, { timeout: 20_000, interval: 5 });
}

describe('the backups of an open till', () => {
  it('come a minute after the first start and then on their schedule', async () => {
    open(24);
    expect(backups.state()).toEqual({ word: 'none', folder: drive });
    expect(await next(MINUTE_MS)).toEqual({ word: 'ok', folder: drive, lastAt: MORNING + MINUTE_MS });
    await clock.advance(23 * HOUR_MS);
    expect(told).toHaveLength(1);
    expect(await next(HOUR_MS)).toMatchObject({ lastAt: MORNING + MINUTE_MS + 24 * HOUR_MS });
    expect(readdirSync(drive)).toHaveLength(2);
  });

  it('go on from where the last run stood', async () => {
    open(24);
    await next(MINUTE_MS);
    await backups.stop();
    await clock.advance(20 * HOUR_MS);
    open(24);
    await asleep(1);
    expect(backups.state()).toEqual({ word: 'ok', folder: drive, lastAt: MORNING + MINUTE_MS });
    await clock.advance(3 * HOUR_MS);
    expect(told).toEqual([]);
    expect(await next(2 * HOUR_MS)).toMatchObject({ word: 'ok' });
  });

  it('are only told of when they fail, and tried again soon', async () => {
    open(24);
    const lost = join(folder.path, 'unplugged');
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
