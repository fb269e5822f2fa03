import type { Advice, BilingualText } from '../../core/advice.ts';
import { BOOKS_SAFE } from '../trouble-text.ts';

export type BackupTroubleCode =
  | 'BACKUP_FOLDER_MISSING'
  | 'BACKUP_FOLDER_UNWRITABLE'
  | 'BACKUP_FOLDER_FULL'
  | 'BACKUP_UNSOUND'
  | 'RESTORE_NO_BACKUP'
  | 'RESTORE_DAMAGED'
  | 'RESTORE_OTHER_TERMINAL'
  | 'RESTORE_NOT_NEEDED'
  | 'RESTORE_OTHER_BOOKS';

const SALES_GO_ON: BilingualText = {
  zh: '收款不受影响，账本完好；只是还没有新的备份。',
  en: 'Sales go on and the books are untouched; only a fresh copy of them is missing.',
};

/** What can go wrong with a backup or a restore, in three lines, in both languages. */
export const BACKUP_TROUBLE_TEXTS: Readonly<Record<BackupTroubleCode, Advice>> = {
  BACKUP_FOLDER_MISSING: {
    happened: { zh: '找不到备份文件夹，没有备份。', en: 'The backup folder is not there; no backup was made.' },
    money: SALES_GO_ON,
    next: {
      zh: '插上备份用的硬盘或 U 盘，或在配置 backup.folder 里改成存在的文件夹。',
      en: 'Plug in the drive, or name a folder that exists as backup.folder in the settings.',
    },
  },
  BACKUP_FOLDER_UNWRITABLE: {
    happened: { zh: '备份文件夹写不进去，没有备份。', en: 'The backup folder cannot be written; no backup was made.' },
    money: SALES_GO_ON,
    next: {
      zh: '检查备份盘是否只读、已拔出，以及文件夹权限。',
      en: 'Check whether the drive is read-only or unplugged, and who may write to the folder.',
    },
  },
  BACKUP_FOLDER_FULL: {
    happened: { zh: '备份盘满了，没有备份。', en: 'The backup drive is full; no backup was made.' },
    money: SALES_GO_ON,
    next: {
      zh: '清理备份盘，或把 backup.keepCount、keepDays 调小；旧备份都还在。',
      en: 'Free some space there, or lower backup.keepCount and keepDays; all older backups are still there.',
    },
  },
  BACKUP_UNSOUND: {
    happened: {
      zh: '备份写完后检查不合格，已经丢弃。',
      en: 'The backup did not pass its check and was thrown away.',
    },
    money: {
      zh: '旧备份都还在。账本本身可能有问题，但没有改动。',
      en: 'All older backups are still there. The books themselves may be damaged; they were not touched.',
    },
    next: {
      zh: '运行 saoma verify 检查账本；如果账本完好，换一个备份盘。',
      en: 'Run saoma verify to check the books; if they are whole, use another backup drive.',
    },
  },
  RESTORE_NO_BACKUP: {
    happened: { zh: '那里没有这台收银机的备份。', en: 'There is no backup of this terminal there.' },
    money: BOOKS_SAFE,
    next: {
      zh: '用 --from 指定备份文件（ledger-门店-终端-时间.db）或它所在的文件夹。',
      en: 'Name the backup, ledger-STORE-TERMINAL-TIME.db, or its folder with --from.',
    },
  },
  RESTORE_DAMAGED: {
    happened: { zh: '这个备份损坏了，没有恢复。', en: 'This backup is damaged; nothing was restored.' },
    money: BOOKS_SAFE,
    next: { zh: '用 --from 指定另一个备份。', en: 'Name another backup with --from.' },
  },
  RESTORE_OTHER_TERMINAL: {
    happened: { zh: '这个备份属于另一台收银机。', en: 'This backup belongs to another terminal.' },
    money: BOOKS_SAFE,
    next: {
      zh: '先把配置里的门店号和终端号改成备份的；确定要用它就加 --force。',
      en: 'Set the store and terminal numbers to those of the backup first; if you are sure, add --force.',
    },
  },
  RESTORE_NOT_NEEDED: {
    happened: {
      zh: '现在的账本完好，备份里有的它都有，不需要恢复。',
      en: 'The present books are whole and hold all that the backup holds: nothing is lost, no restore is needed.',
    },
    money: BOOKS_SAFE,
    next: {
      zh: '直接启动。只是汇总表不对时用 saoma rebuild；一定要恢复就加 --force。',
      en: 'Just start. If only projections are wrong, run saoma rebuild; to restore all the same, add --force.',
    },
  },
  RESTORE_OTHER_BOOKS: {
    happened: {
      zh: '现在的账本里有另外的收款，和这个备份接不上。',
      en: 'The present books hold payments of their own and do not continue this backup.',
    },
    money: {
      zh: '恢复后程序不会再查那些收款，所以没有恢复。账本没有改动。',
      en: 'After a restore nobody would ask about those payments, so nothing was restored. The books are untouched.',
    },
    next: {
      zh: '先启动一次，等它们查清；再恢复就加 --force，现在的账本会另存保留。',
      en: 'Start once and wait until they are resolved; then add --force. The present books are kept aside.',
    },
  },
};
