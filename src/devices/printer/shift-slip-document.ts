import { type Fen, fen, showYuan } from '../../core/money.ts';
import type { TenderTotal } from '../../core/shift-rows.ts';
import type { ShiftSlip } from '../../core/shift-slip.ts';
import { grossOf, netFen, refundsOf } from '../../core/shift-totals.ts';
import { beijingTime } from '../../core/time.ts';
import { BLANK, band, centred, centredBold, RULE, row } from './receipt-line.ts';

/** An X or Z report as a ReceiptLine document: for paper and screen alike. `columns` as in `receiptDocument`. */
export function shiftSlipDocument(slip: ShiftSlip, columns: number): string {
  return [...head(slip, columns), ...sales(slip, columns), ...drawer(slip, columns), ...foot(slip, columns)].join('\n');
}

function head(slip: ShiftSlip, columns: number): string[] {
  const { shop, report, number, openedAt, openedBy, at, closedBy, copy, simulated } = slip;
  const until = report === 'Z' ? '交班 Closed' : '截至 Until';
  return [
    centredBold(shop.storeName),
    centred(report === 'Z' ? '交班 Z REPORT' : '当班 X REPORT', 2),
    ...(simulated ? [band('含模拟收款 SOME SIMULATED', columns)] : []),
    ...(copy > 0 ? [band(`重打 REPRINT ${copy}`, columns)] : []),
    RULE,
    row('编号 No.', number, columns),
    row('开班 Opened', beijingTime(openedAt), columns),
    row('开班人 By', openedBy, columns),
    row(until, beijingTime(at), columns),
    ...(closedBy === undefined ? [] : [row('交班人 By', closedBy, columns)]),
    RULE,
  ];
}

function sales(slip: ShiftSlip, columns: number): string[] {
  const { wechat, couponFen, notSettledFen, staticCode, cash } = slip;
  return [
    counted('微信 WeChat', wechat, columns),
    ...(couponFen === 0 ? [] : [row('  其中优惠 of it coupons', showYuan(couponFen), columns)]),
    ...(notSettledFen ? [row('  其中不结算 not settled to us', showYuan(notSettledFen), columns)] : []),
    ...(staticCode.count === 0 ? [] : [counted('静态码 Static code', staticCode, columns)]),
    counted('现金 Cash', cash, columns),
    counted('合计 TOTAL', grossOf(slip), columns),
    ...refunds(slip, columns),
    RULE,
  ];
}

/** Nothing where nothing went back: the net is the total then. */
function refunds(slip: ShiftSlip, columns: number): string[] {
  if (refundsOf(slip).count === 0) return [];
  const given = [
    ['微信退款 Refunds', slip.wechatRefunds],
    ['现金退款 Refunds', slip.cashRefunds],
  ] as const;
  return [
    ...given
      .filter(([, { count }]) => count > 0)
      .map(([label, total]) => counted(label, { ...total, amountFen: fen(-total.amountFen) }, columns)),
    row('实收 NET', showYuan(netFen(slip)), columns),
  ];
}

function drawer(slip: ShiftSlip, columns: number): string[] {
  const { floatFen, cash, cashRefunds, cashInFen, cashOutFen, drawer } = slip;
  const parts = [
    row('备用金 Float', showYuan(floatFen), columns),
    row('现金收款 Cash sales', showYuan(cash.amountFen), columns),
    ...(cashRefunds.count === 0 ? [] : [row('现金退款 Refunds', showYuan(fen(-cashRefunds.amountFen)), columns)]),
    row('存入 Paid in', showYuan(cashInFen), columns),
    row('取出 Paid out', showYuan(fen(-cashOutFen)), columns),
  ];
  if (drawer === undefined) return [...parts, RULE];
  const { expectedFen, countedFen, why } = drawer;
  return [
    ...parts,
    row('应有 Expected', showYuan(expectedFen), columns),
    row('实点 Counted', showYuan(countedFen), columns),
    row('差额 Difference', signed(fen(countedFen - expectedFen)), columns),
    ...(why === undefined ? [] : [row('说明 Reason', why, columns)]),
    RULE,
  ];
}

function foot({ owed, toVerify, report }: ShiftSlip, columns: number): string[] {
  const uncertain = [
    ...(owed.count === 0 ? [] : [counted('未结清 Not settled', owed, columns)]),
    ...(toVerify.count === 0 ? [] : [counted('待核实 To be verified', toVerify, columns)]),
  ];
  const apart = uncertain.length === 0 ? [] : [...uncertain, centred('不在合计内 in no total above'), RULE];
  return report === 'Z' ? [...apart, BLANK, row('签字 Signature', '________________', columns), BLANK] : apart;
}

function counted(label: string, { count, amountFen }: TenderTotal, columns: number): string {
  return row(`${label} (${count})`, showYuan(amountFen), columns);
}

/** Too much says so as plainly as too little. */
function signed(amountFen: Fen): string {
  return amountFen > 0 ? `+${showYuan(amountFen)}` : showYuan(amountFen);
}
