import type { Fields } from '../../main/gateway/wechat-v2/wire/sign.ts';
import { type Answer, fail } from '../answer.ts';
import { SAMPLE_CODE } from '../behaviour/codes.ts';
import type { PayDirection } from '../behaviour/director.ts';
import { couponOf, payerOf, planOf, withPurse } from '../customer.ts';
import { type Desk, type Reply, underFault } from '../desk.ts';
import { type PayRequest, readPayRequest } from '../fields.ts';
import type { Opening } from '../ledger/events.ts';
import { isPaid, type SimOrder } from '../ledger/order.ts';
import { requestHash } from '../request-hash.ts';
import { settlementFields } from './settlement.ts';

/** Charges the customer whose code was scanned. One number is one order, and one code is spent once. */
export function micropay(fields: Fields, desk: Desk, now: number): Reply {
  const request = readPayRequest(fields);
  if ('result' in request) return { kind: 'answer', answer: request };
  const direction = desk.director.pay(request);
  const opening = (opensAt = now) => openingOf(request, fields, direction, desk, { now, opensAt });
  return underFault(direction.fault, {
    now: () => pay(request, fields, desk, now, opening),
    error: (errCode) => fail(errCode),
    later: () => {
      const arrivesAt = now + desk.delays.arriveLateMs;
      desk.ledger.post(opening(arrivesAt), now, arrivesAt);
    },
  });
}

function pay(request: PayRequest, fields: Fields, desk: Desk, now: number, opening: () => Opening): Answer {
  const { outTradeNo, code } = request;
  const known = desk.ledger.find({ outTradeNo });
  if (known) return payAgain(known, request, fields, desk, now);
  const spentOn = code === SAMPLE_CODE ? undefined : desk.ledger.spentOn(desk.hash(code));
  if (spentOn) {
    desk.note({ kind: 'CODE_REUSED', at: now, outTradeNo, detail: `already shown for ${spentOn.outTradeNo}` });
    return fail(spentOn.state === 'USERPAYING' ? 'AUTH_CODE_ERROR' : 'AUTH_CODE_INVALID', '每个付款码仅限使用一次');
  }
  return payAnswer(desk.ledger.open(opening(), now));
}

/** The same call again is harmless. The same number for anything else never charges, and mostly replays old news. */
function payAgain(order: SimOrder, request: PayRequest, fields: Fields, desk: Desk, now: number): Answer {
  const sameRequest = order.requestHash === requestHash(fields, desk);
  if (sameRequest && order.codeHash === desk.hash(request.code)) return payAnswer(order);
  const { outTradeNo } = order;
  const detail = sameRequest ? 'another payment code' : 'other parameters';
  desk.note({ kind: 'NUMBER_REUSED', at: now, outTradeNo, detail });
  if (!sameRequest) return fail('OUT_TRADE_NO_USED');
  if (isPaid(order)) return fail('ORDERPAID');
  return order.state === 'USERPAYING' ? fail('BUYER_MISMATCH') : payAnswer(order);
}

function payAnswer(order: SimOrder): Answer {
  switch (order.state) {
    case 'SUCCESS':
      return { result: 'SUCCESS', fields: settlementFields(order) };
    case 'REFUND':
      return fail('ORDERPAID');
    case 'USERPAYING':
      return fail('USERPAYING');
    case 'REVOKED':
      return fail('ORDERREVERSED');
    case 'CLOSED':
      return fail('ORDERCLOSED');
    case 'NOTPAY':
    case 'PAYERROR': {
      const { act } = order.plan;
      return act.kind === 'fails' ? fail(act.errCode, act.errText) : fail('TRADE_ERROR');
    }
  }
}

function openingOf(
  request: PayRequest,
  fields: Fields,
  direction: PayDirection,
  desk: Desk,
  { now, opensAt }: { readonly now: number; readonly opensAt: number },
): Opening {
  const codeHash = desk.hash(request.code);
  const openid = payerOf(codeHash, desk.ledger.wallets);
  const customer = withPurse(direction.customer, openid, request.amountFen, desk.ledger.wallets);
  return {
    outTradeNo: request.outTradeNo,
    askedAt: now,
    transactionId: desk.ledger.nextTransactionId(now),
    amountFen: request.amountFen,
    couponFen: couponOf(customer, request.amountFen),
    codeHash,
    requestHash: requestHash(fields, desk),
    scenario: direction.scenario,
    openid,
    bankType: 'OTHERS',
    deviceInfo: request.deviceInfo,
    attach: request.attach,
    body: request.body,
    plan: planOf(customer, desk.delays, opensAt),
  };
}
