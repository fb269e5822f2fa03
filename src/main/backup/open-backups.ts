import { existsSync, mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { BackupView } from '../../contract/types.ts';
import type { Clock } from '../../core/time.ts';
import type { Config } from '../config/config.ts';
import { takeBackupInThread } from './backup-thread.ts';
import { backupView } from './backup-view.ts';
import { type BackupState, type Backups, createBackups } from './backups.ts';

/** Where this terminal's backups go: as configured, else `backups` in its data folder. */
export function backupFolderOf(config: Config, dataDir: string): string {
  return resolve(dataDir, config.backup.folder ?? 'backups');
}

/** The backups of a till that is open, as its settings have them. */
export function openBackups(options: {
  readonly config: Config;
  readonly dataDir: string;
  readonly clock: Clock;
  readonly onChange: (state: BackupState) => void;
}): Backups & { view(): BackupView } {
  const { config, dataDir, clock, onChange } = options;
  const folder = backupFolderOf(config, dataDir);
  const backups = createBackups({
    owner: { storeId: config.store.id, terminalId: config.terminal.id },
    folder,
    everyHours: config.backup.everyHours,
    clock,
    onChange,
    take(at, signal) {
      if (config.backup.folder === undefined) ensureDefaultFolder(folder);
      return takeBackupInThread({ dataDir, folder, at, keeping: config.backup }, signal);
    },
  });
  return { ...backups, view: () => backupView(backups.state(), config.backup.everyHours) };
}

/** `backups` in the data folder is ours to make; any other folder is somebody's drive and has to be there. */
export function ensureDefaultFolder(folder: string): void {
  // A data folder that is not there holds no books: it is not made only to say so.
  if (existsSync(dirname(folder))) mkdirSync(folder, { recursive: true, mode: 0o700 });
}
