import type { NoticeCode } from '../../contract/types.ts';
import { unreachable } from '../../core/assert.ts';
import type { Scanned } from '../../core/payment-code.ts';
import type { Ledger } from '../ledger/open-ledger.ts';

/** What a scanned text is that is no payment code of WeChat's: the notice that says so, and its detail. */
export function scanRefusal(
  scanned: Exclude<Scanned, { readonly kind: 'wechat' }>,
  ledger: Pick<Ledger, 'saleIdByCode'>,
): [NoticeCode, string?] {
  switch (scanned.kind) {
    case 'product':
      return ['SCAN_PRODUCT', scanned.barcode];
    case 'alipay':
      return ['SCAN_ALIPAY'];
    case 'unionpay':
      return ['SCAN_UNIONPAY'];
    case 'ecny':
      return ['SCAN_ECNY'];
    case 'receipt': {
      const saleId = ledger.saleIdByCode(scanned.code);
      return saleId === undefined ? ['SCAN_RECEIPT_UNKNOWN'] : ['SCAN_RECEIPT', saleId];
    }
    case 'link':
      return ['SCAN_LINK'];
    case 'transaction':
      return ['SCAN_TRANSACTION', scanned.transactionId];
    case 'garbage':
      return ['SCAN_GARBAGE'];
    default:
      return unreachable(scanned);
  }
}
