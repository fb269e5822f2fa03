import { sumFen } from '../../core/money.ts';
import { heldFen, type Refundable } from '../../core/refund-rules.ts';
import type { Ledger } from '../ledger/open-ledger.ts';

export type RefundableBooks = Pick<Ledger, 'cashOfSale' | 'paymentsOfSale' | 'refundsOfSale' | 'cashRefundsOfSale'>;

/** What of a sale can be given back; undefined when nothing surely came in for it. */
export function refundableOf(ledger: RefundableBooks, saleId: string): Refundable | undefined {
  const cash = ledger.cashOfSale(saleId);
  if (cash) {
    const refunds = ledger.cashRefundsOfSale(saleId);
    return {
      tender: 'cash',
      paidFen: cash.amountFen,
      paidAt: cash.receivedAt,
      heldFen: sumFen(refunds.map(({ refundFen }) => refundFen)),
      refundCount: refunds.length,
    };
  }
  const payment = paidPaymentOf(ledger, saleId);
  if (payment === undefined) return undefined;
  const refunds = ledger.refundsOfSale(saleId).filter(({ paymentId }) => paymentId === payment.id);
  return {
    tender: 'wechat',
    paidFen: payment.amountFen,
    paidAt: payment.submittedAt,
    heldFen: heldFen(refunds),
    refundCount: refunds.length,
  };
}

export function paidPaymentOf(ledger: Pick<Ledger, 'paymentsOfSale'>, saleId: string) {
  return ledger.paymentsOfSale(saleId).find((payment) => payment.state === 'paid');
}
