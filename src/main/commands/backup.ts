import { resolve } from 'node:path';
import { beijingTime } from '../../core/time.ts';
import { backupFolderOf, ensureDefaultFolder } from '../backup/open-backups.ts';
import { takeBackup } from '../backup/take-backup.ts';
import { loadConfig } from '../config/config.ts';
import type { Output } from './output.ts';

export interface BackupCommand {
  readonly dataDir: string;
  /** A folder that exists; without it, the one in the settings. */
  readonly to?: string | undefined;
}

/** `saoma backup`: one checked backup, beside a till that is running or not. Exit status 0 only when it is there. */
export async function backup({ dataDir, to }: BackupCommand, output: Output): Promise<number> {
  const config = loadConfig(dataDir, process.env);
  const folder = to === undefined ? backupFolderOf(config, dataDir) : resolve(to);
  if (to === undefined && config.backup.folder === undefined) ensureDefaultFolder(folder);
  const { path, rows, head, bytes, removed } = await takeBackup({
    dataDir,
    folder,
    at: Date.now(),
    // What lies in a folder that was named by hand is not ours to clear away.
    ...(to === undefined ? { keeping: config.backup } : {}),
  });
  output.emit({ event: 'backedUp', path, rows, head: head.hash, newestAt: head.at, bytes, removed });
  output.say(
    output.language === 'zh'
      ? `已备份并检查：${path}（${rows} 行，到 ${beijingTime(head.at)} 为止）`
      : `Backed up and checked: ${path} (${rows} rows, up to ${beijingTime(head.at)})`,
  );
  return 0;
}
