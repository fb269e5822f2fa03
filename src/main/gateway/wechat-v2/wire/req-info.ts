import { createCipheriv, createDecipheriv, createHash } from 'node:crypto';
import type { Secret } from '../../../../core/secret.ts';

/*
 * The `req_info` of a refund notification: AES-256-ECB with PKCS#7 padding, in base64, under the lower-case hex MD5 of
 * the API key taken as 32 characters. ECB protects no integrity: whoever decrypts has proof that the sender knew the
 * key, and none that all blocks are in their place.
 *
 * @see WeChat Pay API v2, chapter 9_16; known answers in test/fixtures/wechat-v2-vectors.json
 */

const CIPHER = 'aes-256-ecb';
const BLOCK_BYTES = 16;

export class ReqInfoError extends Error {
  override name = 'ReqInfoError';
}

/** @throws ReqInfoError when it is no ciphertext of this key; never quotes it. */
export function decryptReqInfo(reqInfo: string, apiKey: Secret): Buffer {
  const text = reqInfo.replace(/\s+/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) throw new ReqInfoError('not base64');
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length === 0 || bytes.length % BLOCK_BYTES !== 0) throw new ReqInfoError('not whole blocks');
  try {
    const decipher = createDecipheriv(CIPHER, keyOf(apiKey), null);
    return Buffer.concat([decipher.update(bytes), decipher.final()]);
  } catch {
    throw new ReqInfoError('another key, or damaged');
  }
}

export function encryptReqInfo(text: string, apiKey: Secret): string {
  const cipher = createCipheriv(CIPHER, keyOf(apiKey), null);
  return Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]).toString('base64');
}

function keyOf(apiKey: Secret): Buffer {
  return Buffer.from(createHash('md5').update(apiKey.reveal()).digest('hex'), 'ascii');
}
