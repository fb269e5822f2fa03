import { type Advice, text } from './advice.ts';
import type { RefundReasonCode } from './refund-answer.ts';

/*
 * What is told of a refund that was not accepted, in three short lines: what happened, what it means for the money,
 * what to do now. As in advice.ts, a money line only says what holds whenever its reason is shown.
 */

/** The three lines for a reason. Total: a reason without its lines does not compile. */
export function refundAdvice(code: RefundReasonCode): Advice {
  return ADVICE[code];
}

const NOT_BY_THIS = text('这次没有退款', 'This call gave nothing back.');
const MAY_HAVE_GONE = text('可能已退，也可能没退', 'It may have been given back, or not.');
const WHEN_LOOKED_UP = text('退没退，以查到的结果为准', 'Only a look-up says whether it went back.');
const LOOK_FIRST = text('先查这笔退款，别用新单号再退', 'Look it up first: no second refund by a new number.');
const SAME_AGAIN = text('稍后用同一退款单号再试', 'Try again later under the same refund number.');
const MEND_FIRST = text('请管理员改好设置，再用原单号退', 'Have a manager mend it, then the same refund number.');
const OTHER_WAY = text('请店长用其他方式把钱退给顾客', 'Have a manager give the money back another way.');

const ADVICE: Readonly<Record<RefundReasonCode, Advice>> = {
  MERCHANT_BALANCE_LOW: {
    happened: text('商户账户余额不够退款', 'The merchant’s balance is too low for it.'),
    money: NOT_BY_THIS,
    next: text('请店长充值，再用原单号退', 'Have a manager top it up, then the same number.'),
  },
  PAYER_ACCOUNT_GONE: {
    happened: text('顾客的微信账户已注销或异常', 'The customer’s account is closed or blocked.'),
    money: NOT_BY_THIS,
    next: OTHER_WAY,
  },
  REFUND_TOO_LATE: {
    happened: text('付款超过一年，不能原路退', 'Paid over a year ago: too old for a refund.'),
    money: NOT_BY_THIS,
    next: OTHER_WAY,
  },
  REFUND_REFUSED: {
    happened: text('微信支付不办这笔退款', 'WeChat Pay refuses this refund.'),
    money: NOT_BY_THIS,
    next: text('看微信的说明，请店长处理', 'Read its words below, and ask a manager.'),
  },
  REFUND_NUMBER_USED: {
    happened: text('这个退款单号已用于别的金额', 'This refund number was used with other amounts.'),
    money: MAY_HAVE_GONE,
    next: LOOK_FIRST,
  },
  ORDER_NOT_READY: {
    happened: text('这单还在处理，暂不能退', 'The order is still busy: no refund yet.'),
    money: NOT_BY_THIS,
    next: SAME_AGAIN,
  },
  ORDER_NOT_FOUND: {
    happened: text('微信支付没有这笔已付的单', 'WeChat Pay knows no such paid order.'),
    money: NOT_BY_THIS,
    next: text('核对单号，先查这笔收款', 'Check the number, and look the payment up first.'),
  },
  NO_PERMISSION: {
    happened: text('商户号或这台机器无退款权限', 'No right to refund, or not from this address.'),
    money: WHEN_LOOKED_UP,
    next: MEND_FIRST,
  },
  BAD_CONFIG: {
    happened: text('退款请求有误，微信支付不受理', 'WeChat Pay rejects how the refund was asked for.'),
    money: WHEN_LOOKED_UP,
    next: MEND_FIRST,
  },
  BAD_CERTIFICATE: {
    happened: text('商户证书无效，不能退款', 'The merchant certificate was not accepted.'),
    money: WHEN_LOOKED_UP,
    next: MEND_FIRST,
  },
  RATE_LIMITED: {
    happened: text('请求太频繁，微信支付不受理', 'Too many requests: WeChat Pay wants a pause.'),
    money: WHEN_LOOKED_UP,
    next: text('等一分钟，用原单号再试', 'Wait a minute, then the same refund number.'),
  },
  NOT_SENT: {
    happened: text('网络不通，退款没有发出', 'No network: the refund was not sent.'),
    money: NOT_BY_THIS,
    next: SAME_AGAIN,
  },
  NO_REPLY: {
    happened: text('微信支付没有答复', 'WeChat Pay did not answer.'),
    money: MAY_HAVE_GONE,
    next: LOOK_FIRST,
  },
  BAD_REPLY: {
    happened: text('微信支付的答复读不懂', 'The answer from WeChat Pay is not readable.'),
    money: MAY_HAVE_GONE,
    next: LOOK_FIRST,
  },
  BAD_SIGNATURE: {
    happened: text('答复的签名不对，不能信', 'The answer’s signature is wrong: not trusted.'),
    money: MAY_HAVE_GONE,
    next: LOOK_FIRST,
  },
  REPLY_MISMATCH: {
    happened: text('答复和这笔退款对不上', 'The answer does not match this refund.'),
    money: MAY_HAVE_GONE,
    next: LOOK_FIRST,
  },
  GATEWAY_BUSY: { happened: text('微信支付系统繁忙', 'WeChat Pay is busy.'), money: MAY_HAVE_GONE, next: LOOK_FIRST },
  UNLISTED: {
    happened: text('微信支付给了没见过的代码', 'WeChat Pay gave a code we do not know.'),
    money: MAY_HAVE_GONE,
    next: LOOK_FIRST,
  },
};
