import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer as createTcpServer } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { Secret } from '../../../../../src/core/secret.ts';
import {
  openTransport,
  type Transport,
  type TransportOptions,
  type WireCall,
  type WireEvent,
} from '../../../../../src/main/gateway/wechat-v2/transport/transport.ts';
import { createSystemClock } from '../../../../../src/main/system-clock.ts';
import type { Certificates } from '../../../../../src/simulator/certificates/certificates.ts';
import { mintCertificates } from '../../../../../src/simulator/certificates/mint.ts';
import { holdLine } from '../support/held-line.ts';
import { closedPort, type StubCall, startStub } from '../support/stub-gateway.ts';

let certificates: Certificates;
let strangers: Certificates;
beforeAll(async () => {
  [certificates, strangers] = await Promise.all([
    mintCertificates('10000100', Date.now()),
    mintCertificates('10000100', Date.now()),
  ]);
});

const opened: Transport[] = [];
afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(opened.splice(0).map((transport) => transport.close()));
});

function open(hosts: readonly string[], options: Partial<TransportOptions> = {}): Transport {
  const transport = openTransport({
    hosts,
    ca: certificates.caPem,
    connectMs: 2_000,
    clock: createSystemClock(),
    onWire: () => undefined,
    ...options,
  });
  opened.push(transport);
  return transport;
}

const BODY = '<xml><out_trade_no>0001-01-000042-2k7q9</out_trade_no></xml>';
const PAY: WireCall = {
  call: 'pay',
  path: '/pay/micropay',
  body: BODY,
  timeoutMs: 5_000,
  certified: false,
  readOnly: false,
};
const QUERY: WireCall = { ...PAY, call: 'query', path: '/pay/orderquery', readOnly: true };

const answer = ({ response }: StubCall) => response.end('<xml/>');
const REPLY = { outcome: 'reply', body: Buffer.from('<xml/>') };

describe('a call', () => {
  it('is one POST of UTF-8 XML, asks for nothing compressed, and brings the reply’s bytes', async () => {
    await using stub = await startStub(certificates, answer);
    expect(await open([stub.baseUrl]).send(PAY)).toEqual(REPLY);
    expect(stub.calls).toHaveLength(1);
    expect(stub.calls[0]).toMatchObject({
      path: '/pay/micropay',
      fields: { out_trade_no: '0001-01-000042-2k7q9' },
      headers: { 'content-type': 'text/xml; charset=utf-8', 'accept-encoding': 'identity' },
    });
  });

  it('keeps a host’s own path in front, as a sandbox has one', async () => {
    await using stub = await startStub(certificates, answer);
    await open([`${stub.baseUrl}/xdc/apiv2sandbox/`]).send(PAY);
    expect(stub.calls[0]?.path).toBe('/xdc/apiv2sandbox/pay/micropay');
  });

  it('finds the last call’s connection open', async () => {
    await using stub = await startStub(certificates, answer);
    const transport = open([stub.baseUrl]);
    for (let nth = 0; nth < 3; nth++) expect(await transport.send(PAY)).toEqual(REPLY);
    expect(stub.connections()).toBe(1);
  });

  it('does not wait behind another: each has a connection of its own', async () => {
    const waiting: StubCall[] = [];
    await using stub = await startStub(certificates, (call) => {
      if (waiting.push(call) === 3) waiting.forEach(answer);
    });
    const transport = open([stub.baseUrl]);
    expect(await Promise.all([PAY, QUERY, QUERY].map((call) => transport.send(call)))).toEqual([REPLY, REPLY, REPLY]);
  });

  it.each(['http://api.mch.weixin.qq.com', 'https://user:pw@h', 'https://h/?q', 'h', ''])(
    'refuses the host "%s"',
    (url) => {
      expect(() => open([url])).toThrow(TypeError);
    },
  );
});

