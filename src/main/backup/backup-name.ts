import { beijingStamp } from '../../core/time.ts';

/** What the name of a backup says: `ledger-0001-01-20260102T100511.db`, Beijing time. */
export interface BackupName {
  readonly file: string;
  readonly storeId: string;
  readonly terminalId: string;
  /** Epoch milliseconds, whole seconds. */
  readonly takenAt: number;
}

const PATTERN = /^ledger-([0-9A-Za-z]{1,6})-([0-9A-Za-z]{1,4})-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)\.db$/;

export function backupFileName(owner: { readonly storeId: string; readonly terminalId: string }, at: number): string {
  return `ledger-${owner.storeId}-${owner.terminalId}-${fileStamp(at)}.db`;
}

/** → "20260102T100511", Beijing time. */
export function fileStamp(at: number): string {
  return beijingStamp(at).replace(/^(\d{8})/, '$1T');
}

/** Undefined for any file that is no backup. */
export function readBackupName(file: string): BackupName | undefined {
  const match = PATTERN.exec(file);
  if (match === null) return undefined;
  const [, storeId = '', terminalId = '', year, month, day, hour, minute, second] = match;
  const takenAt = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}+08:00`);
  return Number.isNaN(takenAt) ? undefined : { file, storeId, terminalId, takenAt };
}

/** The backups of one terminal among these files, newest first. */
export function backupsOf(
  owner: { readonly storeId: string; readonly terminalId: string },
  files: readonly string[],
): BackupName[] {
  return files
    .map(readBackupName)
    .filter((name) => name?.storeId === owner.storeId && name.terminalId === owner.terminalId)
    .filter((name) => name !== undefined)
    .sort((a, b) => b.takenAt - a.takenAt);
}
