import type { Fields } from '../../main/gateway/wechat-v2/wire/sign.ts';
import type { Reply } from '../desk.ts';

const TRADES_MAX_BYTES = 1024;

/** Takes telemetry and forgets it. The one answer that comes unsigned. */
export function report(fields: Fields): Reply {
  const missing = ['interface_url', 'user_ip'].find((name) => !fields[name]);
  if (missing) return { kind: 'return-fail', returnMsg: `缺少参数${missing}` };
  if (fields.trades && !isTrades(fields.trades)) return { kind: 'return-fail', returnMsg: '参数错误：trades' };
  return { kind: 'unsigned', fields: { return_code: 'SUCCESS', return_msg: 'OK', result_code: 'SUCCESS' } };
}

function isTrades(text: string): boolean {
  if (Buffer.byteLength(text) > TRADES_MAX_BYTES) return false;
  try {
    const trades: unknown = JSON.parse(text);
    return Array.isArray(trades) && trades.every(isTrade);
  } catch {
    return false;
  }
}

/** CANCLE is the API's own spelling. */
function isTrade(trade: unknown): boolean {
  if (typeof trade !== 'object' || trade === null) return false;
  const { out_trade_no, begin_time, state } = { out_trade_no: '', begin_time: '', state: '', ...trade };
  return out_trade_no !== '' && begin_time !== '' && ['OK', 'FAIL', 'CANCLE'].includes(state);
}
