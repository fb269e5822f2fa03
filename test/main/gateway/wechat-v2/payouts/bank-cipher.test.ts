import { constants, generateKeyPairSync, privateDecrypt } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Rsa } from 'wechatpay-axios-plugin';
import { createBankCipher, isBankKey } from '../../../../../src/main/gateway/wechat-v2/payouts/bank-cipher.ts';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const PKCS1 = publicKey.export({ type: 'pkcs1', format: 'pem' }).toString();
const PKCS8 = publicKey.export({ type: 'spki', format: 'pem' }).toString();
const TEXTS = ['6222020200112233445', '王小王', ''];

function decrypt(cipher: string, oaepHash: string): string {
  const options = { key: privateKey, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash };
  return privateDecrypt(options, Buffer.from(cipher, 'base64')).toString();
}

describe('what is encrypted for a bank', () => {
  it.each([
    ['PKCS#1, as the gateway gives it', PKCS1],
    ['PKCS#8', PKCS8],
  ])('comes back whole with the private key, by OAEP over SHA-1 (a key in %s)', (_, pem) => {
    const encrypt = createBankCipher(pem);
    for (const text of TEXTS) {
      const cipher = encrypt(text);
      expect(cipher).toMatch(/^[A-Za-z0-9+/]{342}==$/);
      expect(decrypt(cipher, 'sha1')).toBe(text);
      expect(() => decrypt(cipher, 'sha256')).toThrow();
    }
  });

  it('is read by a client written by others, and theirs by us', () => {
    for (const text of TEXTS) {
      expect(Rsa.decrypt(createBankCipher(PKCS1)(text), privateKey)).toBe(text);
      expect(decrypt(Rsa.encrypt(text, publicKey), 'sha1')).toBe(text);
    }
  });

  it('is never the same twice', () => {
    const encrypt = createBankCipher(PKCS1);
    expect(encrypt('王小王')).not.toBe(encrypt('王小王'));
  });

  it.each([
    ['nothing', ''],
    ['no key', '-----BEGIN RSA PUBLIC KEY-----\nAAAA\n-----END RSA PUBLIC KEY-----'],
    [
      'a short key',
      generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ type: 'spki', format: 'pem' }),
    ],
    ['another kind of key', generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' })],
    ['a private key', privateKey.export({ type: 'pkcs8', format: 'pem' })],
  ])('is not encrypted with %s', (_, pem) => {
    expect(isBankKey(pem.toString())).toBe(false);
    expect(() => createBankCipher(pem.toString())).toThrow(TypeError);
  });
});
