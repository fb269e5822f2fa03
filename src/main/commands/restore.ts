import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { epochLetters } from '../../core/order-number.ts';
import { beijingTime } from '../../core/time.ts';
import { type Restored, type RestoreOrder, type RestoreStep, restoreLedger } from '../backup/restore.ts';
import { takeBackup } from '../backup/take-backup.ts';
import { loadConfig } from '../config/config.ts';
import { troubleOf } from '../trouble.ts';
import type { Output } from './output.ts';
import { createProgressBar, type ProgressBar } from './progress-bar.ts';

export interface RestoreCommand {
  readonly dataDir: string;
  readonly from: string;
  readonly force: boolean;
}

/** `saoma restore`: a backup in the place of lost or damaged books. Exit status 0 when the till can be started. */
export async function restore(command: RestoreCommand, output: Output): Promise<number> {
  const { dataDir, force } = command;
  const from = resolve(command.from);
  const config = loadConfig(dataDir, process.env);
  const bar = createProgressBar(output);
  const restored = restoredBehind(bar, {
    dataDir,
    from,
    force,
    owner: { storeId: config.store.id, terminalId: config.terminal.id },
    now: Date.now(),
    onStep: (step) => showStep(bar, output.language, step),
  });
  showStep(bar, output.language, 'back-up');
  const folder = statSync(from).isDirectory() ? from : dirname(from);
  const freshBackup = await backUpAtOnce(dataDir, folder);
  showStep(bar, output.language);
  const { restoration, facts, notCarried, owed, skipped, old, keptAside, unknown } = restored;
  output.emit({
    event: 'restored',
    ...{ from: restored.from, backupAt: restoration.backupAt, epoch: restoration.epoch, rows: facts.rows },
    ...{ old, rowsCarried: restoration.rowsCarried, paymentsKnown: restoration.paymentsKnown, owed },
    ...{ notCarried, skipped, keptAside, unknown, freshBackup },
  });
  for (const line of linesOf(restored, freshBackup)) output.say(output.language === 'zh' ? line.zh : line.en);
  return 0;
}

/** What went wrong is said in the bar's place. */
function restoredBehind(bar: ProgressBar, order: RestoreOrder): Restored {
  try {
    return restoreLedger(order);
  } catch (error) {
    bar.clear();
    throw error;
  }
}

const STEPS = {
  check: { zh: '检查备份', en: 'checking the backup' },
  read: { zh: '读取原账本', en: 'reading the old books' },
  write: { zh: '写入并检查', en: 'writing and checking' },
  'back-up': { zh: '备份恢复后的账本', en: 'backing up the restored books' },
} as const satisfies Record<RestoreStep | 'back-up', unknown>;
const STEP_NAMES = Object.keys(STEPS);

/** Years of books take a while, and nobody should pull the plug because nothing moves. Of no step: all are done. */
function showStep(bar: ProgressBar, language: Output['language'], step?: keyof typeof STEPS): void {
  const total = STEP_NAMES.length;
  if (step === undefined) bar.show(total, total);
  else bar.show(STEP_NAMES.indexOf(step), total, STEPS[step][language]);
}

/** So that whoever restores from here again counts on from this epoch. A drive that cannot be written is only told. */
async function backUpAtOnce(dataDir: string, folder: string) {
  try {
    return { path: (await takeBackup({ dataDir, folder, at: Date.now() })).path };
  } catch (error) {
    const { code, detail } = troubleOf(error);
    return { code, detail };
  }
}

function linesOf(restored: Restored, freshBackup: Awaited<ReturnType<typeof backUpAtOnce>>) {
  const { from, facts, old, restoration, notCarried, owed, skipped, keptAside, unknown } = restored;
  const { backupAt, rowsCarried, paymentsKnown } = restoration;
  const prefix = `${facts.storeId}-${facts.terminalId}-${epochLetters(facts.epoch)}`;
  return [
    ...skipped.map(({ path, detail }) => ({
      zh: `跳过损坏的备份：${path}（${detail}）`,
      en: `Passed over a damaged backup: ${path} (${detail})`,
    })),
    {
      zh: `已从备份恢复：${from}（到 ${beijingTime(backupAt)} 为止）`,
      en: `Restored from ${from} (up to ${beijingTime(backupAt)})`,
    },
    ...(old === 'same'
      ? [
          {
            zh: `从原账本续上 ${rowsCarried} 行，其中有备份里没有的收款 ${paymentsKnown} 笔。`,
            en: `Carried over from the old books: ${rowsCarried} rows, with ${paymentsKnown} payments that the backup does not hold.`,
          },
        ]
      : []),
    {
      zh: `下次启动时会向微信支付查清 ${owed} 笔收款。新单号以 ${prefix} 开头，不会重复。`,
      en: `At the next start ${owed} payments will be asked about. New sale numbers begin with ${prefix} and repeat none.`,
    },
    ...notCarried.map((outTradeNo) => ({
      zh: `请人工核对：${outTradeNo}，原账本里只剩下它的单号。`,
      en: `Look this one up by hand: ${outTradeNo}. The old books hold no more of it than its number.`,
    })),
    ...(unknown
      ? [
          {
            zh: `${beijingTime(unknown.from)} 到 ${beijingTime(unknown.to)} 之间可能还有这台收银机不知道的收款，当天的账单里能看到。`,
            en: `Payments between ${beijingTime(unknown.from)} and ${beijingTime(unknown.to)} may exist that this till does not know; the bill of that day will show them.`,
          },
        ]
      : []),
    ...(keptAside ? [{ zh: `原账本另存为：${keptAside}`, en: `The old books are kept as ${keptAside}` }] : []),
    'path' in freshBackup
      ? { zh: `恢复后的账本已备份：${freshBackup.path}`, en: `The restored books are backed up: ${freshBackup.path}` }
      : {
          zh: `恢复后的账本还没能备份（${freshBackup.code}：${freshBackup.detail}）。请尽快运行 saoma backup。`,
          en: `The restored books could not be backed up yet (${freshBackup.code}: ${freshBackup.detail}). Run saoma backup soon.`,
        },
  ];
}
