import { openLedgerReadOnly, rebuildLedger } from '../ledger/open-ledger.ts';
import { verifyLedger } from '../ledger/verify.ts';
import type { Output } from './output.ts';

/** `saoma verify`: the chain and every projection. Exit status 0 only when nothing is wrong. */
export function verify(dataDir: string, output: Output): number {
  const db = openLedgerReadOnly(dataDir);
  try {
    const { rows, head, problems, olderTables = false } = verifyLedger(db);
    output.emit({ event: 'verified', ok: problems.length === 0, rows, head, problems, olderTables });
    if (olderTables) output.say(OLDER_TABLES[output.language]);
    if (problems.length === 0) {
      output.say(
        output.language === 'zh'
          ? `账本完好：${rows} 行，链尾 ${head}`
          : `The books are whole: ${rows} rows, head ${head}`,
      );
      return 0;
    }
    for (const problem of problems) output.say(`✗ ${problem}`);
    output.say(
      output.language === 'zh'
        ? '账本有问题。不要删除任何文件，先复制整个数据文件夹。汇总表不符可用 saoma rebuild 重建；日志本身被改过则不能。'
        : 'Something is wrong. Delete nothing and copy the whole data folder first. saoma rebuild mends projections; it cannot mend a journal that was changed.',
    );
    return 1;
  } finally {
    db.close();
  }
}

const OLDER_TABLES = {
  zh: '账本由旧版本建立：只检查了日志。启动一次收银程序，汇总表就会升级，然后可以全部检查。',
  en: 'An older version made these books: only the journal was checked. Start the till once to bring the tables up to date, then all of it can be.',
};

/** `saoma rebuild`: every projection anew from the journal, then verified. */
export function rebuild(dataDir: string, output: Output): number {
  const rows = rebuildLedger(dataDir);
  output.emit({ event: 'rebuilt', rows });
  output.say(output.language === 'zh' ? `已从 ${rows} 行日志重建。` : `Rebuilt from ${rows} journal rows.`);
  return verify(dataDir, output);
}
