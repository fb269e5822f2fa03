import { type Fen, fen, sumFen } from '../../core/money.ts';
import type { SimOrder } from '../ledger/order.ts';
import type { SimRefund } from '../ledger/refund.ts';

/** 0.60%, in hundredths of a percent: what most merchants pay. */
export const USUAL_FEE_BASIS_POINTS = 60;

/** The fee of an order, rounded half up to the fen, as each order is charged for itself. */
export function orderFeeFen({ amountFen }: Pick<SimOrder, 'amountFen'>, feeBasisPoints: number): Fen {
  return fen(dividedHalfUp(BigInt(amountFen) * BigInt(feeBasisPoints), 10_000n));
}

/**
 * What each refund gives back of its order's fee, in the order they were accepted. All of them together give back
 * exactly the fee once the whole order is refunded; a refund that came to nothing gives its share up again.
 */
export function refundFeesFen(order: SimOrder, feeBasisPoints: number): readonly Fen[] {
  const feeFen = orderFeeFen(order, feeBasisPoints);
  const shares: Fen[] = [];
  for (const refund of order.refunds) {
    const holds = (_one: unknown, nth: number) => isHeldAt(order.refunds[nth], refund.acceptedAt);
    const before = order.refunds.slice(0, shares.length).filter(holds);
    const refundedFen = sumFen(before.map(({ refundFen }) => refundFen)) + refund.refundFen;
    const dueFen = dividedHalfUp(BigInt(feeFen) * BigInt(refundedFen), BigInt(order.amountFen));
    shares.push(fen(Math.max(0, dueFen - sumFen(shares.filter(holds)))));
  }
  return shares;
}

/** The refund had not come to nothing by then. */
function isHeldAt(refund: SimRefund | undefined, at: number): boolean {
  if (refund === undefined) return false;
  const { state, endedAt } = refund;
  return state === 'PROCESSING' || state === 'SUCCESS' || (endedAt ?? at) > at;
}

function dividedHalfUp(amount: bigint, by: bigint): number {
  return Number((2n * amount + by) / (2n * by));
}
