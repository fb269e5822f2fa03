import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { connect, createServer } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sign } from '../../src/main/gateway/wechat-v2/wire/sign.ts';
import { buildXml, parseXml } from '../../src/main/gateway/wechat-v2/wire/xml.ts';
import { SAMPLE_CODE } from '../../src/simulator/behaviour/codes.ts';
import { SAMPLE_MERCHANT, type SimulatorOptions } from '../../src/simulator/options.ts';
import { type Simulator, startSimulator } from '../../src/simulator/simulator.ts';
import { createTestClient, type TestClient, type TestClientOptions } from './support/client.ts';
import { PAY_FIELDS } from './support/counter.ts';

const opened: { close(): unknown }[] = [];
/** One set of certificates for the whole file: making them is the slow part. */
const sharedCertificates = mkdtempSync(join(tmpdir(), 'saoma-certificates-'));
let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'saoma-simulator-'));
});

afterEach(async () => {
  for (const thing of opened.splice(0).reverse()) await thing.close();
  rmSync(dir, { recursive: true });
});

afterAll(() => rmSync(sharedCertificates, { recursive: true }));

async function start(options: SimulatorOptions = {}): Promise<Simulator> {
  const simulator = await startSimulator({ certDir: sharedCertificates, ...options });
  opened.push(simulator);
  return simulator;
}

function clientOf(simulator: Simulator, options?: TestClientOptions): TestClient {
  const client = createTestClient(simulator, options);
  opened.push(client);
  return client;
}

describe('the simulator on the wire', () => {
  it('answers as the service does: HTTP 200, text/plain, XML, on a connection that lives on', async () => {
    const client = clientOf(await start());
    const first = await client.pay('T0000001', SAMPLE_CODE);
    expect(first).toMatchObject({ status: 200, contentType: 'text/plain', isSigned: true, isReused: false });
    expect(await client.query('T0000001')).toMatchObject({ fields: { trade_state: 'SUCCESS' }, isReused: true });
  });

  it('is nobody’s server but this machine’s', async () => {
    const { port } = await start();
    expect(await knock('127.0.0.1', port)).toBe('open');
    for (const address of otherAddresses()) expect([address, await knock(address, port)]).toEqual([address, 'shut']);
  });

  it('is not trusted by a client that was not given its CA', async () => {
    const client = clientOf(await start(), { tls: {} });
    await expect(client.pay('T0000001', SAMPLE_CODE)).rejects.toThrow(/self-signed|unable to (get|verify)/);
  });

  it.each(['POST', 'GET', 'PUT'])('takes %s only when it is POST', async (method) => {
    const client = clientOf(await start());
    const received = await client.raw({ path: '/pay/orderquery', body: '', method });
    expect(received.code).toBe(method === 'POST' ? 'POST_DATA_EMPTY' : 'REQUIRE_POST_METHOD');
    expect(received.fields.return_code).toBe('FAIL');
  });

  it('reads no more than 64 KiB', async () => {
    const client = clientOf(await start());
    const body = Buffer.alloc(64 * 1024 + 1, 'x');
    expect(await client.raw({ path: '/pay/micropay', body })).toMatchObject({ code: 'XML_FORMAT_ERROR' });
    expect(await client.query('T0000001')).toMatchObject({ fields: { err_code: 'ORDERNOTEXIST' }, isReused: false });
  });
});

describe('a reversal over TLS', () => {
  it('is refused to a client without a certificate', async () => {
    const simulator = await start();
    const received = await clientOf(simulator, { tls: { ca: simulator.caPem } }).reverse('T0000001');
    expect(received).toMatchObject({ status: 200, code: 'CERT_ERROR', fields: { return_code: 'FAIL' } });
    expect(received.fields).not.toHaveProperty('sign');
  });

  it('is refused to a client whose certificate is of another CA', async () => {
    const simulator = await start();
    const stranger = await start({ certDir: dir });
    const { clientCertPem: cert, clientKeyPem: key } = stranger;
    const received = await clientOf(simulator, { tls: { ca: simulator.caPem, cert, key } }).reverse('T0000001');
    expect(received).toMatchObject({ code: 'CERT_ERROR' });
  });

  it('is done for a client with the .p12 and the mch_id as its passphrase', async () => {
    const simulator = await start();
    const tls = { ca: simulator.caPem, pfx: simulator.clientP12, passphrase: SAMPLE_MERCHANT.mchId };
    const client = clientOf(simulator, { tls });
    await client.pay('T0000001', SAMPLE_CODE);
    expect((await client.reverse('T0000001')).fields).toMatchObject({ result_code: 'SUCCESS', recall: 'N' });
    expect(simulator.books().netFen).toBe(0);
  });
});

