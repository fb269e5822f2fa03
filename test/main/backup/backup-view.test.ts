import { describe, expect, it } from 'vitest';
import { backupView } from '../../../src/main/backup/backup-view.ts';
import type { TroubleCode } from '../../../src/main/trouble-texts.ts';

const failedWith = (code: TroubleCode) =>
  backupView({ word: 'failed', folder: '/drive', lastAt: 1, lastError: { code, detail: '/drive: EIO', at: 2 } }, 24);

describe('what screens are shown of the backups', () => {
  it.each([
    ['BACKUP_FOLDER_MISSING', 'FOLDER_MISSING'],
    ['BACKUP_FOLDER_UNWRITABLE', 'FOLDER_UNWRITABLE'],
    ['BACKUP_FOLDER_FULL', 'FOLDER_FULL'],
    ['BACKUP_UNSOUND', 'UNSOUND'],
    ['DATA_DAMAGED', 'OTHER'],
  ] as const)('%s is told as %s, with the last good one', (code, why) => {
    expect(failedWith(code)).toEqual({ everyHours: 24, lastAt: 1, failed: { why, at: 2 } });
  });

  it('a good one is its time alone, and none is nothing', () => {
    expect(backupView({ word: 'ok', folder: '/drive', lastAt: 5 }, 12)).toEqual({ everyHours: 12, lastAt: 5 });
    expect(backupView({ word: 'none', folder: '/drive' }, 0)).toEqual({ everyHours: 0 });
  });
});
