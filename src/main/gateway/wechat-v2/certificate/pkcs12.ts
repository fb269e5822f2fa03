import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import type forge from 'node-forge';
import type { Secret } from '../../../../core/secret.ts';
import { CertificateError } from './client-certificate.ts';

export interface Unpacked {
  readonly certificates: readonly X509Certificate[];
  readonly key: KeyObject;
}

/**
 * Unpacks a PKCS#12 file (.p12, .pfx) of either age. WeChat Pay has long handed them out encrypted with RC2-40, which
 * OpenSSL 3, and so Node's own `pfx` option, refuses; node-forge reads those and the new ones. It is loaded only here,
 * since most tills have PEM files and want to start quickly.
 *
 * @param name the file's name, for messages
 * @throws CertificateError WRONG_PASSWORD, DAMAGED, UNSUPPORTED, NO_CERTIFICATE or NO_KEY
 */
export async function unpackPkcs12(bytes: Uint8Array, password: Secret, name: string): Promise<Unpacked> {
  const { default: library } = await import('node-forge');
  try {
    const { pkcs12, asn1, util } = library;
    const document = asn1.fromDer(util.createBuffer(Buffer.from(bytes).toString('binary')));
    const { safeContents } = pkcs12.pkcs12FromAsn1(document, password.reveal());
    const bags = safeContents.flatMap((content) => content.safeBags);
    return { certificates: certificatesOf(bags, library, name), key: keyOf(bags, library, name) };
  } catch (error) {
    throw error instanceof CertificateError ? error : explain(error, name);
  }
}

function certificatesOf(
  bags: readonly forge.pkcs12.Bag[],
  { asn1, pki }: typeof forge,
  name: string,
): X509Certificate[] {
  const certificates = bags
    .filter((bag) => bag.type === pki.oids.certBag)
    // What the library itself cannot model, such as an elliptic curve, it hands over as plain ASN.1.
    .map((bag) => (bag.cert ? pki.certificateToAsn1(bag.cert) : bag.asn1))
    .map((document) => new X509Certificate(Buffer.from(asn1.toDer(document).getBytes(), 'binary')));
  if (certificates.length === 0) {
    throw new CertificateError('NO_CERTIFICATE', `${name} holds no certificate.`, DOWNLOAD_AGAIN);
  }
  return certificates;
}

function keyOf(bags: readonly forge.pkcs12.Bag[], { asn1, pki }: typeof forge, name: string): KeyObject {
  const bag = bags.find(({ type }) => type === pki.oids.keyBag || type === pki.oids.pkcs8ShroudedKeyBag);
  if (bag === undefined) {
    throw new CertificateError('NO_KEY', `${name} holds no private key.`, DOWNLOAD_AGAIN);
  }
  const document = bag.key ? pki.wrapRsaPrivateKey(pki.privateKeyToAsn1(bag.key)) : bag.asn1;
  const der = Buffer.from(asn1.toDer(document).getBytes(), 'binary');
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
}

const DOWNLOAD_AGAIN = 'Download the certificate again from the merchant platform.';

/** The library tells its troubles apart by message only. */
function explain(error: unknown, name: string): CertificateError {
  const message = error instanceof Error ? error.message : '';
  if (/MAC could not be verified|wrong password|decrypt/i.test(message)) {
    return new CertificateError(
      'WRONG_PASSWORD',
      `The password does not open ${name}, or the file was changed.`,
      'WeChat Pay sets the merchant number as the password: check it in the settings.',
    );
  }
  if (/unsupported|not supported/i.test(message)) {
    return new CertificateError(
      'UNSUPPORTED',
      `${name} is packed by a method that cannot be read here.`,
      'Use apiclient_cert.pem and apiclient_key.pem, which come with it, instead.',
    );
  }
  return new CertificateError('DAMAGED', `${name} is not a whole PKCS#12 file.`, DOWNLOAD_AGAIN);
}
