import type { BackupView } from '../../contract/types.ts';
import type { TroubleCode } from '../trouble-texts.ts';
import type { BackupState } from './backups.ts';

type Why = NonNullable<BackupView['failed']>['why'];

const WHY: Readonly<Partial<Record<TroubleCode, Why>>> = {
  BACKUP_FOLDER_MISSING: 'FOLDER_MISSING',
  BACKUP_FOLDER_UNWRITABLE: 'FOLDER_UNWRITABLE',
  BACKUP_FOLDER_FULL: 'FOLDER_FULL',
  BACKUP_UNSOUND: 'UNSOUND',
};

/** The backups as screens show them. The system's own words are in the log. */
export function backupView({ lastAt, lastError }: BackupState, everyHours: number): BackupView {
  return {
    everyHours,
    ...(lastAt === undefined ? {} : { lastAt }),
    ...(lastError === undefined ? {} : { failed: { why: WHY[lastError.code] ?? 'OTHER', at: lastError.at } }),
  };
}
