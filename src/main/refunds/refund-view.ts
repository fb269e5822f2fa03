import type { RefundView, SaleStory } from '../../contract/types.ts';
import type { Refund } from '../../core/refund.ts';
import { leftToRefundFen } from '../../core/refund-rules.ts';
import type { CashRefund } from '../ledger/refunds.ts';
import { type RefundableBooks, refundableOf } from './refundable.ts';

/** What a sale's story says of money that goes back. Reads only. */
export function refundsOfStory(ledger: RefundableBooks, saleId: string): Pick<SaleStory, 'refunds' | 'refundable'> {
  const money = refundableOf(ledger, saleId);
  const refunds = [
    ...ledger.refundsOfSale(saleId).map(refundView),
    ...ledger.cashRefundsOfSale(saleId).map(cashRefundView),
  ];
  if (money === undefined) return { refunds };
  const { tender, paidFen } = money;
  return { refunds, refundable: { tender, paidFen, leftFen: leftToRefundFen(money) } };
}

function refundView(refund: Refund): RefundView {
  const { id, refundFen, requestedAt, outRefundNo, decision } = refund;
  return {
    refundId: id,
    tender: 'wechat',
    amountFen: refundFen,
    phase: PHASES[refund.state],
    ...('cause' in refund ? { cause: refund.cause } : {}),
    ...('reason' in refund && refund.reason ? { reason: refund.reason } : {}),
    requestedAt,
    ...('endedAt' in refund ? { endedAt: refund.endedAt } : {}),
    outRefundNo,
    ...(refund.state === 'refunded' && refund.receivedBy !== '' ? { receivedBy: refund.receivedBy } : {}),
    ...decision,
  };
}

const PHASES = {
  requested: 'pending',
  looking: 'pending',
  processing: 'processing',
  attention: 'attention',
  refunded: 'refunded',
  givenUp: 'givenUp',
} as const satisfies Record<Refund['state'], RefundView['phase']>;

function cashRefundView({ id, refundFen, refundedAt, decision }: CashRefund): RefundView {
  const at = { requestedAt: refundedAt, endedAt: refundedAt };
  return { refundId: id, tender: 'cash', amountFen: refundFen, phase: 'refunded', ...at, ...decision };
}