describe('nothing left this machine', () => {
  it('when nobody listens', async () => {
    const port = await closedPort(certificates);
    expect(await open([`https://127.0.0.1:${port}`]).send(PAY)).toEqual({
      outcome: 'not-sent',
      detail: 'ECONNREFUSED',
    });
  });

  it('when the name does not resolve', async () => {
    const outcome = await open(['https://gateway.invalid']).send(PAY);
    expect(outcome).toMatchObject({ outcome: 'not-sent', detail: expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN)$/) });
  });

  it('when the line accepts and is then silent', async () => {
    await using line = await holdLine();
    const outcome = await open([line.baseUrl], { connectMs: 100 }).send(PAY);
    expect(outcome).toEqual({ outcome: 'not-sent', detail: 'UND_ERR_CONNECT_TIMEOUT' });
    expect(line.accepted()).toBe(1);
  });

  it('when the connection is cut before the TLS handshake is done', async () => {
    const server = createTcpServer((socket) => socket.once('data', () => socket.destroy())).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const outcome = await open([`https://127.0.0.1:${(server.address() as AddressInfo).port}`]).send(PAY);
    expect(outcome).toMatchObject({ outcome: 'not-sent', detail: 'ECONNRESET' });
    server.close();
  });

  it('when the server cannot prove who it is, even where the environment would let that pass', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    await using stub = await startStub(strangers, answer);
    const outcome = await open([stub.baseUrl]).send(PAY);
    expect(outcome).toMatchObject({ outcome: 'not-sent', detail: expect.stringMatching(/CERT|SIGNATURE/) });
    expect(stub.calls).toHaveLength(0);
  });

  it('when the server is another than the one that was asked for', async () => {
    // A certificate by the right authority, made for the merchant and not for any server.
    const { clientCertPem: cert, clientKeyPem: key } = certificates;
    await using stub = await startStub(certificates, answer, { cert, key });
    expect(await open([stub.baseUrl]).send(PAY)).toMatchObject({ outcome: 'not-sent' });
    expect(stub.calls).toHaveLength(0);
  });

  it('when time ran out before there was a connection, and then it never leaves any more', async () => {
    await using stub = await startStub(certificates, answer);
    await using line = await holdLine();
    const transport = open([line.baseUrl]);
    expect(await transport.send({ ...PAY, timeoutMs: 100 })).toEqual({ outcome: 'not-sent', detail: 'TIMEOUT' });
    line.release(stub.port);
    // The connection comes about, is found to be of no use any more, and is let go.
    await expect.poll(() => [stub.connections(), stub.openConnections()]).toEqual([1, 0]);
    expect(stub.calls).toHaveLength(0);
  });
});

