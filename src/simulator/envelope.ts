import { isUtf8 } from 'node:buffer';
import { type Fields, isSignedBy, type SignType } from '../main/gateway/wechat-v2/wire/sign.ts';
import { parseXml, XML_MAX_BYTES } from '../main/gateway/wechat-v2/wire/xml.ts';
import type { Merchant } from './options.ts';

/** A request whose sender is who it says. */
export interface Letter {
  readonly fields: Fields;
  /** The answer is signed the same way. */
  readonly signType: SignType;
}

/** Refused before anybody looked at the business: answered by `return_code=FAIL`. */
export interface Returned {
  /** The service's name for it, which the answer on the wire does not carry. */
  readonly code: string;
  readonly returnMsg: string;
}

/** What a call calls the appid, if it wants one, and the merchant's number. */
export interface IdNames {
  readonly appId?: string;
  readonly mchId: string;
}

const USUAL_NAMES: IdNames = { appId: 'appid', mchId: 'mch_id' };

/** Opens a request: method, bytes, XML, identity and signature, in the service's own order. */
export function openLetter(method: string, body: Buffer, merchant: Merchant, names = USUAL_NAMES): Letter | Returned {
  if (method !== 'POST') return returned('REQUIRE_POST_METHOD', '请使用post方法');
  if (body.length === 0) return returned('POST_DATA_EMPTY', 'post数据为空');
  if (body.length > XML_MAX_BYTES) return returned('XML_FORMAT_ERROR', 'XML格式错误');
  if (!isUtf8(body)) return returned('NOT_UTF8', '编码格式错误');

  const fields = readFields(body);
  if (!fields) return returned('XML_FORMAT_ERROR', 'XML格式错误');
  for (const name of [...(names.appId ? [names.appId] : []), names.mchId, 'nonce_str', 'sign']) {
    if (!fields[name]) return returned('LACK_PARAMS', `缺少参数${name}`);
  }
  return whoIs(fields, merchant, names) ?? checkSign(fields, merchant);
}

function readFields(body: Buffer): Fields | undefined {
  try {
    return parseXml(body);
  } catch {
    return undefined;
  }
}

function whoIs(fields: Fields, merchant: Merchant, names: IdNames): Returned | undefined {
  const appId = names.appId ? fields[names.appId] : merchant.appId;
  if (fields[names.mchId] !== merchant.mchId) return returned('MCHID_NOT_EXIST', `${names.mchId}不存在`);
  if (appId === merchant.appId) return undefined;
  // The only difference that one merchant's simulator can see: an appid that could be somebody's, or nobody's.
  if (/^wx[0-9a-z]{16}$/.test(appId ?? '')) return returned('APPID_MCHID_NOT_MATCH', 'appid和mch_id不匹配');
  return returned('APPID_NOT_EXIST', 'appid不存在');
}

function checkSign(fields: Fields, merchant: Merchant): Letter | Returned {
  const signType = fields.sign_type || 'MD5';
  if (signType !== 'MD5' && signType !== 'HMAC-SHA256') return returned('SIGNERROR', '签名类型错误');
  if (!isSignedBy(fields, merchant.apiKey, signType)) return returned('SIGNERROR', '签名错误');
  return { fields, signType };
}

export function returned(code: string, returnMsg: string): Returned {
  return { code, returnMsg };
}
