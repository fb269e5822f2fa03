import { type Advice, advice, text } from './advice.ts';
import type { ReasonCode } from './gateway-answer.ts';
import type { OrderReasonCode } from './order-answer.ts';

/*
 * What is told of an order that was not placed, not closed or not found, in three short lines: what happened, what it
 * means for the money, what to do now. As in advice.ts, a money line only says what holds whenever its reason is shown.
 */

/** The three lines for a reason. Total: a reason without its lines does not compile. */
export function orderAdvice(code: ReasonCode): Advice {
  return isOwn(code) ? OWN[code] : advice(code);
}

const WHEN_SHOWN = advice('NO_REPLY').money;
const NEW_QR_CODE = text('请重新收款，出新的收款码', 'Start the payment again with a new QR code.');

/** Where a QR code wants other words than a scanned payment code; the rest are advice.ts's. */
const OWN = {
  NOT_ENOUGH: {
    happened: text('顾客余额不足', 'The customer’s balance is too low.'),
    money: WHEN_SHOWN,
    next: text('请顾客换张卡，再扫收款码', 'Ask for another card, and the QR code again.'),
  },
  ORDER_CLOSED: {
    happened: text('这单在微信支付已关闭', 'WeChat Pay has closed this order.'),
    money: text('关闭的单不会再扣款', 'A closed order takes no more money.'),
    next: NEW_QR_CODE,
  },
  NO_PERMISSION: {
    happened: text('商户号没有这种收款权限', 'This merchant may not take payments this way.'),
    money: WHEN_SHOWN,
    next: text('请管理员在商户平台开通权限', 'Have a manager enable it at the merchant platform.'),
  },
  NOT_SENT: {
    happened: text('网络不通，请求没有发出', 'No connection: the request never left the till.'),
    money: text('没有扣款', 'Nothing was taken.'),
    next: text('检查网络再收款，或收现金', 'Check the network and try again, or take cash.'),
  },
} as const satisfies Partial<Record<OrderReasonCode, Advice>>;

function isOwn(code: ReasonCode): code is keyof typeof OWN {
  return Object.hasOwn(OWN, code);
}
