import { beijingTime } from '../../core/time.ts';
import type { Fields } from '../../main/gateway/wechat-v2/wire/sign.ts';
import { type Answer, fail } from '../answer.ts';
import { type Desk, type Reply, underFault } from '../desk.ts';
import type { SimOrder } from '../ledger/order.ts';
import type { SimRefund } from '../ledger/refund.ts';
import { type RefundQuestion, readRefundQuestion } from '../refund-fields.ts';

/** Of an order with more refunds than this, only pages are to be had, or one refund by its number. */
const WITHOUT_OFFSET_MAX = 20;
const PAGE_MAX = 10;

/** Says how refunds stand: one of them by its number, or those of an order in the sequence they were accepted. */
export function refundquery(fields: Fields, desk: Desk): Reply {
  const question = readRefundQuestion(fields);
  if ('result' in question) return { kind: 'answer', answer: question };
  const order = orderOf(question, desk);
  const fault = desk.director.followUp('refundquery', order?.outTradeNo ?? Object.values(question.about).join(), order);
  return underFault(fault, { now: () => refundsAnswer(question, order), error: (errCode) => fail(errCode) });
}

function orderOf({ about }: RefundQuestion, desk: Desk): SimOrder | undefined {
  return 'refundId' in about || 'outRefundNo' in about ? desk.ledger.findRefunded(about) : desk.ledger.find(about);
}

function refundsAnswer({ about, offset }: RefundQuestion, order: SimOrder | undefined): Answer {
  const asked = order?.refunds.filter((refund) => isAskedFor(refund, about)) ?? [];
  const isOfOrder = 'outTradeNo' in about || 'transactionId' in about;
  if (isOfOrder && offset === null && asked.length > WITHOUT_OFFSET_MAX) {
    return fail('PARAM_ERROR', '退款超过20笔，请使用offset或退款单号查询');
  }
  const page = isOfOrder && offset !== null ? asked.slice(offset, offset + PAGE_MAX) : asked;
  if (!order || page.length === 0) return fail('REFUNDNOTEXIST');
  return {
    result: 'SUCCESS',
    fields: {
      ...(offset === null ? {} : { total_refund_count: String(asked.length) }),
      transaction_id: order.transactionId,
      out_trade_no: order.outTradeNo,
      total_fee: String(order.amountFen),
      fee_type: 'CNY',
      cash_fee: String(order.amountFen - order.couponFen),
      refund_count: String(page.length),
      ...Object.assign({}, ...page.map((refund, index) => refundFields(order, refund, index))),
    },
  };
}

function isAskedFor(refund: SimRefund, about: RefundQuestion['about']): boolean {
  if ('refundId' in about) return refund.refundId === about.refundId;
  return 'outRefundNo' in about ? refund.outRefundNo === about.outRefundNo : true;
}

/** `refund_recv_accout` is the API's own spelling. */
function refundFields(order: SimOrder, refund: SimRefund, n: number): Fields {
  const { outRefundNo, refundId, refundFen, couponFen, state, account, endedAt } = refund;
  return {
    [`out_refund_no_${n}`]: outRefundNo,
    [`refund_id_${n}`]: refundId,
    [`refund_channel_${n}`]: 'ORIGINAL',
    [`refund_fee_${n}`]: String(refundFen),
    ...(couponFen > 0
      ? {
          [`coupon_refund_fee_${n}`]: String(couponFen),
          [`coupon_refund_count_${n}`]: '1',
          [`coupon_type_${n}_0`]: 'CASH',
          [`coupon_refund_id_${n}_0`]: order.transactionId.slice(-10),
          [`coupon_refund_fee_${n}_0`]: String(couponFen),
        }
      : {}),
    [`refund_status_${n}`]: state,
    [`refund_account_${n}`]: account,
    [`refund_recv_accout_${n}`]: '支付用户的零钱',
    ...(state === 'SUCCESS' && endedAt !== undefined ? { [`refund_success_time_${n}`]: beijingTime(endedAt) } : {}),
  };
}
