import { constants, createPublicKey, type KeyObject, publicEncrypt } from 'node:crypto';

/**
 * Encrypts card numbers and names as pay_bank wants them: RSA with OAEP padding over SHA-1, in base64. The padding is
 * random, so no two ciphers are the same; what is sent again under the same number differs in these fields, and that
 * is no other payout to the gateway.
 *
 * @param publicKeyPem as getpublickey gives it (PKCS#1), or as PKCS#8
 * @throws TypeError when it is not an RSA public key of at least 2048 bits; never quotes what it was given
 */
export function createBankCipher(publicKeyPem: string): (text: string) => string {
  const key = readKey(publicKeyPem);
  return (text) =>
    publicEncrypt({ key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' }, Buffer.from(text)).toString(
      'base64',
    );
}

export function isBankKey(publicKeyPem: string): boolean {
  try {
    readKey(publicKeyPem);
    return true;
  } catch {
    return false;
  }
}

const KEY_MIN_BITS = 2048;

function readKey(publicKeyPem: string): KeyObject {
  const key = parse(publicKeyPem);
  const bits = key?.asymmetricKeyDetails?.modulusLength ?? 0;
  if (key?.asymmetricKeyType !== 'rsa' || bits < KEY_MIN_BITS) {
    throw new TypeError('Not an RSA public key of at least 2048 bits. Nothing was paid: fetch the key again.');
  }
  return key;
}

/** A private key would do for Node, which makes a public one of it; it has no business here. */
function parse(publicKeyPem: string): KeyObject | undefined {
  if (/PRIVATE/.test(publicKeyPem)) return undefined;
  try {
    return createPublicKey(publicKeyPem);
  } catch {
    return undefined;
  }
}
