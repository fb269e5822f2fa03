import { type Advice, text } from './advice.ts';
import type { PayoutReasonCode } from './payout-answer.ts';

/*
 * What is told of a payout that was not accepted, in three short lines: what happened, what it means for the money,
 * what to do now. As in refund-advice.ts, a money line only says what holds whenever its reason is shown.
 */

/** The three lines for a reason. Total: a reason without its lines does not compile. */
export function payoutAdvice(code: PayoutReasonCode): Advice {
  return ADVICE[code];
}

const NOT_BY_THIS = text('这次没有付出去', 'This call paid nothing out.');
const MAY_HAVE_GONE = text('可能已付，也可能没付', 'It may have been paid out, or not.');
const WHEN_LOOKED_UP = text('付没付，以查到的结果为准', 'Only a look-up says whether it was paid.');
const LOOK_FIRST = text('先查这笔，别用新单号再付', 'Look it up first: no second payout by a new number.');
const SAME_AGAIN = text('稍后用同一单号再试', 'Try again later under the same number.');
const MEND_FIRST = text('请管理员改好设置，再用原单号付', 'Have a manager mend it, then the same number.');
const OTHER_WAY = text('查清没付后，用其他方式付给顾客', 'Once surely unpaid, pay the customer another way.');

const ADVICE: Readonly<Record<PayoutReasonCode, Advice>> = {
  MERCHANT_BALANCE_LOW: {
    happened: text('商户账户余额不够', 'The merchant’s balance is too low for it.'),
    money: NOT_BY_THIS,
    next: text('请店长充值，再用原单号付', 'Have a manager top it up, then the same number.'),
  },
  PAYEE_UNKNOWN: {
    happened: text('找不到这位收款人', 'WeChat Pay does not know this payee.'),
    money: NOT_BY_THIS,
    next: text('请顾客重新扫码确认身份', 'Have the customer identify again.'),
  },
  PAYEE_NOT_VERIFIED: {
    happened: text('收款人没有实名认证', 'The payee’s identity is not verified.'),
    money: NOT_BY_THIS,
    next: text('请顾客在微信实名，或用其他方式付', 'Have it verified in WeChat, or pay another way.'),
  },
  PAYEE_BLOCKED: {
    happened: text('收款人的微信账户不能收款', 'The payee’s account cannot take it.'),
    money: WHEN_LOOKED_UP,
    next: OTHER_WAY,
  },
  NAME_MISMATCH: {
    happened: text('姓名和微信实名不一致', 'The name is not that of the account.'),
    money: NOT_BY_THIS,
    next: text('核对姓名后再付', 'Check the name, then pay.'),
  },
  AMOUNT_NOT_ALLOWED: {
    happened: text('金额不在允许的范围', 'The amount is outside what is allowed.'),
    money: NOT_BY_THIS,
    next: text('请店长核对限额', 'Have a manager check the limits.'),
  },
  LIMIT_REACHED: {
    happened: text('今天的付款额度或次数用完了', 'Today’s limit for payouts is used up.'),
    money: NOT_BY_THIS,
    next: text('明天再付，或请店长调整限额', 'Pay tomorrow, or have a manager raise the limit.'),
  },
  PAYOUT_FAILED: {
    happened: text('这个单号的付款已经失败', 'The payout of this number has failed.'),
    money: WHEN_LOOKED_UP,
    next: text('查到失败后，才能换新单号再付', 'Pay by a new number only once found failed.'),
  },
  PAYOUT_IN_PROGRESS: {
    happened: text('微信支付正在处理这笔付款', 'WeChat Pay is still working on it.'),
    money: MAY_HAVE_GONE,
    next: text('20 分钟后查结果，别再付', 'Look it up in 20 minutes; do not pay again.'),
  },
  PAYOUT_NUMBER_USED: {
    happened: text('这个单号已用于另一笔付款', 'This number was used for another payout.'),
    money: MAY_HAVE_GONE,
    next: LOOK_FIRST,
  },
  NO_PERMISSION: {
    happened: text('商户号没有这项付款权限', 'This merchant has no right to pay out.'),
    money: WHEN_LOOKED_UP,
    next: MEND_FIRST,
  },
  BAD_CONFIG: {
    happened: text('付款请求有误，微信支付不受理', 'WeChat Pay rejects how it was asked for.'),
    money: WHEN_LOOKED_UP,
    next: MEND_FIRST,
  },
  BAD_CERTIFICATE: {
    happened: text('商户证书无效，不能付款', 'The merchant certificate was not accepted.'),
    money: WHEN_LOOKED_UP,
    next: MEND_FIRST,
  },
  RATE_LIMITED: {
    happened: text('请求太频繁，微信支付不受理', 'Too many requests: WeChat Pay wants a pause.'),
    money: WHEN_LOOKED_UP,
    next: text('等一分钟，用原单号再试', 'Wait a minute, then the same number.'),
  },
  NOT_SENT: {
    happened: text('网络不通，付款没有发出', 'No network: the payout was not sent.'),
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
    happened: text('答复和这笔付款对不上', 'The answer does not match this payout.'),
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
