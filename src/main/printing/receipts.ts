import { cashReceiptOf, type Receipt, receiptOf, type Shop, staticReceiptOf } from '../../core/receipt.ts';
import type { Sale } from '../../core/sale.ts';
import { receiptSvg } from '../../devices/printer/encode-receipt.ts';
import type { Ledger } from '../ledger/open-ledger.ts';
import type { PrintQueue } from './print-queue.ts';

export interface ReceiptsOptions {
  readonly ledger: Pick<Ledger, 'append' | 'cashOfSale' | 'staticOfSale' | 'paymentsOfSale'>;
  readonly prints: PrintQueue;
  readonly shop: Shop;
  readonly columns: number;
}

/**
 * Receipts on request: looked at, or printed once more with the mark of a copy. Only for what is paid, or accepted on
 * the static code, which they say.
 */
export function createReceipts({ ledger, prints, shop, columns }: ReceiptsOptions) {
  function paidPayment(sale: Sale) {
    return ledger.paymentsOfSale(sale.id).find((payment) => payment.state === 'paid');
  }

  function original(sale: Sale): Receipt | undefined {
    const cash = ledger.cashOfSale(sale.id);
    if (cash) return cashReceiptOf(shop, sale, cash, 0);
    const onCode = ledger.staticOfSale(sale.id);
    if (onCode) return onCode.state === 'disproven' ? undefined : staticReceiptOf(shop, sale, onCode, 0);
    const payment = paidPayment(sale);
    return payment && receiptOf(shop, sale, payment, 0);
  }

  return {
    svg(sale: Sale): string | undefined {
      const receipt = original(sale);
      return receipt && receiptSvg(receipt, { columns });
    },

    reprint(sale: Sale): number | undefined {
      if (original(sale) === undefined) return undefined;
      const payment = paidPayment(sale);
      const draft = prints.draft(sale.id, payment?.id);
      ledger.append(draft);
      prints.start();
      return draft.payload.copy;
    },
  };
}
