import type { Refund } from '../../src/core/refund.ts';
import type { RefundReceipt } from '../../src/core/refund-receipt.ts';
import type { CashRefund } from '../../src/main/ledger/refunds.ts';
import type { Ledger as Truth } from '../../src/simulator/ledger/ledger.ts';
import type { SimRefund } from '../../src/simulator/ledger/refund.ts';
import type { Wishes } from './manager.ts';

/** What is wrong, and about which order, sale or refund. */
export type Finding = readonly [about: string, what: string];

/** The refund as the simulator has it. */
export function refundThere(truth: Truth, outRefundNo: string): SimRefund | undefined {
  return truth.findRefunded({ outRefundNo })?.refunds.find((refund) => refund.outRefundNo === outRefundNo);
}

/** Whether its money has left the merchant's account, for good or for now. */
export function isGoing(refund: SimRefund | undefined): boolean {
  return refund?.state === 'PROCESSING' || refund?.state === 'SUCCESS';
}

/** Each refund long after everything healed: done as the simulator has it, ended by a person, or stuck for a reason. */
export function* refundProblems(refunds: readonly Refund[], truth: Truth): Generator<Finding> {
  for (const refund of refunds) {
    const what = problemOf(refund, refundThere(truth, refund.outRefundNo));
    if (what !== undefined) yield [refund.outTradeNo, `its refund ${refund.outRefundNo} ${what}`];
  }
  const known = new Set(refunds.map(({ outRefundNo }) => outRefundNo));
  for (const order of truth.orders()) {
    for (const { outRefundNo } of order.refunds) {
      if (!known.has(outRefundNo)) yield [order.outTradeNo, `refund ${outRefundNo} is not in the books`];
    }
    const { refundedFen, returnedFen, chargedFen, outTradeNo } = order;
    if (refundedFen + returnedFen > chargedFen) yield [outTradeNo, 'more was given back than was paid'];
  }
}

/** No more is owed or gone of a payment than it was; what a person has ended is free again. */
export function* overRefunded(refunds: readonly Refund[]): Generator<Finding> {
  for (const [outTradeNo, ofOrder] of Map.groupBy(refunds, (refund) => refund.outTradeNo)) {
    const heldFen = ofOrder.reduce((sum, { state, refundFen }) => sum + (state === 'givenUp' ? 0 : refundFen), 0);
    const totalFen = ofOrder[0]?.totalFen ?? 0;
    if (heldFen > totalFen) yield [outTradeNo, `${heldFen} of ${totalFen} fen are refunded in the books`];
  }
}

/** What was said to be owed is in the books, and nothing that nobody asked for. */
export function* wishProblems(
  refunds: readonly Refund[],
  cash: readonly CashRefund[],
  { certain, asked }: Wishes,
): Generator<Finding> {
  const inBooks = new Map([...refunds, ...cash].map(({ id, saleId, refundFen }) => [id, { saleId, refundFen }]));
  for (const [id, { saleId, amountFen }] of certain) {
    const booked = inBooks.get(id);
    if (booked?.saleId !== saleId || booked.refundFen !== amountFen) yield [saleId, `refund ${id} was lost`];
  }
  for (const [id, { saleId }] of inBooks) if (!asked.has(id)) yield [saleId, `nobody asked for refund ${id}`];
}

/** "Refunded" on paper is proven at that very moment. */
export function paperProblem({ done, tender, outRefundNo, refundFen }: RefundReceipt, truth: Truth) {
  if (!done || tender === 'cash') return undefined;
  const there = outRefundNo === undefined ? undefined : refundThere(truth, outRefundNo);
  if (there?.state === 'SUCCESS' && there.refundFen === refundFen) return undefined;
  return `a receipt says refunded, but ${outRefundNo} is ${there?.state ?? 'nowhere'} there`;
}

function problemOf(refund: Refund, there: SimRefund | undefined): string | undefined {
  switch (refund.state) {
    case 'refunded': {
      const isThere = there?.state === 'SUCCESS' && there.refundFen === refund.refundFen;
      return isThere ? undefined : `is done here, and ${there?.state ?? 'nowhere'} there`;
    }
    case 'givenUp':
      return isGoing(there) ? `was given up here, and is ${there?.state} there` : undefined;
    case 'attention':
      // Only the customer's bank can be in the way for so long.
      if (refund.cause === 'stranded' && there?.state === 'CHANGE') return undefined;
      return `waits for a person, and need not: ${refund.cause} ${refund.reason?.code ?? ''}`;
    default:
      return `is not final long after the line returned: ${refund.state}`;
  }
}
