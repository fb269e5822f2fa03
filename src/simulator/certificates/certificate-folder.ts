import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { wordsOf } from '../../core/caught.ts';
import type { Certificates } from './certificates.ts';
import { mintCertificates } from './mint.ts';

/** Names that a merchant knows, and the simulator's own beside them. */
const FILES = {
  caPem: 'ca.pem',
  serverCertPem: 'server_cert.pem',
  serverKeyPem: 'server_key.pem',
  clientCertPem: 'apiclient_cert.pem',
  clientKeyPem: 'apiclient_key.pem',
  clientP12: 'apiclient_cert.p12',
} as const satisfies Record<keyof Certificates, string>;

export class CertificateFolderError extends Error {
  override name = 'CertificateFolderError';
}

const RENEW_BEFORE_END_MS = 30 * 86_400_000;

/**
 * The certificates in `dir`, or new ones when they are missing, damaged, about to expire, or somebody else's. All are
 * made together: the CA's key is thrown away, so that nobody can ever sign with it. In memory when no `dir` is given.
 *
 * @throws CertificateFolderError when they cannot be written
 */
export async function loadOrMakeCertificates(
  mchId: string,
  dir: string | undefined,
  wallClockMs: number = Date.now(),
): Promise<Certificates> {
  if (dir === undefined) return mintCertificates(mchId, wallClockMs);
  const kept = load(dir);
  if (kept && areGood(kept, mchId, wallClockMs)) return kept;
  const made = await mintCertificates(mchId, wallClockMs);
  save(dir, made);
  return made;
}

function load(dir: string): Certificates | undefined {
  try {
    const read = (name: keyof Certificates) => readFileSync(join(dir, FILES[name]));
    return {
      caPem: read('caPem').toString('latin1'),
      serverCertPem: read('serverCertPem').toString('latin1'),
      serverKeyPem: read('serverKeyPem').toString('latin1'),
      clientCertPem: read('clientCertPem').toString('latin1'),
      clientKeyPem: read('clientKeyPem').toString('latin1'),
      clientP12: read('clientP12'),
    };
  } catch {
    return undefined;
  }
}

function areGood(certificates: Certificates, mchId: string, now: number): boolean {
  const { caPem, serverCertPem, serverKeyPem, clientCertPem, clientKeyPem, clientP12 } = certificates;
  try {
    const ca = new X509Certificate(caPem);
    createSecureContext({ pfx: clientP12, passphrase: mchId });
    return isGood(serverCertPem, serverKeyPem, ca, now) && isGood(clientCertPem, clientKeyPem, ca, now);
  } catch {
    return false;
  }
}

function isGood(certPem: string, keyPem: string, ca: X509Certificate, now: number): boolean {
  const certificate = new X509Certificate(certPem);
  return (
    certificate.verify(ca.publicKey) &&
    certificate.checkPrivateKey(createPrivateKey(keyPem)) &&
    Date.parse(certificate.validFrom) <= now &&
    Date.parse(certificate.validTo) > now + RENEW_BEFORE_END_MS
  );
}

function save(dir: string, certificates: Certificates): void {
  try {
    mkdirSync(dir, { recursive: true });
    for (const name of Object.keys(FILES) as (keyof Certificates)[]) {
      replaceFile(join(dir, FILES[name]), certificates[name]);
    }
  } catch (error) {
    throw new CertificateFolderError(
      `The simulator cannot keep its certificates in ${dir} (${wordsOf(error)}). ` +
        'Make the folder writable, or give the simulator another one.',
    );
  }
}

/** Whoever reads finds the old file or the new one, never half of one. A set that is mixed is found out at loading. */
function replaceFile(path: string, content: string | Buffer): void {
  writeFileSync(`${path}.new`, content, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
