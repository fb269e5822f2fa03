import { describe, expect, it } from 'vitest';
import { backupFileName, backupsOf, readBackupName } from '../../../src/main/backup/backup-name.ts';
import { MORNING } from '../../fixtures/ledger.ts';

const TILL = { storeId: '0001', terminalId: '01' };

describe('the name of a backup', () => {
  it('says whose books they are and when it was taken, in Beijing time', () => {
    const file = backupFileName(TILL, MORNING + 345);
    expect(file).toBe('ledger-0001-01-20260102T100511.db');
    expect(readBackupName(file)).toEqual({ file, ...TILL, takenAt: MORNING });
  });

  it.each(['ledger.db', 'ledger-0001-01-20260102T100511.db.4711.part', 'ledger-0001-01-20261302T100511.db', 'x.db'])(
    'is not %s',
    (file) => {
      expect(readBackupName(file)).toBeUndefined();
    },
  );

  it('finds one terminal’s among others’ and strangers, newest first', () => {
    const at = (ms: number, owner = TILL) => backupFileName(owner, MORNING + ms);
    const files = [at(0), at(2_000), at(1_000), at(3_000, { storeId: '0001', terminalId: '02' }), 'holiday.jpg'];
    expect(backupsOf(TILL, files).map(({ file }) => file)).toEqual([at(2_000), at(1_000), at(0)]);
  });
});
