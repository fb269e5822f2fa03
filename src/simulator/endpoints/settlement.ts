import { beijingStamp } from '../../core/time.ts';
import type { Fields } from '../../main/gateway/wechat-v2/wire/sign.ts';
import type { SimOrder } from '../ledger/order.ts';

/** What is known of an order in any state. */
export function orderFields(order: SimOrder): Fields {
  return {
    out_trade_no: order.outTradeNo,
    ...(order.deviceInfo ? { device_info: order.deviceInfo } : {}),
    ...(order.attach === null ? {} : { attach: order.attach }),
  };
}

/** What is known once the money has moved: total = cash + coupon, all in fen. */
export function settlementFields(order: SimOrder): Fields {
  const { amountFen, couponFen, paidAt = order.openedAt } = order;
  return {
    openid: order.openid,
    is_subscribe: 'N',
    trade_type: order.placement?.tradeType ?? order.tradeType ?? 'MICROPAY',
    bank_type: order.bankType,
    fee_type: 'CNY',
    total_fee: String(amountFen),
    cash_fee: String(amountFen - couponFen),
    cash_fee_type: 'CNY',
    ...(couponFen > 0 ? couponFields(order) : {}),
    transaction_id: order.transactionId,
    ...orderFields(order),
    time_end: beijingStamp(paidAt),
  };
}

function couponFields({ couponFen, transactionId }: SimOrder): Fields {
  return {
    coupon_fee: String(couponFen),
    coupon_count: '1',
    coupon_type_0: 'CASH',
    coupon_id_0: transactionId.slice(-10),
    coupon_fee_0: String(couponFen),
  };
}
