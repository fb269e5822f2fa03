import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Secret } from '../../../../core/secret.ts';

export type SignType = 'MD5' | 'HMAC-SHA256';

/** Names and values as they travel, all text. Never coerced: a transaction_id has 28 digits, and "0.00" is not "0". */
export type Fields = Readonly<Record<string, string>>;

/**
 * The v2 API's signature over a set of fields, upper-case hex. `sign` itself and empty values take no part; "0" does.
 * Names are sorted by their bytes, values are raw UTF-8 (neither URL- nor XML-escaped), the key comes last.
 *
 * @see WeChat Pay API v2, chapter 4.3; known answers in test/fixtures/wechat-v2-vectors.json
 */
export function sign(fields: Fields, key: Secret, type: SignType): string {
  const text = signedText(fields, key);
  const hash = type === 'MD5' ? createHash('md5') : createHmac('sha256', key.reveal());
  return hash.update(text, 'utf8').digest('hex').toUpperCase();
}

/** Whether `fields.sign` is the right signature of the rest. Compared in constant time. */
export function isSignedBy(fields: Fields, key: Secret, type: SignType): boolean {
  const given = Buffer.from((fields.sign ?? '').toUpperCase(), 'utf8');
  const expected = Buffer.from(sign(fields, key, type), 'utf8');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function signedText(fields: Fields, key: Secret): string {
  let text = '';
  for (const name of Object.keys(fields).sort()) {
    const value = fields[name];
    if (name !== 'sign' && value) text += `${name}=${value}&`;
  }
  // With no fields at all the text is "&key=…", as the published vector has it.
  return `${text || '&'}key=${key.reveal()}`;
}
