import { describe, expect, it } from 'vitest';
import { backupFileName, backupsOf } from '../../../src/main/backup/backup-name.ts';
import { outlived } from '../../../src/main/backup/outlived.ts';
import { MORNING } from '../../fixtures/ledger.ts';

const TILL = { storeId: '0001', terminalId: '01' };
const DAY_MS = 86_400_000;

/** The ages, in days, of those that go, of backups with these ages; the one of `soundAge` was just taken. */
function ages(present: readonly number[], keeping: { keepCount: number; keepDays: number }, soundAge = 0): number[] {
  const name = (age: number) => backupFileName(TILL, MORNING - age * DAY_MS);
  return outlived(backupsOf(TILL, present.map(name)), name(soundAge), keeping, MORNING).map(
    ({ takenAt }) => (MORNING - takenAt) / DAY_MS,
  );
}

describe('backups', () => {
  it('stay while they are few and young', () => {
    expect(ages([0, 1, 2], { keepCount: 3, keepDays: 90 })).toEqual([]);
  });

  it('go beyond their count, oldest first', () => {
    expect(ages([0, 1, 2, 3], { keepCount: 2, keepDays: 90 })).toEqual([2, 3]);
  });

  it('go when they are too old', () => {
    expect(ages([0, 29, 30, 31], { keepCount: 99, keepDays: 30 })).toEqual([31]);
  });

  it('never go when they are the newest, however old', () => {
    expect(ages([400, 401], { keepCount: 9, keepDays: 30 }, 400)).toEqual([401]);
  });

  it('never go when they were just taken, though a clock that ran ahead has left younger names', () => {
    expect(ages([-3, -2, -1, 0], { keepCount: 1, keepDays: 30 })).toEqual([-2, -1]);
  });
});
