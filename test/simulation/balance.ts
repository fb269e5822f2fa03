import type { Ledger } from '../../src/main/ledger/open-ledger.ts';
import type { Ledger as Truth } from '../../src/simulator/ledger/ledger.ts';
import type { PrintedCode } from './printed-code.ts';
import { isGoing, refundThere } from './refund-check.ts';
import { onCode } from './static-check.ts';
import type { Tally } from './tally.ts';

export interface BalanceOptions {
  readonly truth: Truth;
  readonly tally: Tally;
  readonly printedCode: PrintedCode;
}

const ALWAYS = [0, Number.MAX_SAFE_INTEGER] as const;

/**
 * Money held by the simulator = sales paid less what was given back of them + payments open + what lies on the printed
 * code unproven, to the fen, at any moment.
 */
export function balanceProblem(ledger: Ledger, { truth, tally, printedCode }: BalanceOptions): string | undefined {
  const paidFen = ledger.paidBetween(...ALWAYS).amountFen - ledger.cashBetween(...ALWAYS).amountFen;
  const refundedFen = ledger.refundedBetween(...ALWAYS) - tally.cashBackFen();
  // On their way or done, and the till does not know it yet: only the simulator can say.
  const goingFen = ledger
    .refundsOpen()
    .filter(({ takesBack, outRefundNo }) => !takesBack && isGoing(refundThere(truth, outRefundNo)))
    .reduce((sum, { refundFen }) => sum + refundFen, 0);
  const openFen = ledger.paymentsOwed().reduce((sum, { outTradeNo }) => sum + keptFen(truth, outTradeNo), 0);
  const { paidFen: onCodeFen, provenFen } = onCode(truth, tally, printedCode);
  const heldFen = truth.books().netFen;
  if (heldFen === paidFen - refundedFen - goingFen + openFen + (onCodeFen - provenFen)) return undefined;
  return (
    `${heldFen} fen are held there; here ${paidFen} are paid by WeChat, ${refundedFen} refunded, ${goingFen} on their ` +
    `way back, ${openFen} open, and ${onCodeFen - provenFen} lie on the code unproven`
  );
}

function keptFen(truth: Truth, outTradeNo: string): number {
  const order = truth.find({ outTradeNo });
  return order === undefined ? 0 : order.chargedFen - order.returnedFen - order.refundedFen;
}
