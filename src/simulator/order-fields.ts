import { type Fen, fen } from '../core/money.ts';
import { beijingStamp } from '../core/time.ts';
import type { Fields } from '../main/gateway/wechat-v2/wire/sign.ts';
import { type Answer, fail } from './answer.ts';
import { wrongField } from './fields.ts';
import type { Placement } from './ledger/events.ts';

/** A unifiedorder call whose fields are as the API wants them. Amounts in fen. */
export interface PlaceRequest {
  readonly outTradeNo: string;
  readonly amountFen: Fen;
  readonly tradeType: Placement['tradeType'];
  readonly notifyUrl: string;
  /** Who is to pay; empty unless it is paid in a page inside WeChat. */
  readonly openid: string;
  readonly body: string;
  readonly deviceInfo: string;
  readonly attach: string | null;
  /** Epoch milliseconds; null when the call did not say. */
  readonly expiresAt: number | null;
}

/** In the order in which the documents list them, which is the order in which they are missed. */
const REQUIRED = ['body', 'out_trade_no', 'total_fee', 'spbill_create_ip', 'notify_url', 'trade_type'] as const;
const TRADE_TYPES: ReadonlySet<string> = new Set<Placement['tradeType']>(['NATIVE', 'JSAPI', 'APP', 'MWEB']);
/** Both of the documents' values are longer. */
const EXPIRE_MIN_MS = 60_000;

export function readPlaceRequest(fields: Fields, now: number): PlaceRequest | Answer {
  const missing = REQUIRED.find((name) => !fields[name]);
  if (missing) return fail('LACK_PARAMS', `缺少参数${missing}`);
  const wrong = wrongField(fields);
  if (wrong) return fail('PARAM_ERROR', `参数错误：${wrong}`);
  const { trade_type: tradeType = '', notify_url: notifyUrl = '', product_id: productId } = fields;
  if (!isTradeType(tradeType)) return fail('PARAM_ERROR', '参数错误：trade_type');
  if (!isNotifyUrl(notifyUrl)) return fail('PARAM_ERROR', '参数错误：notify_url');
  const openid = fields.openid || fields.sub_openid || '';
  if (tradeType === 'NATIVE' && !productId) return fail('LACK_PARAMS', '缺少参数product_id');
  if (tradeType === 'JSAPI' && openid === '') return fail('LACK_PARAMS', 'JSAPI支付必须传openid');
  const expiresAt = fields.time_expire ? readStamp(fields.time_expire) : null;
  if (expiresAt === undefined) return fail('PARAM_ERROR', '参数错误：time_expire');
  if (expiresAt !== null && expiresAt < now + EXPIRE_MIN_MS) return fail('PARAM_ERROR', 'time_expire时间过短');
  return {
    outTradeNo: fields.out_trade_no ?? '',
    amountFen: fen(Number(fields.total_fee)),
    tradeType,
    notifyUrl,
    openid: tradeType === 'JSAPI' ? openid : '',
    body: fields.body ?? '',
    deviceInfo: fields.device_info ?? '',
    attach: fields.attach ?? null,
    expiresAt,
  };
}

function isTradeType(text: string): text is Placement['tradeType'] {
  return TRADE_TYPES.has(text);
}

/** A notification would come to no URL that carries parameters of its own. */
export function isNotifyUrl(text: string): boolean {
  const url = URL.parse(text);
  return (url?.protocol === 'http:' || url?.protocol === 'https:') && url.search === '';
}

/** "20260102100511" in Beijing, as epoch milliseconds; undefined when there is no such moment. */
function readStamp(stamp: string): number | undefined {
  const [, year, month, day, hours, minutes, seconds] = /^(.{4})(..)(..)(..)(..)(..)$/.exec(stamp) ?? [];
  const at = Date.parse(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}+08:00`);
  return Number.isNaN(at) || beijingStamp(at) !== stamp ? undefined : at;
}
