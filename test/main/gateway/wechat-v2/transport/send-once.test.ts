import { once } from 'node:events';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { WireEvent } from '../../../../../src/main/gateway/wechat-v2/transport/transport.ts';
import { mintCertificates } from '../../../../../src/simulator/certificates/mint.ts';
import { holdLine } from '../support/held-line.ts';
import { type StubCall, startStub } from '../support/stub-gateway.ts';
import { answer, PAY, QUERY, REPLY, transportBench } from '../support/transport-bench.ts';

const bench = transportBench();

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('a call', () => {
  it('is one POST of UTF-8 XML, asks for nothing compressed, and brings the reply’s bytes', async () => {
    await using stub = await startStub(bench.certificates, answer);
    expect(await bench.open([stub.baseUrl]).send(PAY)).toEqual(REPLY);
    expect(stub.calls).toHaveLength(1);
    expect(stub.calls[0]).toMatchObject({
      path: '/pay/micropay',
      fields: { out_trade_no: '0001-01-000042-2k7q9' },
      headers: { 'content-type': 'text/xml; charset=utf-8', 'accept-encoding': 'identity' },
    });
  });

  it('keeps a host’s own path in front, as a sandbox has one', async () => {
    await using stub = await startStub(bench.certificates, answer);
    await bench.open([`${stub.baseUrl}/xdc/apiv2sandbox/`]).send(PAY);
    expect(stub.calls[0]?.path).toBe('/xdc/apiv2sandbox/pay/micropay');
  });

  it('finds the last call’s connection open', async () => {
    await using stub = await startStub(bench.certificates, answer);
    const transport = bench.open([stub.baseUrl]);
    for (let nth = 0; nth < 3; nth++) expect(await transport.send(PAY)).toEqual(REPLY);
    expect(stub.connections()).toBe(1);
  });

  it('does not wait behind another: each has a connection of its own', async () => {
    const waiting: StubCall[] = [];
    await using stub = await startStub(bench.certificates, (call) => {
      if (waiting.push(call) === 3) waiting.forEach(answer);
    });
    const transport = bench.open([stub.baseUrl]);
    expect(await Promise.all([PAY, QUERY, QUERY].map((call) => transport.send(call)))).toEqual([REPLY, REPLY, REPLY]);
  });

  it.each(['http://api.mch.weixin.qq.com', 'https://user:pw@h', 'https://h/?q', 'h', ''])(
    'refuses the host "%s"',
    (url) => {
      expect(() => bench.open([url])).toThrow(TypeError);
    },
  );
});

