import type { Advice, BilingualText } from '../../core/advice.ts';
import { BOOKS_SAFE } from '../trouble-text.ts';

export type UploadTroubleCode =
  | 'UPLOAD_KEY_UNREADABLE'
  | 'UPLOAD_KEY_SHORT'
  | 'UPLOAD_CA_UNREADABLE'
  | 'RESET_REPORTS_OWED';

const NO_MONEY: BilingualText = {
  zh: '收款不受影响；要上传的账目留着，配好后自动补传。',
  en: 'Sales go on. What is to be reported is kept, and sent when this is mended.',
};

/** What stands between the till and the back office, and what that forbids. None of it stops a sale. */
export const UPLOAD_TROUBLE_TEXTS: Readonly<Record<UploadTroubleCode, Advice>> = {
  UPLOAD_KEY_UNREADABLE: {
    happened: { zh: '读不到后台上传的密钥文件。', en: "The key file for the back office's reports cannot be read." },
    money: NO_MONEY,
    next: {
      zh: '检查配置里 upload.keyFile 的路径和文件权限，再启动。',
      en: 'Check the path in upload.keyFile and its permissions, then start again.',
    },
  },
  UPLOAD_KEY_SHORT: {
    happened: {
      zh: '后台上传的密钥太短：至少要 32 个字符。',
      en: "The key for the back office's reports is too short: it needs 32 characters.",
    },
    money: NO_MONEY,
    next: {
      zh: '生成一个新密钥，两边一起换上，再启动。',
      en: 'Make a new key, put it in place on both sides, then start again.',
    },
  },
  UPLOAD_CA_UNREADABLE: {
    happened: { zh: '读不到后台的 CA 证书文件。', en: "The back office's CA file cannot be read." },
    money: NO_MONEY,
    next: {
      zh: '检查配置里 upload.caFile 的路径和文件权限，再启动。',
      en: 'Check the path in upload.caFile and its permissions, then start again.',
    },
  },
  RESET_REPORTS_OWED: {
    happened: {
      zh: '还有账目没有传到后台，没有清空。',
      en: 'The back office is still owed reports: nothing was reset.',
    },
    money: BOOKS_SAFE,
    next: {
      zh: '先运行 saoma sync 传完；后台不要了，就从配置里去掉 upload，启动一次再清空。',
      en: 'Send them with saoma sync. If nobody wants them, take upload out of the settings and start the till once before the reset.',
    },
  },
};
