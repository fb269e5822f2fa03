import type { Fields } from '../../main/gateway/wechat-v2/wire/sign.ts';
import { type Answer, fail } from '../answer.ts';
import { type Desk, FORGIVEN_PART, type Reply, underFault } from '../desk.ts';
import { readOrderRef } from '../fields.ts';
import type { SimOrder } from '../ledger/order.ts';

const REVERSIBLE_FOR_MS = 7 * 86_400_000;

/** Codes after which the same call makes sense again. */
const CALL_AGAIN = new Set(['SYSTEMERROR', 'USERPAYING']);

/**
 * Takes an order back: what was paid is returned, what was not can never be paid any more. An order that does not
 * exist is reversed with success and not remembered, so that a pay call which arrives later still charges.
 */
export function reverse(fields: Fields, desk: Desk, now: number): Reply {
  const ref = readOrderRef(fields);
  if ('result' in ref) return { kind: 'answer', answer: withRecall(ref) };
  const found = desk.ledger.find(ref);
  const fault = desk.director.followUp('reverse', found?.outTradeNo ?? Object.values(ref).join(), found);
  const order = found && customerActs(found, desk, now);
  return underFault(fault, {
    now: () => withRecall(reverseAnswer(order, desk, now)),
    error: (errCode) => withRecall(fail(errCode)),
  });
}

/** Some customers confirm in the very moment: the order is paid before the reversal gets to it. */
function customerActs(order: SimOrder, desk: Desk, now: number): SimOrder {
  const confirms = !order.placement && order.state === 'USERPAYING' && order.plan.paysOnReverse;
  return confirms ? desk.ledger.charge(order.outTradeNo, now) : order;
}

function reverseAnswer(order: SimOrder | undefined, desk: Desk, now: number): Answer {
  if (!order || order.state === 'REVOKED') return { result: 'SUCCESS', fields: {} };
  if (order.placement) return fail('TRADE_ERROR', '只有付款码订单可以撤销');
  const { outTradeNo, askedAt } = order;
  const age = now - askedAt;
  if (age < desk.delays.reverseNotBeforeMs * (1 - FORGIVEN_PART)) {
    desk.note({ kind: 'EARLY_REVERSE', at: now, outTradeNo, detail: `${age} ms after the pay call` });
    if (desk.earlyReverse === 'refuse') return fail('SYSTEMERROR', '订单处理中，请稍后再撤销');
  }
  if (age > REVERSIBLE_FOR_MS) return fail('REVERSE_EXPIRE');
  if (order.state === 'USERPAYING' && order.atPhone) return fail('USERPAYING', '正在支付中不能发起撤销');
  if (order.state === 'REFUND') return fail('TRADE_ERROR', '订单已转入退款，不能撤销');
  if (order.state === 'CLOSED') return fail('TRADE_ERROR', '订单已关闭');
  desk.ledger.reverse(outTradeNo, now);
  return { result: 'SUCCESS', fields: {} };
}

/** `recall` comes with success and with failure alike. */
function withRecall(answer: Answer): Answer {
  const again = answer.result === 'FAIL' && CALL_AGAIN.has(answer.errCode);
  return { ...answer, fields: { ...answer.fields, recall: again ? 'Y' : 'N' } };
}
