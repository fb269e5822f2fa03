import { generateKeyPair, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import forge from 'node-forge';
import type { Certificates } from './certificates.ts';

const { pki, asn1, pkcs12, md } = forge;
const DAY_MS = 86_400_000;
const makeKeyPair = promisify(generateKeyPair);

interface KeyPair {
  readonly publicKey: string;
  readonly privateKey: string;
}

interface Wanted {
  readonly commonName: string;
  readonly organization: string;
  readonly years: number;
  readonly extensions: object[];
}

const CA: Wanted = {
  commonName: 'Saoma Simulator CA',
  organization: 'Saoma Simulator',
  years: 10,
  extensions: [
    { name: 'basicConstraints', cA: true, critical: true },
    { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    { name: 'subjectKeyIdentifier' },
  ],
};

const SERVER: Wanted = {
  commonName: 'localhost',
  organization: 'Saoma Simulator',
  years: 5,
  extensions: [
    { name: 'basicConstraints', cA: false },
    { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
    { name: 'extKeyUsage', serverAuth: true },
    {
      name: 'subjectAltName',
      altNames: [
        { type: 2, value: 'localhost' },
        { type: 7, ip: '127.0.0.1' },
        { type: 7, ip: '::1' },
      ],
    },
  ],
};

/** A new CA, a server certificate for this machine and a merchant's certificate. Takes some tenths of a second. */
export async function mintCertificates(mchId: string, now: number): Promise<Certificates> {
  // Node makes the keys: it does so natively and off the main thread, where forge would take seconds.
  const [caKeys, serverKeys, clientKeys] = await Promise.all([rsaKeys(), rsaKeys(), rsaKeys()]);
  const ca = certify(CA, caKeys, CA, caKeys, now);
  const server = certify(SERVER, serverKeys, CA, caKeys, now);
  const client = certify(clientOf(mchId), clientKeys, CA, caKeys, now);
  return {
    caPem: pki.certificateToPem(ca),
    serverCertPem: pki.certificateToPem(server),
    serverKeyPem: serverKeys.privateKey,
    clientCertPem: pki.certificateToPem(client),
    clientKeyPem: clientKeys.privateKey,
    clientP12: toP12(client, clientKeys, mchId),
  };
}

function clientOf(mchId: string): Wanted {
  return {
    commonName: mchId,
    organization: 'Saoma Simulator merchant',
    years: 5,
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', clientAuth: true },
    ],
  };
}

function rsaKeys(): Promise<KeyPair> {
  return makeKeyPair('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}

function certify(
  wanted: Wanted,
  keys: KeyPair,
  issuer: Wanted,
  issuerKeys: KeyPair,
  now: number,
): forge.pki.Certificate {
  const certificate = pki.createCertificate();
  certificate.publicKey = pki.publicKeyFromPem(keys.publicKey);
  certificate.serialNumber = serialNumberOf(randomBytes(16));
  // A day back, for machines whose clocks are a little behind.
  certificate.validity.notBefore = new Date(now - DAY_MS);
  certificate.validity.notAfter = new Date(now + wanted.years * 365 * DAY_MS);
  certificate.setSubject(nameOf(wanted));
  certificate.setIssuer(nameOf(issuer));
  certificate.setExtensions(wanted.extensions);
  certificate.sign(pki.privateKeyFromPem(issuerKeys.privateKey), md.sha256.create());
  return certificate;
}

/**
 * Hex, with the two highest bits 01: an integer that is positive and has no leading zeros. OpenSSL refuses a
 * certificate with either as "illegal padding", which plain random bytes would have now and then.
 */
export function serialNumberOf(random: Buffer): string {
  const [first = 0, ...rest] = random;
  return Buffer.from([(first & 0x3f) | 0x40, ...rest]).toString('hex');
}

function nameOf({ commonName, organization }: Wanted): forge.pki.CertificateField[] {
  return [
    { name: 'organizationName', value: organization },
    { name: 'commonName', value: commonName },
  ];
}

/** Triple DES: the one encryption that OpenSSL 3 still reads without its legacy provider, and old tools already do. */
function toP12(certificate: forge.pki.Certificate, keys: KeyPair, passphrase: string): Buffer {
  const key = pki.privateKeyFromPem(keys.privateKey);
  const p12 = pkcs12.toPkcs12Asn1(key, [certificate], passphrase, { algorithm: '3des' });
  return Buffer.from(asn1.toDer(p12).getBytes(), 'latin1');
}
