import { constants, createPublicKey, generateKeyPairSync, type KeyObject, privateDecrypt } from 'node:crypto';

/** The key pair that card numbers and names are encrypted for. */
export interface BankVault {
  /** PKCS#1 PEM, as the service gives it. */
  publicKeyPem(): string;
  /** The text; undefined when it was not encrypted with this key, or not with OAEP. */
  open(cipher: string): string | undefined;
}

const KEY_BITS = 2048;

/** The pair is made when it is first asked for, since few tills do; it lives as long as this simulator. */
export function createBankVault(): BankVault {
  let pair: KeyObject | undefined;
  const key = () => {
    pair ??= generateKeyPairSync('rsa', { modulusLength: KEY_BITS }).privateKey;
    return pair;
  };
  return {
    publicKeyPem: () => createPublicKey(key()).export({ type: 'pkcs1', format: 'pem' }).toString(),
    open(cipher) {
      try {
        const options = { key: key(), padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' };
        return privateDecrypt(options, Buffer.from(cipher, 'base64')).toString('utf8');
      } catch {
        return undefined;
      }
    },
  };
}
