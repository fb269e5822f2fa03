import { fen } from '../../core/money.ts';
import { beijingStamp } from '../../core/time.ts';
import type { Fields } from '../../main/gateway/wechat-v2/wire/sign.ts';
import { type Answer, fail } from '../answer.ts';
import { type Desk, type Reply, underFault } from '../desk.ts';
import type { Opening, Placement } from '../ledger/events.ts';
import { isPaid, isPayable, type SimOrder } from '../ledger/order.ts';
import { onBehalfOf } from '../on-behalf-of.ts';
import { type PlaceRequest, readPlaceRequest } from '../order-fields.ts';
import { requestHash } from '../request-hash.ts';

/** How long a customer may begin to pay, unless the order says less. */
const VALID_FOR_MS = 2 * 3_600_000;

/**
 * Places an order that waits for a customer. The same call again brings the same place, or another when that has run
 * out; another call by its number brings none.
 */
export function unifiedorder(fields: Fields, desk: Desk, now: number): Reply {
  const request = readPlaceRequest(fields, now);
  if ('result' in request) return { kind: 'answer', answer: request };
  const { outTradeNo, amountFen } = request;
  const fault = desk.director.followUp('unifiedorder', outTradeNo, { amountFen, scenario: 'none' });
  return underFault(fault, {
    now: () => place(request, fields, desk, now),
    error: (errCode) => fail(errCode),
  });
}

function place(request: PlaceRequest, fields: Fields, desk: Desk, now: number): Answer {
  const { outTradeNo } = request;
  const known = desk.ledger.find({ outTradeNo });
  if (known) return placeAgain(known, request, fields, desk, now);
  return placedAnswer(desk.ledger.open(openingOf(request, fields, desk, now), now));
}

function placeAgain(order: SimOrder, request: PlaceRequest, fields: Fields, desk: Desk, now: number): Answer {
  const { outTradeNo, state, placement } = order;
  if (order.requestHash !== requestHash(fields, desk)) {
    desk.note({ kind: 'NUMBER_REUSED', at: now, outTradeNo, detail: 'other parameters' });
    return fail('OUT_TRADE_NO_USED');
  }
  if (isPaid(order)) return fail('ORDERPAID');
  if (state === 'CLOSED') return fail('ORDERCLOSED');
  const hasRunOut = placement && now >= placement.expiresAt && isPayable(order);
  if (!hasRunOut) return placedAnswer(order);
  return placedAnswer(desk.ledger.placeAgain(outTradeNo, placementOf(request, fields, desk, now), now));
}

function placedAnswer({ placement }: SimOrder): Answer {
  if (!placement) return fail('OUT_TRADE_NO_USED');
  const { tradeType, prepayId, codeUrl } = placement;
  return {
    result: 'SUCCESS',
    fields: {
      trade_type: tradeType,
      prepay_id: prepayId,
      ...(tradeType === 'NATIVE' ? { code_url: codeUrl } : {}),
      ...(tradeType === 'MWEB' ? { mweb_url: codeUrl } : {}),
    },
  };
}

function openingOf(request: PlaceRequest, fields: Fields, desk: Desk, now: number): Opening {
  const { outTradeNo, amountFen, openid, deviceInfo, attach, body } = request;
  return {
    outTradeNo,
    askedAt: now,
    transactionId: desk.ledger.nextTransactionId(now),
    amountFen,
    couponFen: fen(0),
    codeHash: '',
    requestHash: requestHash(fields, desk),
    scenario: 'none',
    openid,
    bankType: 'OTHERS',
    deviceInfo,
    attach,
    body,
    // Nobody has come yet; whoever does brings a plan.
    plan: { act: { kind: 'leaves' }, at: now, paysOnReverse: false },
    placement: placementOf(request, fields, desk, now),
  };
}

function placementOf(request: PlaceRequest, fields: Fields, desk: Desk, now: number): Placement {
  const { outTradeNo, tradeType, notifyUrl, expiresAt } = request;
  const mark = desk.hash(`placed ${outTradeNo} at ${now}`);
  const prepayId = `wx${beijingStamp(now)}${mark.slice(0, 20)}`;
  return {
    tradeType,
    prepayId,
    codeUrl: codeUrlOf(tradeType, prepayId, mark),
    notifyUrl,
    expiresAt: Math.min(expiresAt ?? Number.POSITIVE_INFINITY, now + VALID_FOR_MS),
    signType: fields.sign_type === 'HMAC-SHA256' ? 'HMAC-SHA256' : 'MD5',
    onBehalfOf: onBehalfOf(fields),
  };
}

function codeUrlOf(tradeType: Placement['tradeType'], prepayId: string, mark: string): string {
  if (tradeType === 'NATIVE') return `weixin://wxpay/bizpayurl?pr=${mark.slice(20, 31)}`;
  return tradeType === 'MWEB' ? `https://wx.tenpay.com/cgi-bin/mmpayweb-bin/checkmweb?prepay_id=${prepayId}` : '';
}
