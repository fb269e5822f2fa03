import type { Secret } from '../../../core/secret.ts';
import { beijingStamp } from '../../../core/time.ts';
import type { NewOrder } from '../gateway.ts';
import { commonOrderFields } from './requests.ts';
import type { Fields } from './wire/sign.ts';
import { wireText } from './wire-text.ts';

/** unifiedorder's own fields; what is not said is left out. @see WeChat Pay API v2, chapter 9_1 */
export function placeFields(order: NewOrder, address: string): Fields {
  const { notifyUrl, expiresAt, tradeType } = order;
  return {
    ...commonOrderFields(order, address),
    time_expire: expiresAt === undefined ? '' : beijingStamp(expiresAt),
    notify_url: notifyUrl,
    trade_type: tradeType,
    ...payerFields(order),
  };
}

function payerFields(order: NewOrder): Fields {
  if (order.tradeType === 'NATIVE') return { product_id: order.productId ?? order.outTradeNo };
  if (order.tradeType === 'APP') return {};
  return 'openid' in order ? { openid: order.openid } : { sub_openid: order.subOpenid };
}

/** authcodetoopenid's own field. @see WeChat Pay API v2, chapter 9_13 */
export function openidFields(code: Secret): Fields {
  return { auth_code: code.reveal() };
}

/** One sale as the gateway's statistics want it: how long it took in the customer's eyes, and how it ended. */
export interface ReportedTrade {
  readonly outTradeNo: string;
  /** Epoch milliseconds: when the cashier began, and when the end was shown. */
  readonly begunAt: number;
  readonly endedAt: number;
  readonly end: 'paid' | 'failed' | 'cancelled';
  /** In words, for a sale that was not paid. */
  readonly why?: string | undefined;
}

/** The API's own spelling. */
const ENDS = { paid: 'OK', failed: 'FAIL', cancelled: 'CANCLE' } as const;
const TRADES_MAX_BYTES = 1024;
const ADDRESS_MAX = 16;
const WHY_MAX_BYTES = 64;
/** Names what is reported on: it is never called. */
const MICROPAY_TOTAL = 'https://api.mch.weixin.qq.com/pay/batchreport/micropay/total';

/** report's own fields, with as many of the trades as fit, and how many those are. @see WeChat Pay API v2, chapter 9_14 */
export function reportFields(
  trades: readonly ReportedTrade[],
  address: string,
): { readonly fields: Fields; readonly count: number } {
  const rows: string[] = [];
  let bytes = '[]'.length;
  for (const trade of trades) {
    const row = JSON.stringify(tradeRow(trade));
    bytes += Buffer.byteLength(row) + ','.length;
    if (bytes > TRADES_MAX_BYTES) break;
    rows.push(row);
  }
  const user_ip = address.length <= ADDRESS_MAX ? address : '127.0.0.1';
  return { fields: { interface_url: MICROPAY_TOTAL, user_ip, trades: `[${rows.join(',')}]` }, count: rows.length };
}

function tradeRow({ outTradeNo, begunAt, endedAt, end, why = '' }: ReportedTrade) {
  return {
    out_trade_no: outTradeNo,
    begin_time: beijingStamp(begunAt),
    end_time: beijingStamp(endedAt),
    state: ENDS[end],
    err_msg: wireText(why, WHY_MAX_BYTES),
  };
}
