import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { inspect } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { Secret } from '../../../../../src/core/secret.ts';
import {
  type CertificateSource,
  loadClientCertificate,
} from '../../../../../src/main/gateway/wechat-v2/certificate/load-certificate.ts';

const fixture = (name: string) => new URL(`../../../../fixtures/certificates/${name}`, import.meta.url).pathname;
const scratch = mkdtempSync(join(tmpdir(), 'saoma-certificate-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const CERT_FILE = fixture('apiclient_cert.pem');
const KEY_FILE = fixture('apiclient_key.pem');
const PASSWORD = new Secret('1900000109');
const issued = new X509Certificate(readFileSync(CERT_FILE));
const NOW = Date.parse(issued.validFrom) + 86_400_000;

const p12 = (name: string, password = PASSWORD): CertificateSource => ({ p12File: fixture(name), password });

function scratchFile(name: string, content: string | Uint8Array): string {
  const path = join(scratch, name);
  writeFileSync(path, content);
  return path;
}

describe('the client certificate', () => {
  it.each([
    ['two PEM files', { certFile: CERT_FILE, keyFile: KEY_FILE }],
    ['a .p12 of today', p12('modern.p12')],
    ['a .p12 without a MAC', p12('modern-without-mac.p12')],
    ['an old .p12, its certificate under RC2-40', p12('legacy.p12')],
    ['an old .p12, its key under RC2-40 as well', p12('legacy-rc2-key.p12')],
  ])('is read from %s', async (_, source) => {
    const { certPem, keyPem, subject, expiresAt } = await loadClientCertificate(source, NOW);
    expect(new X509Certificate(certPem).fingerprint256).toBe(issued.fingerprint256);
    expect(issued.checkPrivateKey(createPrivateKey(keyPem.reveal()))).toBe(true);
    expect(subject).toContain('CN=1900000109');
    expect(expiresAt).toBe(Date.parse(issued.validTo));
    expect(() => createSecureContext({ cert: certPem, key: keyPem.reveal() })).not.toThrow();
  });

  it('is read from the old .p12 although Node itself refuses it', () => {
    const pfx = readFileSync(fixture('legacy.p12'));
    expect(() => createSecureContext({ pfx, passphrase: PASSWORD.reveal() })).toThrow(/unsupported/i);
  });

  it('may have its key on an elliptic curve', async () => {
    const { certPem, keyPem } = await loadClientCertificate(p12('elliptic.p12'), Date.now());
    expect(new X509Certificate(certPem).checkPrivateKey(createPrivateKey(keyPem.reveal()))).toBe(true);
  });

  it('comes first, and the rest of its chain behind it', async () => {
    const { certPem } = await loadClientCertificate(p12('with-chain.p12'), NOW);
    expect(new X509Certificate(certPem).fingerprint256).toBe(issued.fingerprint256);
    expect(certPem.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
  });

  it('keeps its key out of anything printed', async () => {
    const certificate = await loadClientCertificate(p12('modern.p12'), NOW);
    expect(inspect(certificate, { depth: 9 }) + JSON.stringify(certificate)).not.toContain('PRIVATE KEY');
  });
});

describe('a client certificate that cannot be used', () => {
  const legacy = readFileSync(fixture('legacy.p12'));

  it.each<[what: string, code: string, source: CertificateSource]>([
    ['a wrong password', 'WRONG_PASSWORD', p12('modern.p12', new Secret('wrong'))],
    ['a wrong password to an old file', 'WRONG_PASSWORD', p12('legacy.p12', new Secret('wrong'))],
    ['a wrong password to a file without a MAC', 'WRONG_PASSWORD', p12('modern-without-mac.p12', new Secret('wrong'))],
    ['no password', 'WRONG_PASSWORD', p12('legacy.p12', new Secret(''))],
    ['a .p12 without a key', 'NO_KEY', p12('without-key.p12')],
    ['a .p12 without a certificate', 'NO_CERTIFICATE', p12('without-certificate.p12')],
    ['no .p12 at all', 'FILE_MISSING', p12('nowhere.p12')],
    ['a folder', 'FILE_UNREADABLE', p12('.')],
    ['a PEM file given as .p12', 'DAMAGED', p12('apiclient_cert.pem')],
    ['no PEM file', 'FILE_MISSING', { certFile: CERT_FILE, keyFile: fixture('nowhere.pem') }],
    ['certificate and key mixed up', 'DAMAGED', { certFile: KEY_FILE, keyFile: CERT_FILE }],
    ['an encrypted key', 'WRONG_PASSWORD', { certFile: CERT_FILE, keyFile: fixture('encrypted_key.pem') }],
    ['the key of another', 'KEY_MISMATCH', { certFile: CERT_FILE, keyFile: fixture('another_key.pem') }],
  ])('%s is %s', async (_, code, source) => {
    await expect(loadClientCertificate(source, NOW)).rejects.toMatchObject({ name: 'CertificateError', code });
  });

  it.each([
    ['cut short', legacy.subarray(0, legacy.length - 200)],
    ['empty', new Uint8Array()],
    ['an HTML page', Buffer.from('<html>404</html>')],
  ])('a .p12 that is %s is DAMAGED', async (what, content) => {
    const p12File = scratchFile(`${what}.p12`, content);
    await expect(loadClientCertificate({ p12File, password: PASSWORD }, NOW)).rejects.toMatchObject({
      code: 'DAMAGED',
    });
  });

  it('one changed byte shows', async () => {
    const changed = Buffer.from(legacy);
    changed.writeUInt8(changed.readUInt8(600) ^ 1, 600);
    const p12File = scratchFile('changed.p12', changed);
    await expect(loadClientCertificate({ p12File, password: PASSWORD }, NOW)).rejects.toThrow(
      /or the file was changed/,
    );
  });

  it('a PEM certificate cut short is DAMAGED', async () => {
    const certFile = scratchFile('cut.pem', readFileSync(CERT_FILE, 'latin1').replace(/\n.{20}/, '\n'));
    await expect(loadClientCertificate({ certFile, keyFile: KEY_FILE }, NOW)).rejects.toMatchObject({
      code: 'DAMAGED',
    });
  });

  it.each([
    ['EXPIRED', Date.parse(issued.validTo)],
    ['NOT_YET_VALID', Date.parse(issued.validFrom) - 1],
  ])('is %s at the wrong time, and the message names the day', async (code, now) => {
    const loading = loadClientCertificate(p12('modern.p12'), now);
    await expect(loading).rejects.toMatchObject({ code, message: expect.stringMatching(/\d{4}-\d\d-\d\d/) });
  });

  it('says what it means for the money and what to do, and quotes no secret', async () => {
    const password = new Secret('hunter2-hunter2');
    const error: unknown = await loadClientCertificate(p12('legacy.p12', password), NOW).catch(
      (reason: unknown) => reason,
    );
    expect(inspect(error)).toContain('no money is lost');
    expect(inspect(error)).toContain('check it in the settings');
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('hunter2');
  });
});
