import { invariant } from '../../core/assert.ts';
import type { Fields } from '../../main/gateway/wechat-v2/wire/sign.ts';
import { type Answer, fail } from '../answer.ts';
import { scenarioById } from '../behaviour/scenarios.ts';
import { type Desk, FORGIVEN_PART, type Reply, underFault } from '../desk.ts';
import { isPaid, type SimOrder } from '../ledger/order.ts';
import { couponShareFen, refundableFen } from '../ledger/refund.ts';
import { type RefundRequest, readRefundRequest } from '../refund-fields.ts';

/** One year, taken at its longest. */
const REFUNDABLE_FOR_MS = 366 * 86_400_000;
const REFUNDS_MAX = 50;

/**
 * Accepts a refund, which ends later. One out_refund_no refunds once, however often it is sent: the same call again is
 * answered the same, and another amount under the same number is refused.
 */
export function refund(fields: Fields, desk: Desk, now: number): Reply {
  const request = readRefundRequest(fields);
  if ('result' in request) return { kind: 'answer', answer: request };
  const order = desk.ledger.find(request.order);
  const fault = desk.director.followUp('refund', order?.outTradeNo ?? Object.values(request.order).join(), order);
  return underFault(fault, {
    now: () => refundAnswer(request, order, desk, now),
    error: (errCode) => fail(errCode),
  });
}

function refundAnswer(request: RefundRequest, order: SimOrder | undefined, desk: Desk, now: number): Answer {
  const { outRefundNo, refundFen, desc, account, notify } = request;
  const before = desk.ledger.findRefunded({ outRefundNo });
  if (before) return answerAgain(request, before, order);
  if (!order) return fail('ORDERNOTEXIST');
  const refused = refusalOf(request, order, now);
  if (refused) return refused;

  noteHaste(order, desk, now);
  const { takesMs = desk.delays.refundMs, end = desk.refundEnd } =
    scenarioById(order.scenario)?.behaviour.refunds ?? {};
  const refunded = desk.ledger.refund(
    order.outTradeNo,
    {
      outRefundNo,
      refundId: desk.ledger.nextRefundId(now),
      refundFen,
      couponFen: couponShareFen(order, refundFen),
      desc,
      account,
      plan: { at: now + takesMs, end },
      ...(notify ? { notify } : {}),
    },
    now,
  );
  return acceptedAnswer(refunded, outRefundNo);
}

function answerAgain(request: RefundRequest, before: SimOrder, order: SimOrder | undefined): Answer {
  const known = before.refunds.find(({ outRefundNo }) => outRefundNo === request.outRefundNo);
  const isSame =
    known?.refundFen === request.refundFen &&
    before.amountFen === request.totalFen &&
    before.outTradeNo === order?.outTradeNo;
  return isSame ? acceptedAnswer(before, request.outRefundNo) : fail('REFUND_FEE_MISMATCH');
}

function refusalOf(request: RefundRequest, order: SimOrder, now: number): Answer | undefined {
  if (order.state === 'USERPAYING') return fail('ORDER_NOT_READY');
  if (order.state === 'REVOKED') return fail('ERROR', '订单已撤销');
  if (!isPaid(order)) return fail('ORDERNOTEXIST', '订单未支付');
  if (now - (order.paidAt ?? order.openedAt) > REFUNDABLE_FOR_MS) return fail('TRADE_OVERDUE');
  if (request.totalFen !== order.amountFen) return fail('PARAM_ERROR', '订单金额不正确');
  if (order.refunds.length >= REFUNDS_MAX) return fail('ERROR', '退款次数超过上限');
  if (request.refundFen > refundableFen(order)) return fail('ERROR', '累计退款金额大于支付金额');
  return undefined;
}

function noteHaste({ outTradeNo, refunds }: SimOrder, desk: Desk, now: number): void {
  const last = refunds.at(-1);
  if (!last) return;
  const gapMs = now - last.acceptedAt;
  if (gapMs >= desk.delays.refundGapMs * (1 - FORGIVEN_PART)) return;
  desk.note({ kind: 'EARLY_REFUND', at: now, outTradeNo, detail: `${gapMs} ms after the refund before` });
}

function acceptedAnswer(order: SimOrder, outRefundNo: string): Answer {
  const made = order.refunds.find((one) => one.outRefundNo === outRefundNo);
  invariant(made !== undefined, `Order ${order.outTradeNo} has no refund ${outRefundNo}`);
  const { refundFen, couponFen, refundId } = made;
  const { amountFen, outTradeNo, transactionId } = order;
  return {
    result: 'SUCCESS',
    fields: {
      transaction_id: transactionId,
      out_trade_no: outTradeNo,
      out_refund_no: outRefundNo,
      refund_id: refundId,
      refund_fee: String(refundFen),
      total_fee: String(amountFen),
      fee_type: 'CNY',
      cash_fee: String(amountFen - order.couponFen),
      cash_refund_fee: String(refundFen - couponFen),
      coupon_refund_fee: String(couponFen),
      coupon_refund_count: couponFen > 0 ? '1' : '0',
      ...(couponFen > 0 ? couponFields(order, couponFen) : {}),
    },
  };
}

function couponFields({ transactionId }: SimOrder, couponFen: number): Fields {
  return {
    coupon_type_0: 'CASH',
    coupon_refund_id_0: transactionId.slice(-10),
    coupon_refund_fee_0: String(couponFen),
  };
}