describe('the outcome is unknown', () => {
  const unknown = (cause: string, detail: unknown = expect.any(String)) => ({ outcome: 'unknown', cause, detail });

  it('when no reply comes in time; and a reply that comes later is not taken for the next call’s', async () => {
    const late: StubCall[] = [];
    await using stub = await startStub(certificates, (call, nth) => {
      if (nth === 1) late.push(call);
      else call.response.end('<xml>second</xml>');
    });
    const transport = open([stub.baseUrl]);
    expect(await transport.send({ ...PAY, timeoutMs: 150 })).toEqual(unknown('no-reply', 'TIMEOUT'));
    late.forEach(answer);
    expect(await transport.send(QUERY)).toEqual({ outcome: 'reply', body: Buffer.from('<xml>second</xml>') });
  });

  it('when a reply drips in for ever', async () => {
    await using stub = await startStub(certificates, ({ response, socket }) => {
      const drip = setInterval(() => response.write(' '), 20);
      socket.once('close', () => clearInterval(drip));
    });
    expect(await open([stub.baseUrl]).send({ ...PAY, timeoutMs: 200 })).toEqual(unknown('no-reply', 'TIMEOUT'));
  });

  it('when the connection is cut after the request was read', async () => {
    await using stub = await startStub(certificates, ({ socket }) => socket.destroy());
    expect(await open([stub.baseUrl]).send(PAY)).toEqual(unknown('no-reply'));
  });

  it('when the connection is cut at once after the handshake: the request may have been read', async () => {
    const { serverCertPem: cert, serverKeyPem: key } = certificates;
    const server = createTlsServer({ cert, key }, (socket) => socket.destroy()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const events: WireEvent[] = [];
    const outcome = await open([`https://127.0.0.1:${port}`], { onWire: (event) => events.push(event) }).send(PAY);
    // Which of the two it is depends on who was quicker; what must hold is that a request begun is never "not sent".
    expect(outcome.outcome).toBe(events.some(({ type }) => type === 'sending') ? 'unknown' : 'not-sent');
    server.close();
  });

  it('when a connection kept open is closed under the request: it may have been read', async () => {
    await using stub = await startStub(certificates, (call, nth) => (nth === 1 ? answer(call) : call.socket.destroy()));
    const transport = open([stub.baseUrl]);
    await transport.send(PAY);
    expect(await transport.send(PAY)).toEqual(unknown('no-reply'));
    expect(stub.calls).toHaveLength(2);
    expect(stub.connections()).toBe(1);
  });

  it('but a connection seen to be closed while idle is simply replaced', async () => {
    await using stub = await startStub(certificates, answer);
    const transport = open([stub.baseUrl]);
    await transport.send(PAY);
    const [first] = stub.calls;
    first?.socket.end();
    await vi.waitUntil(() => first?.socket.destroyed);
    expect(await transport.send(PAY)).toEqual(REPLY);
    expect(stub.calls).toHaveLength(2);
    expect(stub.connections()).toBe(2);
  });

  it.each<[what: string, cause: string, react: (call: StubCall) => void]>([
    [
      'breaks off in the middle',
      'bad-reply',
      ({ response, socket }) => {
        response.writeHead(200, { 'content-length': 100 });
        response.write('<xml><return_code>SUCC', () => socket.destroy());
      },
    ],
    [
      'ends sooner than it said',
      'bad-reply',
      ({ response, socket }) => {
        response.writeHead(200, { 'content-length': 100 });
        response.write('<xml>', () => socket.end());
      },
    ],
    ['is no HTTP', 'bad-reply', ({ socket }) => socket.end('<xml>hello</xml>\r\n\r\n')],
    ['is larger than 64 KiB', 'bad-reply', ({ response }) => response.end(Buffer.alloc(64 * 1024 + 1, 'x'))],
    [
      'never ends',
      'bad-reply',
      ({ response, socket }) => {
        const flood = () => {
          while (!socket.destroyed && response.write(Buffer.alloc(65_536)));
        };
        response.on('drain', flood);
        flood();
      },
    ],
    [
      'is compressed, small as it is',
      'bad-reply',
      ({ response }) => {
        response.writeHead(200, { 'content-encoding': 'gzip' });
        response.end(gzipSync(Buffer.alloc(10_000_000)));
      },
    ],
    [
      'has headers without end',
      'bad-reply',
      ({ socket }) => socket.write(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(100_000)}`),
    ],
    ['says 502', 'busy', ({ response }) => response.writeHead(502).end('<html>')],
    ['says 429', 'rate-limited', ({ response }) => response.writeHead(429).end()],
    [
      'sends elsewhere',
      'bad-reply',
      ({ response }) => response.writeHead(302, { location: 'https://127.0.0.1/' }).end(),
    ],
  ])('when the reply %s', async (_, cause, react) => {
    await using stub = await startStub(certificates, react);
    expect(await open([stub.baseUrl]).send(PAY)).toEqual(unknown(cause));
    expect(stub.calls).toHaveLength(1);
  });

  it('when the transport is closed under it', async () => {
    await using stub = await startStub(certificates, () => void transport.close());
    const transport = open([stub.baseUrl]);
    expect(await transport.send(PAY)).toEqual(unknown('no-reply', 'UND_ERR_DESTROYED'));
    expect(await transport.send(PAY)).toEqual({ outcome: 'not-sent', detail: 'UND_ERR_DESTROYED' });
  });
});

describe('with a second host', () => {
  it('a call that could not be sent goes there, with the same bytes, and so do the next ones', async () => {
    await using second = await startStub(certificates, answer);
    const port = await closedPort(certificates);
    const events: WireEvent[] = [];
    const transport = open([`https://127.0.0.1:${port}`, second.baseUrl], { onWire: (event) => events.push(event) });
    expect(await transport.send(PAY)).toEqual(REPLY);
    expect(await transport.send(PAY)).toEqual(REPLY);
    expect(second.calls.map(({ fields }) => fields.out_trade_no)).toEqual(Array(2).fill('0001-01-000042-2k7q9'));
    expect(events.filter(({ host }) => host === `127.0.0.1:${port}`)).toHaveLength(1);
    expect(transport.line()).toBe('shaky');
  });

  it('a payment in doubt does not go there: it could be made twice', async () => {
    await using first = await startStub(certificates, ({ socket }) => socket.destroy());
    await using second = await startStub(certificates, answer);
    expect((await open([first.baseUrl, second.baseUrl]).send(PAY)).outcome).toBe('unknown');
    expect([first.calls.length, second.calls.length]).toEqual([1, 0]);
  });

  it('a query in doubt does go there: it changes nothing', async () => {
    await using first = await startStub(certificates, ({ response }) => response.writeHead(502).end());
    await using second = await startStub(certificates, answer);
    expect(await open([first.baseUrl, second.baseUrl]).send(QUERY)).toEqual(REPLY);
    expect([first.calls.length, second.calls.length]).toEqual([1, 1]);
  });

  it('a doubt about the first is not forgotten when the second cannot be reached', async () => {
    await using first = await startStub(certificates, ({ socket }) => socket.destroy());
    const port = await closedPort(certificates);
    const outcome = await open([first.baseUrl, `https://127.0.0.1:${port}`]).send(QUERY);
    expect(outcome.outcome).toBe('unknown');
  });

  it('the whole call still ends in its time, and the next query asks the other host first', async () => {
    await using first = await startStub(certificates, () => undefined);
    await using second = await startStub(certificates, answer);
    const transport = open([first.baseUrl, second.baseUrl]);
    expect(await transport.send({ ...QUERY, timeoutMs: 150 })).toMatchObject({ outcome: 'unknown', detail: 'TIMEOUT' });
    expect(second.calls).toHaveLength(0);
    expect(await transport.send(QUERY)).toEqual(REPLY);
    expect([first.calls.length, second.calls.length]).toEqual([1, 1]);
  });

  it('each host is tried once, and "not sent" is said when none was reached', async () => {
    const ports = [await closedPort(certificates), await closedPort(certificates)];
    const events: WireEvent[] = [];
    const hosts = ports.map((port) => `https://127.0.0.1:${port}`);
    const transport = open(hosts, { onWire: (event) => events.push(event) });
    expect(await transport.send(PAY)).toEqual({ outcome: 'not-sent', detail: 'ECONNREFUSED' });
    expect(events.map(({ type, host }) => [type, host])).toEqual(ports.map((port) => ['outcome', `127.0.0.1:${port}`]));
    expect(transport.line()).toBe('offline');
  });
});

describe('the client certificate', () => {
  const REVERSE: WireCall = { ...PAY, call: 'reverse', path: '/secapi/pay/reverse', certified: true };

  it('is shown on certified calls only', async () => {
    const { clientCertPem: certPem, clientKeyPem } = certificates;
    const clientCertificate = { certPem, keyPem: new Secret(clientKeyPem), subject: '', expiresAt: 0 };
    await using stub = await startStub(certificates, answer);
    const transport = open([stub.baseUrl], { clientCertificate });
    for (const call of [PAY, REVERSE, QUERY, REVERSE]) expect(await transport.send(call)).toEqual(REPLY);
    expect(stub.calls.map(({ clientName }) => clientName)).toEqual([undefined, '10000100', undefined, '10000100']);
    expect(stub.connections()).toBe(2);
  });

  it.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'missing, by %s, is not-sent or unknown, and its detail tells why',
    async (version) => {
      const options = { rejectUnauthorized: true, minVersion: version, maxVersion: version };
      await using stub = await startStub(certificates, answer, options);
      const outcome = await open([stub.baseUrl]).send(REVERSE);
      expect(outcome).toMatchObject({
        outcome: version === 'TLSv1.2' ? 'not-sent' : 'unknown',
        detail: expect.stringMatching(/ALERT/),
      });
      expect(stub.calls).toHaveLength(0);
    },
  );
});

describe('connecting ahead', () => {
  it('makes one connection, which the next call then uses', async () => {
    await using stub = await startStub(certificates, answer);
    const transport = open([stub.baseUrl]);
    await Promise.all([transport.warmUp(), transport.warmUp()]);
    await transport.warmUp();
    expect(stub.connections()).toBe(1);
    expect(transport.line()).toBe('online');
    expect(await transport.send(PAY)).toEqual(REPLY);
    await transport.warmUp();
    expect(stub.connections()).toBe(1);
  });

  it('is waited for by a call that comes in the middle of it', async () => {
    await using stub = await startStub(certificates, answer);
    await using line = await holdLine();
    const transport = open([line.baseUrl]);
    const [warming, sending] = [transport.warmUp(), transport.send(PAY)];
    await expect.poll(line.accepted).toBe(1);
    line.release(stub.port);
    expect(await sending).toEqual(REPLY);
    await warming;
    expect([line.accepted(), stub.connections()]).toEqual([1, 1]);
  });

  it('is of no harm when the server has closed that connection meanwhile', async () => {
    await using stub = await startStub(certificates, answer, { headersTimeout: 0 });
    await using line = await holdLine();
    line.release(stub.port);
    const transport = open([line.baseUrl]);
    await transport.warmUp();
    await stub.close();
    await using again = await startStub(certificates, answer);
    line.release(again.port);
    const outcome = await transport.send(PAY);
    // Closed seen: replaced. Not yet seen: in doubt. Never a promise that nothing was sent.
    expect(['reply', 'unknown']).toContain(outcome.outcome);
  });

  it('finds the host that can be reached, and remembers it', async () => {
    await using second = await startStub(certificates, answer);
    const port = await closedPort(certificates);
    const events: WireEvent[] = [];
    const transport = open([`https://127.0.0.1:${port}`, second.baseUrl], { onWire: (event) => events.push(event) });
    await transport.warmUp();
    expect(await transport.send(PAY)).toEqual(REPLY);
    expect(new Set(events.map(({ host }) => host))).toEqual(new Set([`127.0.0.1:${second.port}`]));
    expect(second.connections()).toBe(1);
  });

  it('tells at once that the line is down, without a sale having to find out', async () => {
    const port = await closedPort(certificates);
    const transport = open([`https://127.0.0.1:${port}`]);
    await transport.warmUp();
    expect(transport.line()).toBe('offline');
  });

  it('leaves no connection behind when it is closed', async () => {
    await using stub = await startStub(certificates, answer);
    const transport = open([stub.baseUrl]);
    await transport.warmUp();
    await transport.close();
    await expect.poll(() => [stub.connections(), stub.openConnections()]).toEqual([1, 0]);
  });
});
