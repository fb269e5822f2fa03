import type { Fields } from '../../main/gateway/wechat-v2/wire/sign.ts';
import { type Answer, fail } from '../answer.ts';
import { type Desk, type Reply, underFault } from '../desk.ts';
import { readOrderRef } from '../fields.ts';
import type { SimOrder, TradeState } from '../ledger/order.ts';
import { orderFields, settlementFields } from './settlement.ts';

const STATE_TEXTS: Readonly<Record<TradeState, string>> = {
  SUCCESS: '支付成功',
  REFUND: '转入退款',
  USERPAYING: '需要用户输入支付密码',
  NOTPAY: '订单未支付',
  PAYERROR: '支付失败，请撤销订单',
  REVOKED: '订单已撤销',
  CLOSED: '订单已关闭',
};

/** Says how an order stands. Money is mentioned only when it was paid. */
export function orderquery(fields: Fields, desk: Desk): Reply {
  const ref = readOrderRef(fields);
  if ('result' in ref) return { kind: 'answer', answer: ref };
  const order = desk.ledger.find(ref);
  const fault = desk.director.followUp('orderquery', order?.outTradeNo ?? Object.values(ref).join(), order);
  return underFault(fault, { now: () => queryAnswer(order), error: (errCode) => fail(errCode) });
}

function queryAnswer(order: SimOrder | undefined): Answer {
  if (!order) return fail('ORDERNOTEXIST');
  const state = { trade_state: order.state, trade_state_desc: STATE_TEXTS[order.state] };
  const details = order.state === 'SUCCESS' ? settlementFields(order) : orderFields(order);
  return { result: 'SUCCESS', fields: { ...state, ...details } };
}
