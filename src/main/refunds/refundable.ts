import { sumFen } from '../../core/money.ts';
import type { RefundIdentity } from '../../core/refund.ts';
import { heldFen, type Refundable } from '../../core/refund-rules.ts';
import type { Ledger } from '../ledger/open-ledger.ts';

export type RefundableBooks = Pick<
  Ledger,
  'cashOfSale' | 'paymentsOfSale' | 'staticOfSale' | 'refundsOfSale' | 'cashRefundsOfSale'
>;

/** The order that WeChat Pay's money of a sale came in by. */
export interface PaidOrder
  extends Pick<RefundIdentity, 'saleId' | 'paymentId' | 'outTradeNo' | 'transactionId' | 'totalFen' | 'gateway'> {
  readonly paidAt: number;
}

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
  const order = paidOrderOf(ledger, saleId);
  if (order === undefined) return undefined;
  const refunds = ledger.refundsOfSale(saleId).filter(({ paymentId }) => paymentId === order.paymentId);
  return {
    tender: 'wechat',
    paidFen: order.totalFen,
    paidAt: order.paidAt,
    heldFen: heldFen(refunds),
    refundCount: refunds.length,
  };
}

/** Paid by a scanned code, or on the static code and proven: what is only a manager's word cannot be given back. */
export function paidOrderOf(
  ledger: Pick<Ledger, 'paymentsOfSale' | 'staticOfSale'>,
  saleId: string,
): PaidOrder | undefined {
  const onCode = ledger.staticOfSale(saleId);
  if (onCode?.state === 'proven') {
    const { id: paymentId, amountFen: totalFen, gateway, proof } = onCode;
    return { saleId, paymentId, totalFen, gateway, ...proof };
  }
  const payment = ledger.paymentsOfSale(saleId).find(({ state }) => state === 'paid');
  if (payment === undefined) return undefined;
  const { id: paymentId, outTradeNo, amountFen: totalFen, gateway, submittedAt: paidAt } = payment;
  return { saleId, paymentId, outTradeNo, totalFen, gateway, paidAt };
}
