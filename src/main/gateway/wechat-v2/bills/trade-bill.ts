import type { BillRow, BillTotals } from '../../../../core/bill.ts';
import { type BillFormat, difference, findColumns, type Tally } from './bill-format.ts';
import type { BillLine } from './bill-line.ts';

/*
 * The trade bill of downloadbill, in each of its types and ages. In the layout of before 2018 one amount stood for
 * what are two today, and the coupons had longer names.
 */

const COLUMNS = {
  tradedAt: ['交易时间'],
  appId: ['公众账号ID'],
  mchId: ['商户号'],
  subMchId: ['特约商户号', '子商户号'],
  deviceInfo: ['设备号'],
  transactionId: ['微信订单号'],
  outTradeNo: ['商户订单号'],
  openId: ['用户标识'],
  tradeType: ['交易类型'],
  state: ['交易状态'],
  bankType: ['付款银行'],
  currency: ['货币种类'],
  settlement: ['应结订单金额', '总金额'],
  coupon: ['代金券金额', '代金券或立减优惠金额'],
  refundAskedAt: ['退款申请时间'],
  refundedAt: ['退款成功时间'],
  refundId: ['微信退款单号'],
  outRefundNo: ['商户退款单号'],
  refund: ['退款金额'],
  couponRefund: ['充值券退款金额', '代金券或立减优惠退款金额'],
  refundType: ['退款类型'],
  refundState: ['退款状态'],
  goodsName: ['商品名称'],
  attach: ['商户数据包'],
  fee: ['手续费'],
  returnedFee: ['返还手续费'],
  feeRate: ['费率'],
  order: ['订单金额', '总金额'],
  requestedRefund: ['申请退款金额', '退款金额'],
  feeNote: ['费率备注'],
} as const;

const TOTALS = {
  rows: ['总交易单数'],
  settlement: ['应结订单总金额', '总交易额'],
  refund: ['退款总金额', '总退款金额'],
  couponRefund: ['充值券退款总金额', '总代金券或立减优惠退款金额'],
  fee: ['手续费总金额'],
  order: ['订单总金额'],
  requestedRefund: ['申请退款总金额'],
} as const;

export const TRADE_BILL: BillFormat<BillRow, BillTotals> = {
  totalsBegin: '总交易单数',
  rowReader(header) {
    const at = findColumns(header, COLUMNS);
    const needed = [at.tradedAt, at.transactionId, at.outTradeNo, at.state, at.order];
    if (needed.some((column) => column < 0)) return undefined;
    return (line) => ({
      tradedAt: timeIn(line, at.tradedAt),
      appId: line.text(at.appId),
      mchId: line.text(at.mchId),
      subMchId: line.id(at.subMchId),
      deviceInfo: line.text(at.deviceInfo),
      transactionId: line.text(at.transactionId),
      outTradeNo: line.text(at.outTradeNo),
      openId: line.text(at.openId),
      tradeType: line.text(at.tradeType),
      state: line.text(at.state),
      bankType: line.text(at.bankType),
      currency: line.text(at.currency),
      settlementFen: line.fen(at.settlement),
      couponFen: line.fen(at.coupon),
      refundAskedAt: timeIn(line, at.refundAskedAt),
      refundedAt: timeIn(line, at.refundedAt),
      refundId: line.id(at.refundId),
      outRefundNo: line.id(at.outRefundNo),
      refundFen: line.fen(at.refund),
      couponRefundFen: line.fen(at.couponRefund),
      refundType: line.text(at.refundType),
      refundState: line.text(at.refundState),
      goodsName: line.text(at.goodsName),
      attach: line.text(at.attach),
      feeMilliFen: at.fee < 0 ? givenBack(line.milliFen(at.returnedFee)) : line.milliFen(at.fee),
      feeRate: line.text(at.feeRate),
      orderFen: line.fen(at.order),
      requestedRefundFen: line.fen(at.requestedRefund),
      feeNote: line.text(at.feeNote),
    });
  },
  totalsReader(header) {
    const at = findColumns(header, TOTALS);
    const needed = [at.rows, at.settlement, at.refund, at.couponRefund, at.fee];
    if (header.includes(TOTALS.settlement[0])) needed.push(at.order, at.requestedRefund);
    // A total that is not there could not be held against the rows.
    if (needed.some((column) => column < 0)) return undefined;
    const fenAt = (line: BillLine, column: number) => (column < 0 ? undefined : line.fen(column));
    return (line) => ({
      rows: line.integer(at.rows),
      settlementFen: line.fen(at.settlement),
      refundFen: line.fen(at.refund),
      couponRefundFen: line.fen(at.couponRefund),
      feeMilliFen: line.milliFen(at.fee),
      orderFen: fenAt(line, at.order),
      requestedRefundFen: fenAt(line, at.requestedRefund),
    });
  },
  tally,
};

function tally(): Tally<BillRow, BillTotals> {
  let [rows, settlementFen, refundFen, couponRefundFen] = [0, 0, 0, 0];
  let [feeMilliFen, orderFen, requestedRefundFen] = [0, 0, 0];
  return {
    add(row) {
      rows += 1;
      settlementFen += row.settlementFen;
      refundFen += row.refundFen;
      couponRefundFen += row.couponRefundFen;
      feeMilliFen += row.feeMilliFen;
      orderFen += row.orderFen;
      requestedRefundFen += row.requestedRefundFen;
    },
    disagreement(said) {
      return (
        difference('总交易单数', said.rows, rows) ??
        difference('应结订单总金额', said.settlementFen, settlementFen) ??
        difference('退款总金额', said.refundFen, refundFen) ??
        difference('充值券退款总金额', said.couponRefundFen, couponRefundFen) ??
        (said.feeMilliFen === -feeMilliFen ? undefined : difference('手续费总金额', said.feeMilliFen, feeMilliFen)) ??
        difference('订单总金额', said.orderFen, orderFen) ??
        difference('申请退款总金额', said.requestedRefundFen, requestedRefundFen)
      );
    },
  };
}

/** Some old bills print the colons of a time full-width. */
function timeIn(line: BillLine, column: number): string {
  const text = line.text(column);
  return text.includes('：') ? text.replaceAll('：', ':') : text;
}

/** A fee that comes back is negative, whichever sign it is printed with. */
function givenBack(milliFen: number): number {
  return milliFen > 0 ? -milliFen : milliFen;
}
