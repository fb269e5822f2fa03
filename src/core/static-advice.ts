import { advice, type BilingualText, text } from './advice.ts';
import { unreachable } from './assert.ts';
import type { ReasonCode } from './gateway-answer.ts';
import { showYuan } from './money.ts';
import type { Finding } from './static-proof.ts';
import { beijingTime } from './time.ts';

/** A finding, of whose reason only the code is told. */
export type ToldFinding =
  | Exclude<Finding, { code: 'NOT_KNOWN' }>
  | { readonly code: 'NOT_KNOWN'; readonly reason: { readonly code: ReasonCode } };

/** What a look-up found, in a sentence: whose money it is, and so why it proves nothing here. */
export function findingText(finding: ToldFinding): BilingualText {
  switch (finding.code) {
    case 'OWN_PAYMENT':
      return text(
        `这是 ${finding.saleNumber} 扫码收的款`,
        `This is the scanned payment of sale ${finding.saleNumber}.`,
      );
    case 'USED':
      return text(`这笔已经用在 ${finding.saleNumber} 上`, `This has already paid sale ${finding.saleNumber}.`);
    case 'OTHER_AMOUNT':
      return text(`金额不同：${showYuan(finding.amountFen)}`, `Another amount: ${showYuan(finding.amountFen)}.`);
    case 'OTHER_TIME': {
      const time = beijingTime(finding.paidAt).slice(0, 16);
      return text(`付款时间对不上：${time}`, `Paid at another time: ${time}.`);
    }
    case 'TILL_PAYMENT':
      return text('这是别的收银台扫码收的款', 'This was paid by a scanned code at another till.');
    case 'OTHER_PAYMENT':
      return text('这是另一笔付款，是在静态码上付的', 'This is another payment, made on the static code.');
    case 'OTHER_MERCHANT':
      return text('商户号换过，这里查不了当时的商户', 'The merchant has changed; only the former one can be asked.');
    case 'REFUNDED':
      return text('这笔已有退款', 'Money of this payment has been refunded.');
    case 'NOT_PAID':
      return text('微信支付说这笔没有付成', 'WeChat Pay says that it was not paid.');
    case 'NOT_FOUND':
      return text('本商户没有这个交易单号', 'This merchant has no such transaction.');
    case 'NOT_KNOWN': {
      const { happened } = advice(finding.reason.code);
      return text(`没查到结果：${happened.zh}`, `Not found out: ${happened.en}`);
    }
    default:
      return unreachable(finding);
  }
}

/**
 * What to do about it: most often the number was misread, or belongs to another purchase.
 *
 * @param isKept the number stays with the payment that it was read for, and is asked about again
 */
export function findingNext({ code }: ToldFinding, isKept: boolean): BilingualText {
  switch (code) {
    case 'NOT_KNOWN':
      return isKept
        ? text('单号已记下，网络恢复后自动再查', 'The number is kept, and asked about again by itself.')
        : text('请稍后再查一次', 'Look it up again in a while.');
    case 'NOT_FOUND':
      return text('请对照顾客手机，重新输入', 'Compare it with the customer’s phone, and key it again.');
    case 'OTHER_PAYMENT':
      return text(
        '店里可能收了两次；请店长核对，该退就退',
        'Both may have come in: have a manager compare, and refund if due.',
      );
    default:
      return text('请找这一单的付款记录，或让店长判定', 'Find the record of this sale, or let a manager decide.');
  }
}
