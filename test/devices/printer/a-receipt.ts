import { fen } from '../../../src/core/money.ts';
import type { Receipt, Shop } from '../../../src/core/receipt.ts';
import type { RefundReceipt } from '../../../src/core/refund-receipt.ts';

const SHOP: Shop = { storeName: '晨光便利店', storeId: '0001', terminalId: '01' };

type WechatReceipt = Extract<Receipt, { readonly tender: 'wechat' }>;

/** ￥12.30 in a real shop, without a coupon; and what the test says. */
export function aReceipt({
  shop,
  ...said
}: Partial<Omit<WechatReceipt, 'shop'>> & { shop?: Partial<Shop> } = {}): WechatReceipt {
  return {
    shop: { ...SHOP, ...shop },
    simulated: false,
    saleNumber: '0001-01-000042',
    soldAt: Date.UTC(2026, 0, 2, 2, 5, 11),
    tender: 'wechat',
    totalFen: fen(1230),
    couponFen: fen(0),
    paidFen: fen(1230),
    outTradeNo: '0001-01-000042-12k7q',
    transactionId: '4200000483202001042069747825',
    copy: 0,
    ...said,
  };
}

/** ￥5.00 of ￥12.30, back through WeChat Pay; and what the test says. */
export function aRefundReceipt(said: Partial<RefundReceipt> = {}): RefundReceipt {
  return {
    shop: SHOP,
    simulated: false,
    saleNumber: '0001-01-000042',
    tender: 'wechat',
    done: true,
    refundFen: fen(500),
    paidFen: fen(1230),
    at: Date.UTC(2026, 0, 2, 2, 5, 11),
    outRefundNo: '0001-01-000042-12k7q-r1ab12',
    manager: '王店长',
    why: '商品有问题',
    copy: 0,
    ...said,
  };
}

/** ￥12.30 out of a ￥100 note. */
export function aCashReceipt(): Receipt {
  return {
    shop: SHOP,
    simulated: false,
    saleNumber: '0001-01-000042',
    soldAt: Date.UTC(2026, 0, 2, 2, 5, 11),
    tender: 'cash',
    totalFen: fen(1230),
    tenderedFen: fen(10_000),
    changeFen: fen(8_770),
    copy: 0,
  };
}

/** Accepted on the store's static code, and not proven. */
export function aStaticReceipt(proven = false): Receipt {
  return {
    shop: SHOP,
    simulated: false,
    saleNumber: '0001-01-000042',
    soldAt: Date.UTC(2026, 0, 2, 2, 5, 11),
    tender: 'static',
    totalFen: fen(1230),
    proven,
    transactionId: '4200000483202001042069747825',
    copy: 0,
  };
}
