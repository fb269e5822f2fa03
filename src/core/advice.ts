import type { ReasonCode } from './gateway-answer.ts';

/*
 * What a cashier is told, in three short lines: what happened, what it means for the money, what to do now.
 *
 * A reason stays with a payment while the engine works on: NO_REPLY is shown while the outcome is open, and still
 * when the payment has been taken back. So a money line only says what holds in every state its reason is shown in;
 * only NOT_SENT, which is never provisional, says flatly that nothing was taken.
 */

export interface BilingualText {
  readonly zh: string;
  readonly en: string;
}

export interface Advice {
  readonly happened: BilingualText;
  readonly money: BilingualText;
  readonly next: BilingualText;
}

/** The three lines for a reason. Total: a reason without its lines does not compile. */
export function advice(code: ReasonCode): Advice {
  return ADVICE[code];
}

const NOTHING_TAKEN = text('没有扣款', 'Nothing was taken.');
const NOT_PAID = text('这笔没有付成', 'This payment did not go through.');
const NOT_KEPT = text('这笔不收款，扣了也会自动退回', 'Nothing is kept: money taken goes back by itself.');
const WHEN_SHOWN = text('屏幕显示收款成功，才算收到', 'It is received only when the screen says paid.');
const STILL_OURS = text('撤销办成之前，收到的钱还在店里', 'Until it is reversed, money received stays with us.');

const SCAN_FRESH_CODE = text('请顾客刷新付款码，再扫一次', 'Ask for a fresh code and scan again.');
const AFTER_THE_RESULT = text('等出结果，再交货或重新收款', 'Wait for the result before goods or another scan.');
const OTHER_WAY_TO_PAY = text('出结果后，请顾客换支付方式', 'After the result, ask for another way to pay.');
const BEGIN_AGAIN = text('请重新收款，扫新的付款码', 'Start the payment again with a fresh code.');
const REFUND_IF_DUE = text('请店长核对账单，该退就退款', 'Have a manager check the bill and refund if due.');

