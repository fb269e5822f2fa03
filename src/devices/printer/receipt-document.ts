import { showForeign, showRate } from '../../core/foreign-money.ts';
import type { ForeignCash } from '../../core/gateway-answer.ts';
import { fen, showYuan } from '../../core/money.ts';
import type { Receipt } from '../../core/receipt.ts';
import { beijingTime } from '../../core/time.ts';
import { simulatedBands, storeName, TENDER_WORD } from './paper-parts.ts';
import { columnsOf } from './printable-text.ts';
import { BLANK, band, centred, qrCode, RULE, row } from './receipt-line.ts';

/** Beyond these, a 58 mm and an 80 mm head have no room, or no sense. */
export const COLUMNS_MIN = 32;
export const COLUMNS_MAX = 64;

/**
 * What a receipt says, and how it is laid out, as a ReceiptLine document: for paper and screen alike.
 * `columns`: Latin characters to a line, 32 on 58 mm paper, 48 on 80 mm (42 on some).
 */
export function receiptDocument(receipt: Receipt, columns: number): string {
  return [
    ...head(receipt, columns),
    ...money(receipt, columns),
    ...reference(receipt, columns),
    ...foot(receipt, columns),
  ].join('\n');
}

function head(receipt: Receipt, columns: number): string[] {
  const { shop, simulated, saleNumber, soldAt, tender, copy } = receipt;
  return [
    storeName(shop.storeName, columns),
    ...title(receipt, columns),
    ...(simulated ? simulatedBands(columns) : []),
    ...(copy > 0 ? [band(`重打 REPRINT ${copy}`, columns)] : []),
    RULE,
    row('单号 Sale', saleNumber, columns),
    row('时间 Time', beijingTime(soldAt), columns),
    row('支付 Tender', TENDER_WORD[tender], columns),
    RULE,
  ];
}

/** What nothing proves yet must not pass for a receipt: not on the paper's first line, nor at its last. */
function title(receipt: Receipt, columns: number): string[] {
  return isToVerify(receipt)
    ? [centred('待核实凭证'), centred('NOT YET A RECEIPT'), band('待核实 TO BE VERIFIED', columns)]
    : [centred('收款凭证 PAYMENT RECEIPT')];
}

function isToVerify(receipt: Receipt): boolean {
  return receipt.tender === 'static' && !receipt.proven;
}

function money(receipt: Receipt, columns: number): string[] {
  const total = showYuan(receipt.totalFen);
  const scale = columnsOf(total) * 3 <= columns && columns >= 42 ? 3 : 2;
  const parts = moneyParts(receipt, columns);
  return [centred('合计 TOTAL'), centred(total, scale), ...(parts.length > 0 ? [BLANK, ...parts] : []), RULE];
}

/** How the total came together; nothing when there is nothing more to say. */
function moneyParts(receipt: Receipt, columns: number): string[] {
  if (receipt.tender === 'cash') {
    const { tenderedFen, changeFen } = receipt;
    return [row('实收 Received', showYuan(tenderedFen), columns), row('找零 Change', showYuan(changeFen), columns)];
  }
  if (receipt.tender === 'static') return [];
  const { couponFen, paidFen, foreignCash } = receipt;
  return [
    ...(couponFen === 0
      ? []
      : [row('优惠 Coupon', showYuan(fen(-couponFen)), columns), row('实付 Paid', showYuan(paidFen), columns)]),
    ...(foreignCash ? foreignRows(foreignCash, columns) : []),
  ];
}

/** What the customer's wallet was charged, and at which rate: the shop's money stays CNY. */
function foreignRows(foreignCash: ForeignCash, columns: number): string[] {
  const rate = showRate(foreignCash);
  return [
    row('外币支付 Charged', showForeign(foreignCash), columns),
    ...(rate === undefined ? [] : [row('汇率 Rate', rate, columns)]),
  ];
}

/** By these numbers the customer finds the payment in WeChat and the shop finds it again: both print them in full. */
function reference(receipt: Receipt, columns: number): string[] {
  // Cash has no number but the sale's, which stands at the top already.
  if (receipt.tender === 'cash') return scannable(receipt.saleNumber, columns);
  if (receipt.tender === 'static') {
    const { transactionId, saleNumber } = receipt;
    const known = transactionId === undefined ? [] : [row('交易单号 WeChat No.', transactionId, columns)];
    return [...known, ...scannable(saleNumber, columns)];
  }
  const { outTradeNo, transactionId } = receipt;
  return [
    row('商户单号 Order No.', outTradeNo, columns),
    row('交易单号 WeChat No.', transactionId, columns),
    ...scannable(outTradeNo, columns),
  ];
}

function scannable(number: string, columns: number): string[] {
  if (!/^[0-9A-Za-z_-]{1,32}$/.test(number)) return [];
  return [BLANK, qrCode(number, columns >= 42 ? 6 : 5), BLANK];
}

function foot(receipt: Receipt, columns: number): string[] {
  const { simulated } = receipt;
  return [
    ...(isToVerify(receipt)
      ? [centred('请保留手机上的付款记录'), centred('Keep the record on your phone')]
      : [centred('查询退款请出示此码'), centred('Show this code for refunds')]),
    RULE,
    ...(simulated ? simulatedBands(columns) : [centred('谢谢惠顾 Thank you')]),
  ];
}
