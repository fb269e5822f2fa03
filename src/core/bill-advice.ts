import { type Advice, text } from './advice.ts';
import type { BillReasonCode } from './bill-answer.ts';

/*
 * What is told when a bill could not be had whole: what happened, what it means for the money, what to do now. No bill
 * ever moves money; what is open without one is whether the books agree with WeChat Pay's.
 */

/** The three lines for a reason. Total: a reason without its lines does not compile. */
export function billAdvice(code: BillReasonCode): Advice {
  return ADVICE[code];
}

const UNCHECKED = text('钱没有动，这天的账还没核对', 'No money moved; that day is not checked yet.');
const PART_PROVES_NOTHING = text('钱没有动，不全的账单不作数', 'No money moved; a part of a bill proves nothing.');
const DIFFERS = text('钱没有动，这份账单不能用', 'No money moved; this bill cannot be used.');
const AGAIN_LATER = text('稍后再下载一次', 'Download it again later.');
const MEND_FIRST = text('请管理员改好设置，再下载', 'Have a manager mend the settings, then download.');
const AGAIN_THEN_ASK = text('再下载一次，还不行就问微信支付', 'Download again; if it stays so, ask WeChat Pay.');

const ADVICE: Readonly<Record<BillReasonCode, Advice>> = {
  BILL_CREATING: {
    happened: text('这天的账单还没生成', 'That day’s bill is not made yet.'),
    money: UNCHECKED,
    next: text('次日上午10点以后再下载', 'Download it after ten the next morning.'),
  },
  BILL_CUT_OFF: {
    happened: text('账单没有传完', 'The bill ended before its last line.'),
    money: PART_PROVES_NOTHING,
    next: AGAIN_LATER,
  },
  BILL_DAMAGED: {
    happened: text('账单传坏了', 'The bill was damaged on its way.'),
    money: PART_PROVES_NOTHING,
    next: AGAIN_LATER,
  },
  BILL_MALFORMED: {
    happened: text('账单里有读不懂的内容', 'Something in the bill is not readable.'),
    money: DIFFERS,
    next: AGAIN_THEN_ASK,
  },
  BILL_TOTALS_DIFFER: {
    happened: text('账单的合计和明细对不上', 'The bill’s totals do not match its rows.'),
    money: DIFFERS,
    next: AGAIN_THEN_ASK,
  },
  BILL_TOO_LARGE: {
    happened: text('账单大得不正常', 'The bill is larger than any bill can be.'),
    money: DIFFERS,
    next: AGAIN_THEN_ASK,
  },
  CANCELLED: { happened: text('下载已取消', 'The download was cancelled.'), money: UNCHECKED, next: AGAIN_LATER },
  NO_PERMISSION: {
    happened: text('商户号没有下载账单的权限', 'This merchant may not download bills.'),
    money: UNCHECKED,
    next: text('请店长联系微信支付开通', 'Have a manager ask WeChat Pay for the right.'),
  },
  BAD_CONFIG: {
    happened: text('下载请求有误，微信支付不受理', 'WeChat Pay rejects how the bill was asked for.'),
    money: UNCHECKED,
    next: MEND_FIRST,
  },
  BAD_CERTIFICATE: {
    happened: text('商户证书无效，不能下载', 'The merchant certificate was not accepted.'),
    money: UNCHECKED,
    next: MEND_FIRST,
  },
  RATE_LIMITED: {
    happened: text('请求太频繁，微信支付不受理', 'Too many requests: WeChat Pay wants a pause.'),
    money: UNCHECKED,
    next: text('等一分钟再下载', 'Wait a minute, then download it.'),
  },
  NOT_SENT: {
    happened: text('网络不通，请求没有发出', 'No network: the request was not sent.'),
    money: UNCHECKED,
    next: AGAIN_LATER,
  },
  NO_REPLY: { happened: text('微信支付没有答复', 'WeChat Pay did not answer.'), money: UNCHECKED, next: AGAIN_LATER },
  BAD_REPLY: {
    happened: text('微信支付的答复读不懂', 'The answer from WeChat Pay is not readable.'),
    money: UNCHECKED,
    next: AGAIN_LATER,
  },
  BAD_SIGNATURE: {
    happened: text('答复的签名不对，不能信', 'The answer’s signature is wrong: not trusted.'),
    money: UNCHECKED,
    next: AGAIN_LATER,
  },
  REPLY_MISMATCH: {
    happened: text('答复和这份账单对不上', 'The answer does not match this bill.'),
    money: UNCHECKED,
    next: AGAIN_LATER,
  },
  GATEWAY_BUSY: { happened: text('微信支付系统繁忙', 'WeChat Pay is busy.'), money: UNCHECKED, next: AGAIN_LATER },
  UNLISTED: {
    happened: text('微信支付给了没见过的代码', 'WeChat Pay gave a code we do not know.'),
    money: UNCHECKED,
    next: AGAIN_THEN_ASK,
  },
};
