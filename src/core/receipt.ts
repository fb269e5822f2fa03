import type { Cash } from './cash.ts';
import type { ForeignCash } from './gateway-answer.ts';
import type { Fen } from './money.ts';
import type { Payment } from './payment.ts';
import type { Sale } from './sale.ts';
import type { StaticPayment } from './static-payment.ts';

/** Who sells, as the paper says it. */
export interface Shop {
  readonly storeName: string;
  readonly storeId: string;
  readonly terminalId: string;
}

/** What the embedded simulator is called in a payment's `gateway`. */
export const SIMULATOR_GATEWAY = 'simulator';

/** A receipt as plain data: what it says, not how it looks. Amounts in fen, times in epoch milliseconds. */
export type Receipt = ReceiptOfSale & (PaidByWechat | PaidInCash | OnStaticCode);

interface ReceiptOfSale {
  readonly shop: Shop;
  /** The embedded simulator stood in for WeChat Pay when it was paid: the paper must say that no money moved. */
  readonly simulated: boolean;
  readonly saleNumber: string;
  readonly soldAt: number;
  readonly totalFen: Fen;
  /** 0 for the original; 1, 2, … for reprints, which say so. */
  readonly copy: number;
}

interface PaidByWechat {
  readonly tender: 'wechat';
  readonly couponFen: Fen;
  /** What the customer paid: total less coupons. */
  readonly paidFen: Fen;
  /** What the customer paid, where that was not in CNY. */
  readonly foreignCash?: ForeignCash;
  readonly outTradeNo: string;
  readonly transactionId: string;
}

interface PaidInCash {
  readonly tender: 'cash';
  readonly tenderedFen: Fen;
  readonly changeFen: Fen;
}

/** Says "to be verified" until it is proven, and never "paid" before. */
interface OnStaticCode {
  readonly tender: 'static';
  readonly proven: boolean;
  /** As the customer's phone showed it, or proven. */
  readonly transactionId?: string;
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
    ...(settlement.foreignCash ? { foreignCash: settlement.foreignCash } : {}),
    outTradeNo: payment.outTradeNo,
    transactionId: settlement.transactionId,
    copy,
  };
}

/** Cash in the books is the proof here. It is real money, whatever stands in for WeChat Pay. */
export function cashReceiptOf(shop: Shop, sale: Sale, cash: Cash, copy: number): Receipt {
  return {
    shop,
    simulated: false,
    saleNumber: sale.number,
    soldAt: cash.receivedAt,
    tender: 'cash',
    totalFen: cash.amountFen,
    tenderedFen: cash.tenderedFen,
    changeFen: cash.changeFen,
    copy,
  };
}

/** What was disproven has no receipt: the type keeps it out. */
export function staticReceiptOf(
  shop: Shop,
  sale: Sale,
  payment: Exclude<StaticPayment, { readonly state: 'disproven' }>,
  copy: number,
): Receipt {
  const proven = payment.state === 'proven';
  const transactionId = proven ? payment.proof.transactionId : payment.claimedId;
  return {
    shop,
    simulated: payment.gateway === SIMULATOR_GATEWAY,
    saleNumber: sale.number,
    soldAt: payment.acceptedAt,
    tender: 'static',
    totalFen: payment.amountFen,
    proven,
    ...(transactionId === undefined ? {} : { transactionId }),
    copy,
  };
}
