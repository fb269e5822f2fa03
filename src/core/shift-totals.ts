import { type Fen, fen } from './money.ts';
import type { ShiftTotals, TenderTotal } from './shift-rows.ts';

/* Sums over the tenders of a shift. Each is made here and nowhere else: a screen and its paper cannot disagree. */

const NOTHING: TenderTotal = { count: 0, amountFen: fen(0) };

/** As a shift begins. */
export const NO_TOTALS: ShiftTotals = {
  wechat: NOTHING,
  couponFen: fen(0),
  staticCode: NOTHING,
  cash: NOTHING,
  wechatRefunds: NOTHING,
  cashRefunds: NOTHING,
};

/** Only the totals of whatever bears them. */
export function totalsOf({
  wechat,
  couponFen,
  notSettledFen,
  staticCode,
  cash,
  wechatRefunds,
  cashRefunds,
}: ShiftTotals): ShiftTotals {
  const withheld = notSettledFen === undefined ? {} : { notSettledFen };
  return { wechat, couponFen, ...withheld, staticCode, cash, wechatRefunds, cashRefunds };
}

/** All that came in. */
export function grossOf({ wechat, staticCode, cash }: ShiftTotals): TenderTotal {
  return sumOf(wechat, staticCode, cash);
}

/** All that went back. */
export function refundsOf({ wechatRefunds, cashRefunds }: ShiftTotals): TenderTotal {
  return sumOf(wechatRefunds, cashRefunds);
}

/** What came in less what went back: below 0 when customers of earlier shifts were refunded more than was sold. */
export function netFen(totals: ShiftTotals): Fen {
  return fen(grossOf(totals).amountFen - refundsOf(totals).amountFen);
}

/** One more of `amountFen`. */
export function plusOne(total: TenderTotal, amountFen: Fen): TenderTotal {
  return sumOf(total, { count: 1, amountFen });
}

function sumOf(...totals: readonly TenderTotal[]): TenderTotal {
  return totals.reduce((sum, { count, amountFen }) => ({
    count: sum.count + count,
    amountFen: fen(sum.amountFen + amountFen),
  }));
}
