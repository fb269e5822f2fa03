import type { BackupName } from './backup-name.ts';

export interface Keeping {
  readonly keepCount: number;
  readonly keepDays: number;
}

const DAY_MS = 86_400_000;

/**
 * The backups that may go: beyond the count, or too old. `sound`, the one just taken and checked, always stays; so does
 * the newest, whatever a clock that was set wrong has made of their order.
 *
 * @param backups newest first
 */
export function outlived(
  backups: readonly BackupName[],
  sound: string,
  { keepCount, keepDays }: Keeping,
  now: number,
): BackupName[] {
  return backups.filter(
    ({ file, takenAt }, index) =>
      index > 0 && file !== sound && (index >= keepCount || takenAt < now - keepDays * DAY_MS),
  );
}
