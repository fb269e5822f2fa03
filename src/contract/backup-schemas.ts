import * as z from 'zod';

/** Why a backup failed, as far as a cashier can do something about it. */
export const BackupFailure = z.enum(['FOLDER_MISSING', 'FOLDER_UNWRITABLE', 'FOLDER_FULL', 'UNSOUND', 'OTHER']);

/** Where the backups of this till stand. Times in epoch milliseconds. */
export const BackupView = z.object({
  /** The newest good one, whichever run took it. Absent: there is none. */
  lastAt: z.number().optional(),
  /** How often one is due; 0: only when asked. */
  everyHours: z.number(),
  /** The latest try, when it failed. */
  failed: z.object({ why: BackupFailure, at: z.number() }).optional(),
});