const ADVICE: Readonly<Record<ReasonCode, Advice>> = {
  NOT_ENOUGH: {
    happened: text('顾客余额不足', 'The customer’s balance is too low.'),
    money: NOT_PAID,
    next: text('请顾客换张卡，再扫新码', 'Ask for another card, then scan a fresh code.'),
  },
  CODE_EXPIRED: {
    happened: text('付款码过期了', 'The payment code has expired.'),
    money: NOT_PAID,
    next: SCAN_FRESH_CODE,
  },
  CODE_INVALID: {
    happened: text('付款码无效，或已用过', 'The code is invalid or already used.'),
    money: NOT_PAID,
    next: text('请顾客打开微信“收付款”，扫新码', 'Ask for the code under “Money” in WeChat; scan it.'),
  },
  CARD_NOT_SUPPORTED: {
    happened: text('这张卡不能付这笔', 'This card is not accepted here.'),
    money: NOT_PAID,
    next: text('请顾客换张卡，再扫新码', 'Ask for another card, then scan a fresh code.'),
  },
  PAYER_MISMATCH: {
    happened: text('这单是另一位顾客在付', 'Another customer began this order.'),
    money: NOT_KEPT,
    next: BEGIN_AGAIN,
  },
  TRADE_REFUSED: {
    happened: text('微信支付拒绝了这笔', 'WeChat Pay refused this payment.'),
    money: NOT_KEPT,
    next: OTHER_WAY_TO_PAY,
  },
  CUSTOMER_CANCELLED: {
    happened: text('顾客取消了付款', 'The customer cancelled.'),
    money: NOT_KEPT,
    next: OTHER_WAY_TO_PAY,
  },
  NUMBER_USED: {
    happened: text('微信支付说这个单号用过', 'WeChat Pay says this number was used before.'),
    money: WHEN_SHOWN,
    next: AFTER_THE_RESULT,
  },
  ALREADY_PAID: {
    happened: text('微信支付说这单已付', 'WeChat Pay says this order is paid already.'),
    money: WHEN_SHOWN,
    next: text('等核对结果，别收第二次', 'Wait for the result; do not charge twice.'),
  },
  ORDER_CLOSED: {
    happened: text('这单在微信支付已关闭', 'WeChat Pay has closed this order.'),
    money: NOT_KEPT,
    next: BEGIN_AGAIN,
  },
  ORDER_REVERSED: {
    happened: text('这单在微信支付已撤销', 'WeChat Pay has reversed this order.'),
    money: NOT_KEPT,
    next: BEGIN_AGAIN,
  },
  NO_PERMISSION: {
    happened: text('商户号没有付款码收款权限', 'This merchant may not take payment codes.'),
    money: WHEN_SHOWN,
    next: text('请管理员在商户平台开通权限', 'Have a manager enable it at the merchant platform.'),
  },
  BAD_CONFIG: {
    happened: text('收款设置有误，微信支付不受理', 'WeChat Pay rejects the till’s settings.'),
    money: WHEN_SHOWN,
    next: text('请管理员检查商户号和密钥', 'Have a manager check merchant number and key.'),
  },
  BAD_CERTIFICATE: {
    happened: text('商户证书没有被接受', 'The merchant certificate was not accepted.'),
    money: text('没办成的撤销，换好证书会自动继续', 'Reversals still owed go on once it is replaced.'),
    next: text('请管理员更换商户证书', 'Have a manager replace the certificate.'),
  },
  RATE_LIMITED: {
    happened: text('请求太频繁，微信支付不受理', 'Too many requests: WeChat Pay asks us to slow down.'),
    money: WHEN_SHOWN,
    next: text('等出结果，过一会儿再收款', 'Wait for the result, then a moment longer.'),
  },
  REVERSE_EXPIRED: {
    happened: text('超过 7 天，不能再撤销', 'Over 7 days old: it can no longer be reversed.'),
    money: STILL_OURS,
    next: REFUND_IF_DUE,
  },
  REFUNDED: {
    happened: text('微信支付说这笔已有退款', 'WeChat Pay says that this was refunded.'),
    money: text('退了多少，以账单为准', 'The bill says how much went back.'),
    next: REFUND_IF_DUE,
  },
  REVERSE_REFUSED: {
    happened: text('微信支付拒绝撤销这笔', 'WeChat Pay refuses to reverse this payment.'),
    money: STILL_OURS,
    next: REFUND_IF_DUE,
  },
  NOT_SENT: {
    happened: text('网络不通，请求没有发出', 'No connection: the request never left the till.'),
    money: NOTHING_TAKEN,
    next: text('检查网络再扫码，或收现金', 'Check the network and scan again, or take cash.'),
  },
  NO_REPLY: {
    happened: text('没有收到微信支付的答复', 'No answer came from WeChat Pay.'),
    money: WHEN_SHOWN,
    next: AFTER_THE_RESULT,
  },
  BAD_REPLY: {
    happened: text('微信支付的答复读不懂', 'The answer could not be read.'),
    money: WHEN_SHOWN,
    next: AFTER_THE_RESULT,
  },
  BAD_SIGNATURE: {
    happened: text('答复的签名不对，不能信', 'The answer’s signature is wrong: not trusted.'),
    money: WHEN_SHOWN,
    next: text('等出结果；常见就请管理员查密钥', 'Wait for the result. If it recurs, check the key.'),
  },
  REPLY_MISMATCH: {
    happened: text('答复和这单对不上，不能信', 'The answer does not match this order: not trusted.'),
    money: WHEN_SHOWN,
    next: text('等出结果，并告诉管理员', 'Wait for the result, and tell a manager.'),
  },
  GATEWAY_BUSY: {
    happened: text('微信支付系统繁忙', 'WeChat Pay is busy.'),
    money: WHEN_SHOWN,
    next: AFTER_THE_RESULT,
  },
  BANK_BUSY: {
    happened: text('银行系统繁忙', 'The bank is busy.'),
    money: WHEN_SHOWN,
    next: AFTER_THE_RESULT,
  },
  AWAITING_PASSWORD: {
    happened: text('需要顾客输入支付密码', 'The customer’s password is needed.'),
    money: WHEN_SHOWN,
    next: text('请顾客看手机，输入密码', 'Ask the customer to enter it on the phone.'),
  },
  AWAITING_SCAN: {
    happened: text('等顾客扫收款码', 'The customer has not scanned the code yet.'),
    money: WHEN_SHOWN,
    next: text('请顾客用微信扫屏幕上的码', 'Ask the customer to scan the code with WeChat.'),
  },
  CLOSE_REFUSED: {
    happened: text('微信支付不肯关闭这单', 'WeChat Pay refuses to close this order.'),
    money: WHEN_SHOWN,
    next: text('等查到结果，再交货或重新收款', 'Wait for the look-up before goods or a new code.'),
  },
  UNLISTED: {
    happened: text('微信支付给了没见过的代码', 'WeChat Pay gave a code we do not know.'),
    money: WHEN_SHOWN,
    next: text('等出结果，并把代码告诉管理员', 'Wait for the result, and tell a manager the code.'),
  },
  RESTARTED: {
    happened: text('收款途中，程序重启过', 'The till restarted during this payment.'),
    money: WHEN_SHOWN,
    next: AFTER_THE_RESULT,
  },
};

/** The same said in both languages. */
export function text(zh: string, en: string): BilingualText {
  return { zh, en };
}
