import { type Advice, type BilingualText, text } from './advice.ts';
import type { CouponReasonCode } from './coupon-answer.ts';

/* What is told of a coupon that was not sent, in three short lines, as in payout-advice.ts. */

/** The three lines for a reason. Total: a reason without its lines does not compile. */
export function couponAdvice(code: CouponReasonCode): Advice {
  return ADVICE[code];
}

const NONE_SENT = text('没有发出代金券', 'No coupon was sent.');
const SAME_AGAIN = text('稍后用同一单号再发，只会发一张', 'Again under the same number: only one goes out.');

/** What leaves it open whether the coupon was sent: the same call tells, and does no harm. */
function doubtful(happened: BilingualText): Advice {
  return { happened, money: text('可能已发，也可能没发', 'It may have been sent, or not.'), next: SAME_AGAIN };
}

const ADVICE: Readonly<Record<CouponReasonCode, Advice>> = {
  COUPON_HELD_ALREADY: {
    happened: text('顾客已经领过这种券', 'The customer has such a coupon already.'),
    money: text('没有再发一张', 'No second one was sent.'),
    next: text('不用再发', 'Nothing more to do.'),
  },
  COUPONS_ENDED: {
    happened: text('这批代金券已结束或已失效', 'This batch of coupons has ended.'),
    money: NONE_SENT,
    next: text('请店长换一批代金券', 'Have a manager choose another batch.'),
  },
  COUPON_STOCK_UNKNOWN: {
    happened: text('微信支付没有这批代金券', 'WeChat Pay knows no such batch of coupons.'),
    money: NONE_SENT,
    next: text('请管理员核对批次号', 'Have a manager check the batch number.'),
  },
  PAYEE_UNKNOWN: {
    happened: text('找不到这位顾客', 'WeChat Pay does not know this customer.'),
    money: NONE_SENT,
    next: text('请顾客重新扫码确认身份', 'Have the customer identify again.'),
  },
  NOT_SENT: {
    happened: text('网络不通，没有发出', 'No network: it was not sent.'),
    money: NONE_SENT,
    next: SAME_AGAIN,
  },
  NO_PERMISSION: doubtful(text('商户号没有发券权限', 'This merchant may not send coupons.')),
  BAD_CONFIG: doubtful(text('发券请求有误，微信支付不受理', 'WeChat Pay rejects how it was asked for.')),
  BAD_CERTIFICATE: doubtful(text('商户证书无效，不能发券', 'The merchant certificate was not accepted.')),
  RATE_LIMITED: doubtful(text('请求太频繁，微信支付不受理', 'Too many requests: WeChat Pay wants a pause.')),
  NO_REPLY: doubtful(text('微信支付没有答复', 'WeChat Pay did not answer.')),
  BAD_REPLY: doubtful(text('微信支付的答复读不懂', 'The answer from WeChat Pay is not readable.')),
  BAD_SIGNATURE: doubtful(text('答复的签名不对，不能信', 'The answer’s signature is wrong: not trusted.')),
  REPLY_MISMATCH: doubtful(text('答复和这张券对不上', 'The answer does not match this coupon.')),
  GATEWAY_BUSY: doubtful(text('微信支付系统繁忙', 'WeChat Pay is busy.')),
  UNLISTED: doubtful(text('微信支付给了没见过的代码', 'WeChat Pay gave a code we do not know.')),
};
