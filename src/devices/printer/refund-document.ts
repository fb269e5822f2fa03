import { showYuan } from '../../core/money.ts';
import type { RefundReceipt } from '../../core/refund-receipt.ts';
import { beijingTime } from '../../core/time.ts';
import { simulatedBands, storeName, TENDER_WORD } from './paper-parts.ts';
import { columnsOf } from './printable-text.ts';
import { BLANK, band, centred, centredBold, qrCode, RULE, row } from './receipt-line.ts';

/**
 * The paper about a refund as a ReceiptLine document. One that is not done says so at the top, in the middle and as
 * loudly as the amount: the customer must not take it for the money.
 */
export function refundDocument(receipt: RefundReceipt, columns: number): string {
  const { shop, simulated, done, copy } = receipt;
  return [
    storeName(shop.storeName, columns),
    centred(done ? '退款凭证 REFUND RECEIPT' : '退款申请 REFUND REQUEST'),
    ...(simulated ? simulatedBands(columns) : []),
    ...(done ? [] : [band('尚未退款 NOT YET REFUNDED', columns)]),
    ...(copy > 0 ? [band(`重打 REPRINT ${copy}`, columns)] : []),
    RULE,
    ...facts(receipt, columns),
    RULE,
    ...money(receipt, columns),
    ...reference(receipt, columns),
    RULE,
    ...foot(receipt, columns),
  ].join('\n');
}

function facts({ saleNumber, at, tender, done, manager, why }: RefundReceipt, columns: number): string[] {
  return [
    row('单号 Sale', saleNumber, columns),
    row(done ? '退款时间 Refunded' : '申请时间 Requested', beijingTime(at), columns),
    row('退款方式 By', TENDER_WORD[tender], columns),
    row('原因 Reason', why, columns),
    row('批准 Approved', manager, columns),
  ];
}

function money({ done, refundFen, paidFen }: RefundReceipt, columns: number): string[] {
  const amount = showYuan(refundFen);
  const scale = columnsOf(amount) * 3 <= columns && columns >= 42 ? 3 : 2;
  return [
    centred(done ? '退款 REFUND' : '待退款 TO BE REFUNDED'),
    centred(amount, scale),
    BLANK,
    row('原付款 Paid', showYuan(paidFen), columns),
  ];
}

function reference(receipt: RefundReceipt, columns: number): string[] {
  const { outRefundNo, refundId, receivedBy = '', saleNumber } = receipt;
  return [
    ...(outRefundNo === undefined ? [] : [row('商户退款单号 Refund No.', outRefundNo, columns)]),
    ...(refundId === undefined ? [] : [row('微信退款单号 WeChat No.', refundId, columns)]),
    ...(receivedBy === '' ? [] : [row('退回 To', receivedBy, columns)]),
    ...(/^[0-9A-Za-z_-]{1,32}$/.test(saleNumber) ? [BLANK, qrCode(saleNumber, columns >= 42 ? 6 : 5), BLANK] : []),
  ];
}

function foot({ done, simulated, tender }: RefundReceipt, columns: number): string[] {
  if (!done) {
    return [
      centredBold('钱退回后另打退款凭证'),
      centred('Receipt follows with the money'),
      ...(simulated ? simulatedBands(columns) : []),
    ];
  }
  const where =
    tender === 'cash' ? ['现金已当面退还', 'Cash handed back'] : ['已原路退回', 'Back where it was paid from'];
  return [...where.map((line) => centred(line)), ...(simulated ? simulatedBands(columns) : [])];
}