describe('nothing left this machine', () => {
  it('when nobody listens', async () => {
    expect(await bench.open([bench.nowhere]).send(PAY)).toEqual({
      outcome: 'not-sent',
      detail: 'ECONNREFUSED',
    });
  });

  it('when the name does not resolve', async () => {
    const outcome = await bench.open(['https://gateway.invalid']).send(PAY);
    expect(outcome).toMatchObject({ outcome: 'not-sent', detail: expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN)$/) });
  });

  it('when the line accepts and is then silent', async () => {
    await using line = await holdLine();
    const outcome = await bench.open([line.baseUrl], { connectMs: 100 }).send(PAY);
    expect(outcome).toEqual({ outcome: 'not-sent', detail: 'UND_ERR_CONNECT_TIMEOUT' });
    expect(line.accepted()).toBe(1);
  });

  it('when the connection is cut before the TLS handshake is done', async () => {
    const server = createTcpServer((socket) => socket.once('data', () => socket.destroy())).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const outcome = await bench.open([`https://127.0.0.1:${(server.address() as AddressInfo).port}`]).send(PAY);
    expect(outcome).toMatchObject({ outcome: 'not-sent', detail: 'ECONNRESET' });
    server.close();
  });

  it('when the server cannot prove who it is, even where the environment would let that pass', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    await using stub = await startStub(await mintCertificates('10000100', Date.now()), answer);
    const outcome = await bench.open([stub.baseUrl]).send(PAY);
    expect(outcome).toMatchObject({ outcome: 'not-sent', detail: expect.stringMatching(/CERT|SIGNATURE/) });
    expect(stub.calls).toHaveLength(0);
  });

  it('when the server is another than the one that was asked for', async () => {
    // A certificate by the right authority, made for the merchant and not for any server.
    const { clientCertPem: cert, clientKeyPem: key } = bench.certificates;
    await using stub = await startStub(bench.certificates, answer, { cert, key });
    expect(await bench.open([stub.baseUrl]).send(PAY)).toMatchObject({ outcome: 'not-sent' });
    expect(stub.calls).toHaveLength(0);
  });

  it('when time ran out before there was a connection, and then it never leaves any more', async () => {
    await using stub = await startStub(bench.certificates, answer);
    await using line = await holdLine();
    const transport = bench.open([line.baseUrl]);
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
    await using stub = await startStub(bench.certificates, (call, nth) => {
      if (nth === 1) late.push(call);
      else call.response.end('<xml>second</xml>');
    });
    const transport = bench.open([stub.baseUrl]);
    expect(await transport.send({ ...PAY, timeoutMs: 150 })).toEqual(unknown('no-reply', 'TIMEOUT'));
    await expect.poll(stub.openConnections).toBe(0);
    late.forEach(answer);
    expect(await transport.send(QUERY)).toEqual({ outcome: 'reply', body: Buffer.from('<xml>second</xml>') });
  });

  it('when a reply drips in for ever', async () => {
    await using stub = await startStub(bench.certificates, ({ response, socket }) => {
      const drip = setInterval(() => response.write(' '), 20);
      socket.once('close', () => clearInterval(drip));
    });
    expect(await bench.open([stub.baseUrl]).send({ ...PAY, timeoutMs: 200 })).toEqual(unknown('no-reply', 'TIMEOUT'));
    await expect.poll(stub.openConnections).toBe(0);
  });

  it('when the connection is cut after the request was read', async () => {
    await using stub = await startStub(bench.certificates, ({ socket }) => socket.destroy());
    expect(await bench.open([stub.baseUrl]).send(PAY)).toEqual(unknown('no-reply'));
  });

  it('when the connection is cut at once after the handshake: the request may have been read', async () => {
    const { serverCertPem: cert, serverKeyPem: key } = bench.certificates;
    const server = createTlsServer({ cert, key }, (socket) => socket.destroy()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const events: WireEvent[] = [];
    const outcome = await bench
      .open([`https://127.0.0.1:${port}`], { onWire: (event) => events.push(event) })
      .send(PAY);
    // Which of the two it is depends on who was quicker; what must hold is that a request begun is never "not sent".
    expect(outcome.outcome).toBe(events.some(({ type }) => type === 'sending') ? 'unknown' : 'not-sent');
    server.close();
  });

  it('when a connection kept open is closed under the request: it may have been read', async () => {
    await using stub = await startStub(bench.certificates, (call, nth) =>
      nth === 1 ? answer(call) : call.socket.destroy(),
    );
    const transport = bench.open([stub.baseUrl]);
    await transport.send(PAY);
    expect(await transport.send(PAY)).toEqual(unknown('no-reply'));
    expect(stub.calls).toHaveLength(2);
    expect(stub.connections()).toBe(1);
  });

  it('but a connection seen to be closed while idle is simply replaced', async () => {
    await using stub = await startStub(bench.certificates, answer);
    const transport = bench.open([stub.baseUrl]);
    await transport.send(PAY);
    const [first] = stub.calls;
    first?.socket.end();
    await vi.waitUntil(() => first?.socket.destroyed, { timeout: 10_000 });
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
    await using stub = await startStub(bench.certificates, react);
    expect(await bench.open([stub.baseUrl]).send(PAY)).toEqual(unknown(cause));
    expect(stub.calls).toHaveLength(1);
  });

  it('when the transport is closed under it', async () => {
    await using stub = await startStub(bench.certificates, () => void transport.close());
    const transport = bench.open([stub.baseUrl]);
    expect(await transport.send(PAY)).toEqual(unknown('no-reply', 'UND_ERR_DESTROYED'));
    expect(await transport.send(PAY)).toEqual({ outcome: 'not-sent', detail: 'UND_ERR_DESTROYED' });
  });
});
