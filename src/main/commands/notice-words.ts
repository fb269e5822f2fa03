import type { NoticeCode } from '../../contract/types.ts';
import type { BilingualText } from '../../core/advice.ts';

/** What a scan that did nothing was, on a command line. */
export const NOTICE_WORDS: Readonly<Record<NoticeCode, BilingualText>> = {
  SCAN_ALIPAY: { zh: '这是支付宝付款码，没有收款', en: 'That is an Alipay code; nothing was charged' },
  SCAN_UNIONPAY: { zh: '这是云闪付付款码，没有收款', en: 'That is a UnionPay code; nothing was charged' },
  SCAN_ECNY: { zh: '这是数字人民币付款码，没有收款', en: 'That is an e-CNY code; nothing was charged' },
  SCAN_PRODUCT: { zh: '这是商品条码，没有收款', en: 'That is a product code; nothing was charged' },
  SCAN_LINK: { zh: '这是网址二维码，没有收款', en: 'That is a link; nothing was charged' },
  SCAN_GARBAGE: {
    zh: '没读懂这个码，没有收款，请再扫一次',
    en: 'That code cannot be read; nothing was charged, scan again',
  },
  SCAN_RECEIPT: { zh: '这是小票，没有收款', en: 'That is a receipt; nothing was charged' },
  SCAN_RECEIPT_UNKNOWN: { zh: '这不是付款码，没有收款', en: 'That is no payment code; nothing was charged' },
  SCAN_UNASKED: { zh: '现在没有等待收款，没有收款', en: 'No amount is waiting; nothing was charged' },
  SCAN_REPEATED: { zh: '这个码刚用过，请顾客刷新付款码', en: 'That code was used already; ask for a fresh one' },
  PAYMENT_UNRESOLVED: {
    zh: '上一笔还没有结果，不能再收',
    en: 'The last payment is not certain yet; nothing was charged',
  },
  CASH_TOO_LITTLE: { zh: '收到的现金不够，没有入账', en: 'Not enough cash; nothing was booked' },
  CASH_TOO_MUCH: {
    zh: '找零太多，没有入账，请核对收到的金额',
    en: 'Too much change; nothing was booked, check the sum',
  },
  CASH_UNASKED: { zh: '现在没有等待收款，没有收现金', en: 'No amount is waiting; no cash was booked' },
  LEDGER_UNWRITABLE: { zh: '账本写不进去，没有发出收款', en: 'The books cannot be written; nothing was sent' },
  LINE_DOWN: {
    zh: '连不上微信支付；没有收款，付款码也没有留下；请收现金，或等网络恢复后再扫',
    en: 'WeChat Pay cannot be reached; nothing was charged and the code was not kept; take cash, or scan again when the line is back',
  },
};
