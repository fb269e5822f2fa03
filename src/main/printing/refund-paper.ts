import { invariant } from '../../core/assert.ts';
import type { RefundPaper } from '../../core/journal.ts';
import { type Shop, SIMULATOR_GATEWAY } from '../../core/receipt.ts';
import type { RefundReceipt } from '../../core/refund-receipt.ts';
import type { Ledger } from '../ledger/open-ledger.ts';
import type { PrintJob } from '../ledger/queries.ts';

export type RefundPaperBooks = Pick<Ledger, 'sale' | 'refund' | 'cashRefund' | 'cashOfSale'>;

/** A print job about a refund: which one, and which of its papers. */
export interface RefundPaperJob extends Pick<PrintJob, 'id' | 'saleId' | 'copy'> {
  readonly refundId: string;
  readonly paper: RefundPaper;
}

/** @throws when the books do not say what the paper would: no receipt says "refunded" without proof. */
export function refundReceiptOf(ledger: RefundPaperBooks, shop: Shop, job: RefundPaperJob): RefundReceipt {
  const { id, saleId, refundId, paper, copy } = job;
  const sale = ledger.sale(saleId);
  invariant(sale, `Receipt ${id} is about a sale that is not there`);
  const [handed, cash] = [ledger.cashRefund(refundId), ledger.cashOfSale(saleId)];
  if (handed && cash) {
    const { refundFen, refundedAt: at, decision } = handed;
    const money = { refundFen, paidFen: cash.amountFen };
    return {
      shop,
      simulated: false,
      saleNumber: sale.number,
      tender: 'cash',
      done: true,
      ...money,
      at,
      ...decision,
      copy,
    };
  }
  const refund = ledger.refund(refundId);
  invariant(refund, `Receipt ${id} is about a refund that is not there`);
  const done = paper === 'receipt';
  invariant(!done || refund.state === 'refunded', `Receipt ${id} is for a refund that is not refunded`);
  const { refundFen, totalFen: paidFen, outRefundNo, requestedAt, gateway, decision } = refund;
  return {
    shop,
    simulated: gateway === SIMULATOR_GATEWAY,
    saleNumber: sale.number,
    tender: 'wechat',
    done,
    refundFen,
    paidFen,
    at: done && refund.state === 'refunded' ? refund.endedAt : requestedAt,
    outRefundNo,
    ...(done && refund.state === 'refunded' ? { refundId: refund.refundId, receivedBy: refund.receivedBy } : {}),
    ...decision,
    copy,
  };
}
