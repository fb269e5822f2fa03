import type { Fen } from './money.ts';
import type { Payment } from './payment.ts';
import type { Sale } from './sale.ts';

/** Who sells, as the paper says it. */
export interface Shop {
  readonly storeName: string;
  readonly storeId: string;
  readonly terminalId: string;
}

/** What the embedded simulator is called in a payment's `gateway`. */
export const SIMULATOR_GATEWAY = 'simulator';

/** A receipt as plain data: what it says, not how it looks. Amounts in fen, times in epoch milliseconds. */
export interface Receipt {
  readonly shop: Shop;
  /** The embedded simulator stood in for WeChat Pay when it was paid: the paper must say that no money moved. */
  readonly simulated: boolean;
  readonly saleNumber: string;
  readonly soldAt: number;
  readonly tender: 'wechat';
  readonly totalFen: Fen;
  readonly couponFen: Fen;
  /** What the customer paid: total less coupons. */
  readonly paidFen: Fen;
  readonly outTradeNo: string;
  readonly transactionId: string;
  /** 0 for the original; 1, 2, … for reprints, which say so. */
  readonly copy: number;
}

type PaidPayment = Extract<Payment, { readonly state: 'paid' }>;

/** Takes a paid payment and no other: the type is the proof that no receipt says "paid" without one. */
export function receiptOf(shop: Shop, sale: Sale, payment: PaidPayment, copy: number): Receipt {
  const { settlement } = payment;
  return {
    shop,
    simulated: payment.gateway === SIMULATOR_GATEWAY,
    saleNumber: sale.number,
    soldAt: payment.submittedAt,
    tender: 'wechat',
    totalFen: payment.amountFen,
    couponFen: settlement.couponFen,
    paidFen: settlement.cashFen,
    outTradeNo: payment.outTradeNo,
    transactionId: settlement.transactionId,
    copy,
  };
}
