const HOUR_MS = 3_600_000;
/** One that was missed is made up for at the next start; only after several is it worth a word. */
const MISSED_MAX = 3;

/** What is to be said about the backups, if anything: the latest try failed, or the newest good one is too old. */
export function backupConcern(
  backup: {
    readonly lastAt?: number | undefined;
    /** 0: only when asked, so that none is ever due. */
    readonly everyHours: number;
    readonly failed?: object | undefined;
  },
  now: number,
): 'failed' | 'old' | undefined {
  if (backup.failed !== undefined) return 'failed';
  const { lastAt, everyHours } = backup;
  // A till that was set up today has none yet, and takes its first within a minute.
  if (everyHours === 0 || lastAt === undefined) return undefined;
  return now - lastAt > MISSED_MAX * everyHours * HOUR_MS ? 'old' : undefined;
}
