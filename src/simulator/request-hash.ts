import type { Fields } from '../main/gateway/wechat-v2/wire/sign.ts';
import type { Desk } from './desk.ts';

/** Fields that may differ between two sendings of the same order. */
const NOT_OF_THE_ORDER = new Set(['nonce_str', 'sign', 'sign_type', 'auth_code', 'spbill_create_ip']);

/** What was asked for, to know whether the same number comes for the same order again. */
export function requestHash(fields: Fields, desk: Pick<Desk, 'hash'>): string {
  const kept = Object.entries(fields).filter(([name, value]) => !NOT_OF_THE_ORDER.has(name) && value !== '');
  return desk.hash(JSON.stringify(kept.sort(([a], [b]) => (a < b ? -1 : 1))));
}
