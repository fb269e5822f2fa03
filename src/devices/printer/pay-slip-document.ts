import { showYuan } from '../../core/money.ts';
import type { PaySlip } from '../../core/pay-slip.ts';
import { beijingTime } from '../../core/time.ts';
import { simulatedBands, storeName } from './paper-parts.ts';
import { BLANK, band, centred, linkQrCode, RULE, row } from './receipt-line.ts';

/** A QR code to be paid, as a ReceiptLine document. `columns` as in `receiptDocument`. */
export function paySlipDocument(slip: PaySlip, columns: number): string {
  const { shop, simulated, saleNumber, amountFen, codeUrl, until } = slip;
  return [
    storeName(shop.storeName, columns),
    // It must not pass for a receipt.
    centred('请用微信扫码付款'),
    centred('SCAN WITH WECHAT TO PAY'),
    band('未付款 NOT YET PAID', columns),
    ...(simulated ? simulatedBands(columns) : []),
    RULE,
    centred(showYuan(amountFen), 2),
    BLANK,
    ...linkQrCode(codeUrl, columns >= 42 ? 8 : 6),
    BLANK,
    row('单号 Sale', saleNumber, columns),
    row('有效至 Valid until', beijingTime(until), columns),
    RULE,
  ].join('\n');
}
