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
  const made: { readonly refund: SimRefund; readonly feeFen: Fen }[] = [];
  for (const refund of order.refunds) {
    const held = made.filter((one) => isHeldAt(one.refund, refund.acceptedAt));
    const refundedFen = sumFen(held.map((one) => one.refund.refundFen)) + refund.refundFen;
    const dueFen = dividedHalfUp(BigInt(feeFen) * BigInt(refundedFen), BigInt(order.amountFen));
    const givenFen = sumFen(held.map((one) => one.feeFen));
    made.push({ refund, feeFen: fen(Math.max(0, dueFen - givenFen)) });
  }
  return made.map((one) => one.feeFen);
}

/** The refund had not come to nothing by then. */
function isHeldAt({ state, endedAt }: SimRefund, at: number): boolean {
  return state === 'PROCESSING' || state === 'SUCCESS' || (endedAt ?? at) > at;
}

function dividedHalfUp(amount: bigint, by: bigint): number {
  return Number((2n * amount + by) / (2n * by));
}