describe('a bad day on the wire', () => {
  it('breaks the connection without a byte when a reply is lost, and the money has moved', async () => {
    const simulator = await start();
    const client = clientOf(simulator);
    await expect(client.pay('T0000001', simulator.freshCode('reply-lost'))).rejects.toThrow(/hang up|ECONNRESET/);
    expect(simulator.books().chargedFen).toBe(888);
  });

  it('breaks it as well when the request is lost, and no money has moved', async () => {
    const simulator = await start();
    const client = clientOf(simulator);
    await expect(client.pay('T0000001', simulator.freshCode('request-lost'))).rejects.toThrow(/hang up|ECONNRESET/);
    expect(simulator.orders()).toEqual([]);
  });

  it('sends half a reply as if it were whole', async () => {
    const simulator = await start();
    const { status, text } = await clientOf(simulator).pay('T0000001', simulator.freshCode('garbled'));
    expect(status).toBe(200);
    expect(() => parseXml(text)).toThrow();
  });

  it('sends a web page with HTTP 502', async () => {
    const simulator = await start();
    const received = await clientOf(simulator).pay('T0000001', simulator.freshCode('bad-gateway'));
    expect(received).toMatchObject({ status: 502, contentType: 'text/html' });
  });

  it('keeps a client waiting for a slow reply', async () => {
    const simulator = await start({ delays: { slowMs: 200 } });
    const startedAt = performance.now();
    const received = await clientOf(simulator).pay('T0000001', simulator.freshCode('slow'));
    expect(received.fields.result_code).toBe('SUCCESS');
    expect(performance.now() - startedAt).toBeGreaterThan(195);
  });

  it('has charged a client that did not wait for its slow reply', async () => {
    const simulator = await start({ delays: { slowMs: 60_000 } });
    const leaving = new AbortController();
    const fields = { ...PAY_FIELDS, out_trade_no: 'T0000001', auth_code: simulator.freshCode('slow') };
    const waiting = clientOf(simulator).call('/pay/micropay', fields, leaving.signal);
    await expect.poll(() => simulator.books().chargedFen).toBe(888);
    leaving.abort();
    await expect(waiting).rejects.toThrow(/abort/);
  });
});

describe('the plain port', () => {
  it('does all the same without TLS, reversals included', async () => {
    const simulator = await start({ plainPort: 0 });
    const { plainPort: port = 0 } = simulator;
    const pay = { ...PAY_FIELDS, out_trade_no: 'T0000001', auth_code: SAMPLE_CODE };
    expect(await askPlainly(port, '/pay/micropay', pay)).toMatchObject({ result_code: 'SUCCESS' });
    const reverse = { out_trade_no: 'T0000001' };
    expect(await askPlainly(port, '/secapi/pay/reverse', reverse)).toMatchObject({
      result_code: 'SUCCESS',
      recall: 'N',
    });
    expect(simulator.books()).toMatchObject({ chargedFen: 888, netFen: 0 });
  });

  it('is not there unless it is asked for', async () => {
    expect(await start()).not.toHaveProperty('plainPort');
  });
});

describe('starting and ending', () => {
  it('ends at once, breaking what is under way, and leaves the port free', async () => {
    const simulator = await start({ delays: { slowMs: 60_000 } });
    const client = clientOf(simulator);
    const waiting = client.pay('T0000001', simulator.freshCode('slow'));
    await expect.poll(() => simulator.books().chargedFen).toBe(888);
    const endsAt = performance.now() + 5_000;
    await Promise.all([expect(waiting).rejects.toThrow(/hang up|ECONNRESET/), simulator.close()]);
    expect(performance.now()).toBeLessThan(endsAt);
    await expect(knock('127.0.0.1', simulator.port)).resolves.toBe('shut');
  });

  it('starts again where it ended, with the same certificates', async () => {
    const first = await start({ dataDir: dir, certDir: dir });
    await clientOf(first).pay('T0000001', SAMPLE_CODE);
    const written = { orders: first.orders(), books: first.books(), caPem: first.caPem };
    await first.close();
    const second = await start({ dataDir: dir, certDir: dir });
    expect({ orders: second.orders(), books: second.books(), caPem: second.caPem }).toEqual(written);
    await second.close();
  });

  it.each(['port', 'plainPort'] as const)('says so when its %s is taken, and leaves nothing behind', async (which) => {
    const holder = createServer();
    const taken = await new Promise<number>((resolve) => {
      holder.listen(0, '127.0.0.1', () => resolve((holder.address() as { port: number }).port));
    });
    opened.push(holder);
    const starting = startSimulator({ certDir: sharedCertificates, dataDir: dir, [which]: taken });
    await expect(starting).rejects.toThrow(new RegExp(`port ${taken} .* another program has it.* choose another port`));
    const again = await start({ dataDir: dir });
    expect(again.books().orders).toBe(0);
  });

  it('will not start on a ledger that is damaged', async () => {
    writeFileSync(join(dir, 'simulator-ledger.jsonl'), 'nonsense\n');
    await expect(startSimulator({ certDir: sharedCertificates, dataDir: dir })).rejects.toThrow(/Move the file away/);
  });

  it('keeps its books readable after its end', async () => {
    const simulator = await start({ dataDir: dir });
    const client = clientOf(simulator);
    await client.pay('T0000001', SAMPLE_CODE);
    await simulator.close();
    expect(simulator.books().chargedFen).toBe(888);
    await simulator.close();
  });

  it('gives out no code for a scenario it does not know', async () => {
    const simulator = await start();
    expect(() => simulator.freshCode('nobody')).toThrow(/no scenario "nobody"/);
  });
});

function otherAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((addresses = []) => addresses);
  return all.map(({ address }) => address).filter((address) => address !== '127.0.0.1' && !address.startsWith('fe80'));
}

function knock(host: string, port: number): Promise<'open' | 'shut'> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    socket.on('connect', () => resolve('open'));
    socket.on('error', () => resolve('shut'));
    socket.on('connect', () => socket.destroy());
  });
}

async function askPlainly(port: number, path: string, fields: Record<string, string>) {
  const { appId, mchId, apiKey } = SAMPLE_MERCHANT;
  const whole = { appid: appId, mch_id: mchId, nonce_str: 'n', ...fields };
  const body = buildXml({ ...whole, sign: sign(whole, apiKey, 'MD5') });
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: '127.0.0.1', port, path, method: 'POST' }, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(chunk);
      resolve(parseXml(Buffer.concat(chunks)));
    });
    request.on('error', reject);
    request.end(body);
  });
}
