import type { Advice } from '../../core/advice.ts';
import { BOOKS_SAFE } from '../trouble-text.ts';

export type LeavingTroubleCode = 'STILL_RUNNING' | 'RESET_TOO_SOON' | 'RESET_FOLDER_FIXED';

/** What stands in the way of stopping or resetting a till, in three lines. */
export const LEAVING_TROUBLE_TEXTS: Readonly<Record<LeavingTroubleCode, Advice>> = {
  STILL_RUNNING: {
    happened: { zh: '收银程序还没有关闭。', en: 'The till has not closed yet.' },
    money: {
      zh: '账本随时都是完整的，不会丢钱。',
      en: 'The books are complete at every moment; no money is lost.',
    },
    next: {
      zh: '看一下收银窗口，它可能正在问要不要关闭；再试一次。',
      en: 'Look at the till’s window: it may be asking whether to close. Then try again.',
    },
  },
  RESET_TOO_SOON: {
    happened: {
      zh: '刚撤销的收款还要最后核实一次，没有清空。',
      en: 'A payment that was just taken back is looked for once more: nothing was reset.',
    },
    money: {
      zh: '万一顾客付成了，核实时才会发现并退回。账本没有改动。',
      en: 'Should the customer have paid after all, that look finds the money and sends it back. The books are untouched.',
    },
    next: {
      zh: '打开收银程序等两分钟，再清空。',
      en: 'Let the till run for two minutes, then reset it.',
    },
  },
  RESET_FOLDER_FIXED: {
    happened: { zh: '数据文件夹移不开，没有清空。', en: 'The data folder cannot be moved: nothing was reset.' },
    money: BOOKS_SAFE,
    next: {
      zh: '它可能是一个挂载点，或正被别的程序打开：关掉那些程序，或自己移动里面的文件，再启动。',
      en: 'It may be a mount point, or open in another program: close that, or move its files yourself, then start.',
    },
  },
};
