import type { OpenidAnswer, ReportAnswer } from '../../../core/order-answer.ts';
import type { Secret } from '../../../core/secret.ts';
import type { LookUpGateway, OrderGateway } from '../gateway.ts';
import { readCloseAnswer } from './answers/close-answer.ts';
import { readLookUpAnswer } from './answers/look-up-answer.ts';
import { readOpenidAnswer } from './answers/openid-answer.ts';
import { readPlaceAnswer } from './answers/place-answer.ts';
import { reason } from './answers/reason.ts';
import { type AppParams, appParams, type Freshness, type JsapiParams, jsapiParams } from './call-up.ts';
import type { Exchange } from './exchange.ts';
import { localAddress } from './local-address.ts';
import type { Merchant } from './merchant.ts';
import { openidFields, placeFields, type ReportedTrade, reportFields } from './order-requests.ts';
import { orderFields } from './requests.ts';
import type { Fields } from './wire/sign.ts';

/** The calls about whole orders, and about who shows a payment code. Never reject, and are bounded in time. */
export interface OrderCalls extends LookUpGateway, OrderGateway {
  /** Signed for a page inside WeChat to call up the payment of a JSAPI order. */
  jsapiParams(prepayId: string): JsapiParams;
  /** Signed for an app to call up the payment of an APP order. */
  appParams(prepayId: string): AppParams;
  /** Whose code it is. From then on and until it is refreshed, only this merchant can charge it. */
  openidOf(code: Secret): Promise<OpenidAnswer>;
  /** Tells the gateway how sales went. Telemetry: optional, and nothing depends on its answer. */
  report(trades: readonly ReportedTrade[]): Promise<ReportAnswer>;
}

export interface OrderParts {
  readonly merchant: Merchant;
  readonly timeouts: { readonly queryMs: number; readonly orderMs: number };
  /** Signs, sends and parses one call. Never rejects. */
  readonly exchange: (call: OrderCallName, fields: Fields, timeoutMs: number) => Promise<Exchange>;
  readonly freshness: () => Freshness;
}

export type OrderCallName = 'lookUp' | 'placeOrder' | 'closeOrder' | 'openid' | 'report';

/** Nothing is repeated here: whoever keeps the order decides on another call. */
export function createOrders({ merchant, timeouts, exchange, freshness }: OrderParts): OrderCalls {
  return {
    async lookUp(ref) {
      const reply = await exchange('lookUp', orderFields(ref), timeouts.queryMs);
      if (reply.got === 'message') return readLookUpAnswer(reply.fields, { ...merchant, ref });
      return { verdict: 'UNKNOWN', reason: reply.reason };
    },
    async placeOrder(order) {
      const reply = await exchange('placeOrder', placeFields(order, localAddress()), timeouts.orderMs);
      if (reply.got === 'message') return readPlaceAnswer(reply.fields, { ...merchant, tradeType: order.tradeType });
      return { verdict: reply.sent ? 'UNKNOWN' : 'NOT_SENT', reason: reply.reason };
    },
    async closeOrder({ outTradeNo }) {
      const reply = await exchange('closeOrder', { out_trade_no: outTradeNo }, timeouts.orderMs);
      if (reply.got === 'message') return readCloseAnswer(reply.fields, { ...merchant, outTradeNo });
      return { verdict: 'AGAIN', reason: reply.reason };
    },
    async openidOf(code) {
      const reply = await exchange('openid', openidFields(code), timeouts.queryMs);
      if (reply.got === 'message') return readOpenidAnswer(reply.fields, merchant);
      return { verdict: 'UNKNOWN', reason: reply.reason };
    },
    async report(trades) {
      const { fields, count } = reportFields(trades, localAddress());
      const reply = await exchange('report', fields, timeouts.queryMs);
      if (reply.got === 'message') return readReportAnswer(reply.fields, merchant, count);
      return { verdict: 'UNKNOWN', reason: reply.reason };
    },
    jsapiParams: (prepayId) => jsapiParams(merchant, prepayId, freshness()),
    appParams: (prepayId) => appParams(merchant, prepayId, freshness()),
  };
}

/** The one answer of these that comes unsigned: it is believed as far as it matters, which is not at all. */
function readReportAnswer(reply: Fields, { apiKey }: Merchant, count: number): ReportAnswer {
  const { return_code: returnCode = '', return_msg: text = '', result_code: resultCode = '' } = reply;
  if (returnCode === 'SUCCESS' && resultCode === 'SUCCESS') return { verdict: 'TAKEN', count };
  return { verdict: 'UNKNOWN', reason: reason('UNLISTED', returnCode, text, apiKey) };
}
