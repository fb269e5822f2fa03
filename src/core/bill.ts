import type { Fen } from './money.ts';

/*
 * What WeChat Pay's bills say, row by row, as plain data. A bill is printed in yuan; here every amount is whole fen.
 * Times are Beijing time, `yyyy-MM-dd HH:mm:ss`, as the bill gives them. What a bill leaves out is empty, or 0.
 */

/** ALL: payments and refunds; SUCCESS and REFUND: one of them; RECHARGE_REFUND: refunds of top-ups. */
export type BillType = 'ALL' | 'SUCCESS' | 'REFUND' | 'RECHARGE_REFUND';

/** Basic: the merchant's own money. Operation: money set aside for payouts. Fees: fees paid in advance. */
export type FundAccount = 'Basic' | 'Operation' | 'Fees';

/**
 * One row of a trade bill, of whatever type. A payment and each refund of it are rows of their own: a payment has
 * `orderFen`, a refund has `requestedRefundFen`. A reversal of a paid order is a row with state REVOKED.
 */
export interface BillRow {
  /** 交易时间. On a refund's row, when the refund was accepted. */
  readonly tradedAt: string;
  /** 公众账号ID: the one the order was paid under. */
  readonly appId: string;
  readonly mchId: string;
  /** 特约商户号; empty where the merchant trades for himself, which a bill prints as 0. */
  readonly subMchId: string;
  readonly deviceInfo: string;
  readonly transactionId: string;
  readonly outTradeNo: string;
  readonly openId: string;
  /** 交易类型: "MICROPAY", "NATIVE", … */
  readonly tradeType: string;
  /** 交易状态: "SUCCESS", "REFUND", "REVOKED". */
  readonly state: string;
  readonly bankType: string;
  readonly currency: string;
  /** 应结订单金额: the order less the coupons that nobody tops up. */
  readonly settlementFen: Fen;
  /** 代金券金额 */
  readonly couponFen: Fen;
  /** 退款申请时间 and 退款成功时间: only bills of refunds have them. */
  readonly refundAskedAt: string;
  readonly refundedAt: string;
  /** 微信退款单号 and 商户退款单号; empty where the bill prints 0. */
  readonly refundId: string;
  readonly outRefundNo: string;
  /** 退款金额: what was asked for, less the share of coupons that nobody tops up. */
  readonly refundFen: Fen;
  /** 充值券退款金额 */
  readonly couponRefundFen: Fen;
  /** 退款类型: "ORIGINAL", "BALANCE". */
  readonly refundType: string;
  /** 退款状态 as it was when the bill was made: "PROCESSING" may have ended since. */
  readonly refundState: string;
  readonly goodsName: string;
  /** 商户数据包: what the till sent as `attach`. */
  readonly attach: string;
  /**
   * 手续费, in thousandths of a fen, since a bill prints five decimals of a yuan. Negative where a fee is given back.
   */
  readonly feeMilliFen: number;
  /** 费率, as printed: "0.60%". */
  readonly feeRate: string;
  /** 订单金额: what the customer's order came to; 0 on the row of a refund. */
  readonly orderFen: Fen;
  /** 申请退款金额: what was to be given back; 0 on the row of a payment. */
  readonly requestedRefundFen: Fen;
  /** 费率备注 */
  readonly feeNote: string;
}

/** A bill's last line: sums of the columns of the same names. */
export interface BillTotals {
  readonly rows: number;
  readonly settlementFen: Fen;
  readonly refundFen: Fen;
  readonly couponRefundFen: Fen;
  /** In thousandths of a fen. */
  readonly feeMilliFen: number;
  /** These two not in layouts of before 2018. */
  readonly orderFen: Fen | undefined;
  readonly requestedRefundFen: Fen | undefined;
}

/** One movement of money on one of the merchant's accounts with WeChat Pay. */
export interface FundFlowRow {
  /** 记账时间 */
  readonly bookedAt: string;
  /** 微信支付业务单号: a transaction's or a refund's number. */
  readonly businessNo: string;
  /** 资金流水单号 */
  readonly flowId: string;
  /** 业务名称 and 业务类型: "交易", "退款", "扣除交易手续费", … */
  readonly businessName: string;
  readonly businessType: string;
  /** 收支类型: 收入 or 支出. */
  readonly direction: 'in' | 'out';
  readonly amountFen: Fen;
  /** 账户结余: what the account held afterwards. */
  readonly balanceFen: Fen;
  /** 资金变更提交申请人 */
  readonly applicant: string;
  readonly note: string;
  /** 业务凭证号 */
  readonly voucherNo: string;
}

export interface FundFlowTotals {
  readonly rows: number;
  readonly inRows: number;
  readonly inFen: Fen;
  readonly outRows: number;
  readonly outFen: Fen;
}
