import { type Fen, fen } from '../../core/money.ts';
import type { SimOrder } from '../ledger/order.ts';
import type { SimRefund } from '../ledger/refund.ts';
import { orderFeeFen, refundFeesFen } from './fees.ts';

export type MovementKind = 'paid' | 'fee' | 'given-back' | 'fee-given-back' | 'came-back';

/** Money that came to the merchant's account or left it. Fen are below 0 when it left. */
export interface Movement {
  readonly at: number;
  readonly kind: MovementKind;
  readonly amountFen: Fen;
  /** The transaction's or the refund's number. */
  readonly businessNo: string;
  readonly note: string;
}

/**
 * Every movement that the orders have caused, in the order they happened. What moves between the customers and the
 * merchant is the ledger's; the fees follow from it. Their sum is what the account holds.
 */
export function movementsOf(orders: readonly SimOrder[], feeBasisPoints: number): Movement[] {
  const all = orders.flatMap((order) => orderMovements(order, feeBasisPoints));
  return all.filter(({ amountFen }) => amountFen !== 0).sort((a, b) => a.at - b.at);
}

function orderMovements(order: SimOrder, feeBasisPoints: number): Movement[] {
  const { paidAt, reversedAt, chargedFen, returnedFen, transactionId: businessNo } = order;
  if (paidAt === undefined) return [];
  const feeFen = orderFeeFen(order, feeBasisPoints);
  const fees = refundFeesFen(order, feeBasisPoints);
  return [
    { at: paidAt, kind: 'paid', amountFen: chargedFen, businessNo, note: '' },
    { at: paidAt, kind: 'fee', amountFen: minus(feeFen), businessNo, note: '' },
    ...(reversedAt === undefined
      ? []
      : givenBack(reversedAt, returnedFen, returnedFen > 0 ? feeFen : fen(0), businessNo, '撤销')),
    ...order.refunds.flatMap((refund, nth) => refundMovements(refund, fees[nth] ?? fen(0))),
  ];
}

function refundMovements(refund: SimRefund, feeFen: Fen): Movement[] {
  const { acceptedAt, endedAt, state, refundFen, refundId, desc } = refund;
  const gone = givenBack(acceptedAt, refundFen, feeFen, refundId, desc);
  if (endedAt === undefined || state === 'SUCCESS') return gone;
  return [
    ...gone,
    { at: endedAt, kind: 'came-back', amountFen: refundFen, businessNo: refundId, note: '' },
    { at: endedAt, kind: 'fee', amountFen: minus(feeFen), businessNo: refundId, note: '' },
  ];
}

function givenBack(at: number, amountFen: Fen, feeFen: Fen, businessNo: string, note: string): Movement[] {
  return [
    { at, kind: 'given-back', amountFen: minus(amountFen), businessNo, note },
    { at, kind: 'fee-given-back', amountFen: feeFen, businessNo, note: '' },
  ];
}

function minus(amountFen: Fen): Fen {
  return fen(0 - amountFen);
}
