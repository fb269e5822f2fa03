import type { Fields } from '../../main/gateway/wechat-v2/wire/sign.ts';
import { type Answer, fail } from '../answer.ts';
import { type Desk, FORGIVEN_PART, type Reply, underFault } from '../desk.ts';
import { wrongField } from '../fields.ts';
import { isPaid, type SimOrder } from '../ledger/order.ts';

/**
 * Closes an order that was placed: nobody can pay it any more. A customer who types the password finds it closed; one
 * who confirms in that very moment was faster.
 */
export function closeorder(fields: Fields, desk: Desk, now: number): Reply {
  const { out_trade_no: outTradeNo = '' } = fields;
  const wrong = wrongField(fields);
  if (wrong) return { kind: 'answer', answer: fail('PARAM_ERROR', `参数错误：${wrong}`) };
  if (outTradeNo === '') return { kind: 'answer', answer: fail('LACK_PARAMS', '缺少参数out_trade_no') };
  const found = desk.ledger.find({ outTradeNo });
  const fault = desk.director.followUp('closeorder', outTradeNo, found);
  const order = found && customerActs(found, desk, now);
  return underFault(fault, {
    now: () => closeAnswer(order, desk, now),
    error: (errCode) => fail(errCode),
  });
}

function customerActs(order: SimOrder, desk: Desk, now: number): SimOrder {
  const confirms = order.placement && order.state === 'USERPAYING' && order.plan.paysOnReverse;
  return confirms ? desk.ledger.charge(order.outTradeNo, now) : order;
}

function closeAnswer(order: SimOrder | undefined, desk: Desk, now: number): Answer {
  if (!order) return fail('ORDERNOTEXIST');
  const { outTradeNo, askedAt, state } = order;
  if (!order.placement) return fail('TRADE_STATE_ERROR', '付款码订单不能关闭，请撤销');
  if (state === 'CLOSED') return fail('ORDERCLOSED');
  if (isPaid(order)) return fail('ORDERPAID');
  const age = now - askedAt;
  if (age < desk.delays.closeNotBeforeMs * (1 - FORGIVEN_PART)) {
    desk.note({ kind: 'EARLY_CLOSE', at: now, outTradeNo, detail: `${age} ms after it was placed` });
    if (desk.earlyClose === 'refuse') return fail('SYSTEMERROR', '订单处理中，请稍后再关闭');
  }
  desk.ledger.closeOrder(outTradeNo, now);
  return { result: 'SUCCESS', fields: { result_msg: 'OK' } };
}
