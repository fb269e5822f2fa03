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
  SCAN_TRANSACTION: {
    zh: '这是交易单号，不是付款码，没有收款',
    en: 'That is a transaction number; nothing was charged',
  },
  HOLD_UNASKED: { zh: '没有可以挂起的金额', en: 'There is no amount to hold' },
  HELD_FULL: { zh: '挂起的单太多，先处理几单', en: 'Too many sales are on hold; finish some first' },
  STATIC_UNASKED: { zh: '没有等着收的金额，没有记账', en: 'No amount is waiting; nothing was booked' },
  STATIC_OFF: { zh: '店里没有开通静态码收款，没有记账', en: 'The static code is switched off; nothing was booked' },
  STATIC_OVER_ONE: { zh: '超过静态码单笔限额，没有记账', en: 'Over the limit for one payment; nothing was booked' },
  STATIC_OVER_ALL: {
    zh: '待核实的总额超限，没有记账',
    en: 'Over the limit for all that is unproven; nothing was booked',
  },
  QR_UNASKED: { zh: '没有等着收的金额，没有出收款码', en: 'No amount is waiting; no QR code was made' },
  STATIC_USED: {
    zh: '这个交易单号已用在别的单上，没有记账',
    en: 'That transaction paid another sale; nothing was booked',
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
