import { paySlip } from '../../core/pay-slip.ts';
import type { Payment } from '../../core/payment.ts';
import type { Shop } from '../../core/receipt.ts';
import type { Ledger } from '../ledger/open-ledger.ts';
import type { PrintQueue } from './print-queue.ts';

interface PaySlipParts {
  readonly ledger: Pick<Ledger, 'sale' | 'payment'>;
  readonly prints: Pick<PrintQueue, 'printNow'>;
  readonly shop: Shop;
  /** The order whose code lies open in front of the cashier. */
  readonly offered: () => Payment | undefined;
}

/** Puts the QR code in front of the cashier on paper; false when there is none, or no printer. */
export function createPrintQr({ ledger, prints, shop, offered }: PaySlipParts): () => boolean {
  return () => {
    const order = offered();
    if (order === undefined) return false;
    return prints.printNow(() => {
      // Looked at again: it may have been paid or taken away while the printer was busy.
      const [sale, now] = [ledger.sale(order.saleId), ledger.payment(order.id)];
      return sale && now && paySlip(shop, sale, now);
    });
  };
}
