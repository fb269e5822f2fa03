import { createInterface } from 'node:readline';
import { epochLetters } from '../../core/order-number.ts';
import { backupFolderOf, ensureDefaultFolder } from '../backup/open-backups.ts';
import { takeBackup } from '../backup/take-backup.ts';
import { loadConfig } from '../config/config.ts';
import { LedgerError } from '../ledger/errors.ts';
import { lockHolder } from '../ledger/lock.ts';
import { resetTill } from '../reset/reset-till.ts';
import { sayWhatIsOwed } from './leaving-words.ts';
import type { Output } from './output.ts';
import { queue } from './queue.ts';

export interface ResetCommand {
  readonly dataDir: string;
  /** Without being asked for the store's number. */
  readonly yes: boolean;
}

/**
 * `saoma reset`: the till begins anew, with the old data folder moved aside. Refused while anything is not settled.
 *
 * @returns the exit status: 0 when it is done, 1 when it was refused or not confirmed.
 */
export async function reset({ dataDir, yes }: ResetCommand, output: Output): Promise<number> {
  const pid = lockHolder(dataDir);
  if (pid !== undefined) throw new LedgerError('IN_USE', dataDir, `process ${pid}`);
  const config = loadConfig(dataDir, process.env);
  if (!yes && !(await isConfirmed(config.store.id, output))) {
    output.emit({ event: 'reset', done: false, why: 'NOT_CONFIRMED' });
    output.say(
      output.language === 'zh' ? '门店号不对，没有清空。' : 'That is not the store number: nothing was reset.',
    );
    return 1;
  }
  const at = Date.now();
  const result = await resetTill({
    dataDir,
    config,
    at,
    backUp() {
      const folder = backupFolderOf(config, dataDir);
      if (config.backup.folder === undefined) ensureDefaultFolder(folder);
      return takeBackup({ dataDir, folder, at });
    },
  });
  if (!result.done) {
    sayWhatIsOwed('reset', result.owed, output);
    return queue(dataDir, output);
  }
  const { asidePath, backupPath, epoch } = result;
  output.emit({ event: 'reset', ...result });
  const prefix = `${config.store.id}-${config.terminal.id}-${epochLetters(epoch)}`;
  const lines =
    output.language === 'zh'
      ? [
          `已重新开始，设置没有变。新单号以 ${prefix} 开头，不会重复。`,
          `原来的数据都在：${asidePath}`,
          `最后一次备份（已检查）：${backupPath}`,
        ]
      : [
          `The till begins anew; its settings are as they were. New sale numbers begin with ${prefix} and repeat none.`,
          `All old data is kept in ${asidePath}`,
          `The last backup, checked: ${backupPath}`,
        ];
  for (const line of lines) output.say(line);
  return 0;
}

/** Whoever types the store's number has looked at which till this is. */
async function isConfirmed(storeId: string, { language }: Output): Promise<boolean> {
  const question =
    language === 'zh'
      ? `清空这台收银机？请输入门店号 ${storeId} 确认：`
      : `Reset this till? Type its store number, ${storeId}: `;
  // A question is for a person, also where standard output is for machines.
  process.stderr.write(question);
  for await (const line of createInterface({ input: process.stdin })) return line.trim() === storeId;
  return false;
}
