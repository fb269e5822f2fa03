import type { BackupView } from '../../contract/types.ts';
import { ageOf } from '../../core/age.ts';
import { backupConcern } from '../../core/backup-concern.ts';
import { inLanguage, type Language, type Messages } from '../i18n/messages.ts';
import type { PartStatus } from './status-text.ts';

/** What the status bar says of the backups: nothing while they are well. No sale waits for them, and it says so. */
export function backupStatus(
  backup: BackupView,
  now: number,
  { backup: words }: Messages,
  language: Language,
): PartStatus | undefined {
  const concern = backupConcern(backup, now);
  if (concern === undefined) return undefined;
  const shown = { part: 'backup', name: words.name, well: false } as const;
  const details = [lastText(backup, now, words, language), words.salesGoOn];
  if (backup.failed === undefined) {
    const age = inLanguage(ageOf(now - (backup.lastAt ?? now)), language);
    return { ...shown, word: words.old(age), mend: words.oldMend, details };
  }
  const { why } = backup.failed;
  return { ...shown, word: words.failed[why], mend: words.mend[why], details };
}

/** When the last good one was taken. */
export function lastText({ lastAt }: BackupView, now: number, words: Messages['backup'], language: Language): string {
  return lastAt === undefined ? words.none : words.last(inLanguage(ageOf(now - lastAt), language));
}
