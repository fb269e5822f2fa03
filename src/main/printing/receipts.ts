import { receiptOf, type Shop } from '../../core/receipt.ts';
import type { Sale } from '../../core/sale.ts';
import { receiptSvg } from '../../devices/printer/encode-receipt.ts';
import type { Ledger } from '../ledger/open-ledger.ts';
import type { PrintQueue } from './print-queue.ts';

export interface ReceiptsOptions {
  readonly ledger: Pick<Ledger, 'append' | 'paymentsOfSale' | 'printsOfSale'>;
  readonly prints: PrintQueue;
  readonly shop: Shop;
  readonly columns: number;
}

/** Receipts on request: looked at, or printed once more with the mark of a copy. Only for what is paid. */
export function createReceipts({ ledger, prints, shop, columns }: ReceiptsOptions) {
  function paidPayment(sale: Sale) {
    return ledger.paymentsOfSale(sale.id).find((payment) => payment.state === 'paid');
  }

  return {
    svg(sale: Sale): string | undefined {
      const payment = paidPayment(sale);
      return payment && receiptSvg(receiptOf(shop, sale, payment, 0), { columns });
    },

    reprint(sale: Sale): number | undefined {
      const payment = paidPayment(sale);
      if (!payment) return undefined;
      const copy = ledger.printsOfSale(sale.id).length;
      ledger.append(prints.draft(sale.id, payment.id));
      prints.start();
      return copy;
    },
  };
}
