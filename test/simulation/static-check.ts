import type { StaticPayment } from '../../src/core/static-payment.ts';
import type { Ledger as Truth } from '../../src/simulator/ledger/ledger.ts';
import type { PrintedCode } from './printed-code.ts';
import type { Finding } from './refund-check.ts';
import type { Tally } from './tally.ts';

/** A till whose clock was wrong cannot tell whose payment it was, and neither can one that was told a wrong amount. */
const HONEST_DOUBTS = new Set(['OTHER_TIME', 'OTHER_AMOUNT']);

/** Whether what is proven was paid, on this very code, in this amount, and for nothing else. */
export function* proofProblems(tally: Tally, printedCode: PrintedCode): Generator<Finding> {
  const paid = new Map(printedCode.orders().map((order) => [order.transactionId, order]));
  for (const [transactionId, staticIds] of tally.provenBy) {
    const [first = ''] = staticIds;
    if (staticIds.length > 1) yield [transactionId, `proves ${staticIds.length} payments`];
    const order = paid.get(transactionId);
    if (order === undefined) yield [transactionId, 'proves a payment, and was not paid on the code'];
    else if (order.amountFen !== tally.accepted.get(first)) yield [transactionId, 'proves a payment of another amount'];
  }
}

/** Long after everything healed: whatever could be asked has been, and what was read rightly has been found. */
export function* doubtProblems(
  payments: readonly StaticPayment[],
  tally: Tally,
  printedCode: PrintedCode,
): Generator<Finding> {
  const paid = new Map(printedCode.orders().map(({ transactionId, amountFen }) => [transactionId, amountFen]));
  for (const payment of payments) {
    if (payment.state !== 'accepted') continue;
    const { saleId, amountFen, claimedId, finding, lookAt } = payment;
    if (lookAt !== undefined) yield [saleId, 'its number is still to be looked up'];
    const isRight = claimedId !== undefined && paid.get(claimedId) === amountFen && !tally.provenBy.has(claimedId);
    if (isRight && !HONEST_DOUBTS.has(finding?.code ?? '')) {
      yield [saleId, `was paid by ${claimedId}, and is not proven: ${finding?.code ?? 'never looked up'}`];
    }
  }
}

/** What lies on the code in all, and what of it the books call paid, in fen. */
export function onCode(truth: Truth, tally: Tally, printedCode: PrintedCode) {
  const paidFen = printedCode.orders().reduce((sum, { chargedFen }) => sum + chargedFen, 0);
  const provenFen = [...tally.provenBy.keys()].reduce(
    (sum, transactionId) => sum + (truth.find({ transactionId })?.chargedFen ?? 0),
    0,
  );
  return { paidFen, provenFen };
}
