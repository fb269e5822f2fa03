import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { codeOf } from '../../../../core/caught.ts';
import { Secret } from '../../../../core/secret.ts';
import { CertificateError, type ClientCertificate } from './client-certificate.ts';
import { type Unpacked, unpackPkcs12 } from './pkcs12.ts';

/** Where the merchant platform's download was put: its two PEM files, or its .p12 and the password to it. */
export type CertificateSource =
  | { readonly certFile: string; readonly keyFile: string }
  | { readonly p12File: string; readonly password: Secret };

/**
 * Reads and checks the client certificate, so that trouble shows at the start and not at the first reversal.
 *
 * @param now epoch milliseconds
 * @throws CertificateError
 */
export async function loadClientCertificate(source: CertificateSource, now: number): Promise<ClientCertificate> {
  const [{ certificates, key }, name] =
    'p12File' in source
      ? [await unpackPkcs12(await read(source.p12File), source.password, basename(source.p12File)), source.p12File]
      : [await readPemFiles(source.certFile, source.keyFile), source.certFile];
  return check(certificates, key, basename(name), now);
}

async function readPemFiles(certFile: string, keyFile: string): Promise<Unpacked> {
  const [certText, keyText] = [await read(certFile), await read(keyFile)].map((bytes) => bytes.toString('latin1'));
  return {
    certificates: readPemCertificates(certText ?? '', basename(certFile)),
    key: readPemKey(keyText ?? '', basename(keyFile)),
  };
}

async function read(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw codeOf(error) === 'ENOENT'
      ? new CertificateError('FILE_MISSING', `There is no file ${path}.`, 'Check the path in the settings.')
      : new CertificateError('FILE_UNREADABLE', `${path} cannot be read.`, 'Check who may read it.');
  }
}

function readPemCertificates(text: string, name: string): X509Certificate[] {
  const blocks = text.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
  try {
    if (blocks.length > 0) return blocks.map((block) => new X509Certificate(block));
  } catch {
    // What OpenSSL has to say of a broken block helps nobody at a till.
  }
  throw new CertificateError(
    'DAMAGED',
    `${name} holds no whole PEM certificate.`,
    'Use apiclient_cert.pem as downloaded.',
  );
}

function readPemKey(text: string, name: string): KeyObject {
  if (/ENCRYPTED/.test(text)) {
    throw new CertificateError('WRONG_PASSWORD', `${name} is encrypted.`, 'Use apiclient_key.pem as downloaded.');
  }
  try {
    return createPrivateKey(text);
  } catch {
    throw new CertificateError('DAMAGED', `${name} holds no whole PEM key.`, 'Use apiclient_key.pem as downloaded.');
  }
}

function check(certificates: readonly X509Certificate[], key: KeyObject, name: string, now: number): ClientCertificate {
  const own = certificates.find((certificate) => certificate.checkPrivateKey(key));
  if (own === undefined) {
    const remedy = 'Use the certificate and the key of one and the same download.';
    throw new CertificateError(
      'KEY_MISMATCH',
      `The certificate in ${name} and the private key do not belong together.`,
      remedy,
    );
  }
  const [from, until] = [Date.parse(own.validFrom), Date.parse(own.validTo)];
  if (now >= until) {
    const remedy = 'Apply for a new one at the merchant platform, or check this machine’s date.';
    throw new CertificateError('EXPIRED', `The certificate in ${name} expired on ${dayOf(until)}.`, remedy);
  }
  if (now < from) {
    const remedy = 'Check this machine’s date.';
    throw new CertificateError(
      'NOT_YET_VALID',
      `The certificate in ${name} is valid from ${dayOf(from)} only.`,
      remedy,
    );
  }
  const chain = [own, ...certificates.filter((certificate) => certificate !== own)];
  return {
    certPem: chain.map((certificate) => certificate.toString()).join(''),
    keyPem: new Secret(key.export({ type: 'pkcs8', format: 'pem' }).toString()),
    subject: own.subject,
    expiresAt: until,
  };
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
