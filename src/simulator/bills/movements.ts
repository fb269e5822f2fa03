import { type Fen, fen } from '../../core/money.ts';
import type { SimOrder } from '../ledger/order.ts';
import type { SimRefund } from '../ledger/refund.ts';
import type { SimPayout } from '../payouts/payout-book.ts';
import type { PayoutFamily } from '../payouts/payout-events.ts';
import { orderFeeFen, refundFeesFen } from './fees.ts';

export type MovementKind =
  | ('paid' | 'fee' | 'given-back' | 'fee-given-back' | 'came-back')
  /** Paid out, and come back because nobody took it or the payee could not be paid. */
  | (PayoutFamily | `${PayoutFamily}-came-back` | 'payout-fee' | 'payout-fee-came-back');

/** Money that came to the merchant's account or left it. Fen are below 0 when it left. */
export interface Movement {
  readonly at: number;
  readonly kind: MovementKind;
  readonly amountFen: Fen;
  /** The transaction's, the refund's or the payout's number. */
  readonly businessNo: string;
  readonly note: string;
}

/** All that moves money through the account. */
export interface AccountBooks {
  readonly orders: readonly SimOrder[];
  readonly payouts: readonly SimPayout[];
}

/**
 * Every movement of the account, in the order they happened. What moves between the merchant and other people is the
 * ledger's; the fees of orders follow from it. Their sum is what the account holds, beside the float that it began with.
 */
export function movementsOf({ orders, payouts }: AccountBooks, feeBasisPoints: number): Movement[] {
  const all = [
    ...orders.flatMap((order) => orderMovements(order, feeBasisPoints)),
    ...payouts.flatMap(payoutMovements),
  ];
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

/** The money leaves at once, with its fee; a payout that failed or was not taken brings both back. */
function payoutMovements({
  family,
  gatewayNo,
  amountFen,
  feeFen,
  madeAt,
  endedAt,
  state,
  texts,
}: SimPayout): Movement[] {
  const businessNo = gatewayNo;
  const gone: Movement[] = [
    { at: madeAt, kind: family, amountFen: minus(amountFen), businessNo, note: texts.desc ?? texts.remark ?? '' },
    { at: madeAt, kind: 'payout-fee', amountFen: minus(feeFen), businessNo, note: '' },
  ];
  if (endedAt === undefined || state === 'DONE') return gone;
  return [
    ...gone,
    { at: endedAt, kind: `${family}-came-back`, amountFen, businessNo, note: '' },
    { at: endedAt, kind: 'payout-fee-came-back', amountFen: feeFen, businessNo, note: '' },
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
