import { execFileSync, spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { loadOrMakeCertificates } from '../../../src/simulator/certificates/certificate-folder.ts';
import type { Certificates } from '../../../src/simulator/certificates/certificates.ts';

const MCH_ID = '10000100';
const DAY_MS = 86_400_000;
const hasOpenssl = spawnSync('openssl', ['version']).status === 0;
let root: string;
let dir: string;
let folders = 0;

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'saoma-certificates-'));
});
beforeEach(() => {
  folders += 1;
  dir = join(root, String(folders));
});
afterAll(() => rmSync(root, { recursive: true }));

function load(mchId = MCH_ID): Promise<Certificates> {
  return loadOrMakeCertificates(mchId, dir);
}

describe('certificates that were made', () => {
  it('bear the names that a merchant knows, for their owner alone', async () => {
    await load();
    expect(readdirSync(dir).sort()).toEqual([
      'apiclient_cert.p12',
      'apiclient_cert.pem',
      'apiclient_key.pem',
      'ca.pem',
      'server_cert.pem',
      'server_key.pem',
    ]);
    for (const name of readdirSync(dir)) expect(statSync(join(dir, name)).mode & 0o077).toBe(0);
  });

  it('are a server of this machine and a merchant, both of one CA', async () => {
    const { caPem, serverCertPem, clientCertPem } = await load();
    const ca = new X509Certificate(caPem);
    const server = new X509Certificate(serverCertPem);
    expect(ca.ca).toBe(true);
    expect(server.checkIssued(ca) && server.verify(ca.publicKey)).toBe(true);
    expect(server.checkHost('localhost')).toBe('localhost');
    expect(server.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(server.checkIP('::1')).toBe('::1');
    expect(server.checkHost('api.mch.weixin.qq.com')).toBeUndefined();
    expect(new X509Certificate(clientCertPem).subject).toContain(`CN=${MCH_ID}`);
  });

  it('have a .p12 that Node reads with the mch_id, and with nothing else', async () => {
    const { clientP12: pfx } = await load();
    expect(() => createSecureContext({ pfx, passphrase: MCH_ID })).not.toThrow();
    expect(() => createSecureContext({ pfx, passphrase: '10000101' })).toThrow();
  });

  it.skipIf(!hasOpenssl)('have a .p12 that OpenSSL reads without its legacy provider', async () => {
    const { clientCertPem } = await load();
    const args = ['pkcs12', '-in', join(dir, 'apiclient_cert.p12'), '-passin', `pass:${MCH_ID}`, '-nokeys'];
    const certificate = execFileSync('openssl', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const [, base64 = ''] = /-----BEGIN CERTIFICATE-----([^-]+)/.exec(certificate) ?? [];
    expect(clientCertPem.replace(/\s/g, '')).toContain(base64.replace(/\s/g, ''));
  });
});

describe('certificates that were kept', () => {
  it('are used again', async () => {
    const made = await load();
    expect(await load()).toEqual(made);
  });

  it.each([
    ['a file is missing', () => rmSync(join(dir, 'server_key.pem'))],
    ['a file is damaged', () => writeFileSync(join(dir, 'apiclient_cert.pem'), 'no certificate')],
    ['the .p12 is damaged', () => writeFileSync(join(dir, 'apiclient_cert.p12'), Buffer.alloc(100))],
    ['a key is not its certificate’s', () => copy('server_key.pem', 'apiclient_key.pem')],
  ])('are all made anew when %s', async (_why, harm) => {
    const made = await load();
    harm();
    const again = await load();
    expect(new X509Certificate(again.serverCertPem).verify(new X509Certificate(again.caPem).publicKey)).toBe(true);
    expect(again.caPem).not.toBe(made.caPem);
    expect(await load()).toEqual(again);
  });

  it('are made anew a month before they run out, and not sooner', async () => {
    const made = await load();
    expect(await loadOrMakeCertificates(MCH_ID, dir, Date.now() + 1_790 * DAY_MS)).toEqual(made);
    expect(await loadOrMakeCertificates(MCH_ID, dir, Date.now() + 1_800 * DAY_MS)).not.toEqual(made);
  });

  it('are made anew for another merchant, whose .p12 has another passphrase', async () => {
    await load();
    const { clientP12: pfx } = await load('10000101');
    expect(() => createSecureContext({ pfx, passphrase: '10000101' })).not.toThrow();
  });

  it('cannot be kept in a folder that is a file: the message says what to do', async () => {
    writeFileSync(dir, '');
    await expect(load()).rejects.toThrow(/cannot keep its certificates .* give the simulator another one/);
  });
});

function copy(from: string, to: string): void {
  writeFileSync(join(dir, to), readFileSync(join(dir, from)));
}
