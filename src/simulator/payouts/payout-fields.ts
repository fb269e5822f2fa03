import { isIP } from 'node:net';
import type { Fields } from '../../main/gateway/wechat-v2/wire/sign.ts';
import { type Answer, fail } from '../answer.ts';

/** What a field of a call has to be like; it has to be there unless `optional`. */
export interface FieldRule {
  readonly optional?: true;
  readonly shape?: RegExp;
  /** In bytes of UTF-8. */
  readonly maxBytes?: number;
}

/** An openid as far as anybody can tell without asking. */
export const OPENID = /^[\w-]{6,64}$/;
export const AMOUNT: FieldRule = { shape: /^[1-9]\d{0,9}$/ };
const NUMBERED = /^[1-9]\d{0,9}$/;

/** The first rule that is broken, as this family of calls says it; undefined when none is. */
export function brokenRule(fields: Fields, rules: Readonly<Record<string, FieldRule>>): Answer | undefined {
  if (fields.sign_type && fields.sign_type !== 'MD5') return fail('SIGN_ERROR', '签名错误：该接口仅支持MD5');
  for (const [name, rule] of Object.entries(rules)) {
    const value = fields[name] ?? '';
    if (value === '' && rule.optional) continue;
    if (value === '') return fail('PARAM_ERROR', `参数错误:${name}不能为空`);
    const isTooLong = Buffer.byteLength(value) > (rule.maxBytes ?? Number.POSITIVE_INFINITY);
    if (isTooLong || rule.shape?.test(value) === false) return fail('PARAM_ERROR', `参数错误:${name}字段不正确`);
  }
  const address = fields.client_ip || fields.spbill_create_ip;
  return address && isIP(address) === 0 ? fail('PARAM_ERROR', '参数错误:IP地址不正确') : undefined;
}

/** The amount a call is about, for rules that go by amounts; undefined when it has none. */
export function amountOf({ total_amount: total, amount = total }: Fields): number | undefined {
  return amount !== undefined && NUMBERED.test(amount) ? Number(amount) : undefined;
}
