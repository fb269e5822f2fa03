import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { StreamBroken } from '../../../../../src/main/gateway/wechat-v2/transport/stream-once.ts';
import type { StreamCall, WireEvent } from '../../../../../src/main/gateway/wechat-v2/transport/transport.ts';
import { holdLine } from '../support/held-line.ts';
import { type StubCall, startStub } from '../support/stub-gateway.ts';
import { QUERY, REPLY, transportBench } from '../support/transport-bench.ts';

const bench = transportBench();

const BILL: StreamCall = {
  call: 'bill',
  path: '/pay/downloadbill',
  body: '<xml><bill_date>20260102</bill_date></xml>',
  headMs: 5_000,
  idleMs: 5_000,
  wholeMs: 60_000,
  certified: false,
};

describe('a reply that is read as it comes', () => {
  it('brings its headers at once, its bytes as they are, and far more of them than a message may have', async () => {
    const bytes = Buffer.alloc(3_000_000, 'bill ');
    await using stub = await startStub(bench.certificates, ({ response }) => response.setHeader('x-a', 'b').end(bytes));
    const outcome = await bench.open([stub.baseUrl]).stream(BILL);
    if (outcome.outcome !== 'stream') throw new Error(JSON.stringify(outcome));
    expect(outcome.headers).toMatchObject({ 'x-a': 'b' });
    expect((await buffer(outcome.body)).equals(bytes)).toBe(true);
    expect(stub.calls[0]).toMatchObject({ fields: { bill_date: '20260102' }, clientName: undefined });
  });

  it('breaks when the connection does', async () => {
    await using stub = await startStub(bench.certificates, ({ response, socket }) => {
      response.write('x'.repeat(1_000), () => socket.destroy());
    });
    const outcome = await bench.open([stub.baseUrl]).stream(BILL);
    if (outcome.outcome !== 'stream') throw new Error(JSON.stringify(outcome));
    await expect(buffer(outcome.body)).rejects.toThrow(StreamBroken);
  });

  it('that nobody reads breaks for nobody', async () => {
    const held: StubCall[] = [];
    await using stub = await startStub(bench.certificates, (call) => {
      held.push(call);
      call.response.write('x');
    });
    const transport = bench.open([stub.baseUrl]);
    expect((await transport.stream(BILL)).outcome).toBe('stream');
    held[0]?.socket.destroy();
    await expect.poll(stub.openConnections).toBe(0);
  });

  it('keeps no other call waiting', async () => {
    await using stub = await startStub(bench.certificates, ({ path, response }) => {
      if (path === BILL.path) response.write('x');
      else response.end('<xml/>');
    });
    const transport = bench.open([stub.baseUrl]);
    expect((await transport.stream(BILL)).outcome).toBe('stream');
    expect(await transport.send(QUERY)).toEqual(REPLY);
  });
});

describe('the head of the reply', () => {
  it('in time or not at all; where there was no connection yet, nothing leaves any more', async () => {
    await using stub = await startStub(bench.certificates, () => undefined);
    await using line = await holdLine();
    expect(await bench.open([stub.baseUrl]).stream({ ...BILL, headMs: 1_000 })).toEqual({
      outcome: 'unknown',
      cause: 'no-reply',
      detail: 'TIMEOUT',
    });
    await expect.poll(stub.openConnections).toBe(0);
    const held = bench.open([line.baseUrl]);
    expect(await held.stream({ ...BILL, headMs: 100 })).toEqual({ outcome: 'not-sent', detail: 'TIMEOUT' });
    line.release(stub.port);
    await expect.poll(() => [stub.connections(), stub.openConnections()]).toEqual([2, 0]);
    expect(stub.calls).toHaveLength(1);
  });

  it('with another status is no reply, and the connection goes on', async () => {
    await using stub = await startStub(bench.certificates, ({ response }) => response.writeHead(502).end('<html/>'));
    const transport = bench.open([stub.baseUrl]);
    for (let nth = 0; nth < 2; nth++) {
      expect(await transport.stream(BILL)).toEqual({ outcome: 'unknown', cause: 'busy', detail: 'HTTP 502' });
    }
    expect(stub.connections()).toBe(1);
  });

  it('is told to meters, and says how the line is', async () => {
    await using stub = await startStub(bench.certificates, ({ response }) => response.end('x'));
    const events: WireEvent[] = [];
    const transport = bench.open([bench.nowhere, stub.baseUrl], { onWire: (event) => events.push(event) });
    expect((await transport.stream(BILL)).outcome).toBe('stream');
    expect(events.map((event) => [event.type, 'outcome' in event ? event.outcome : ''])).toEqual([
      ['outcome', 'not-sent'],
      ['sending', ''],
      ['outcome', 'reply'],
    ]);
    expect(transport.hosts()).toMatchObject([{ state: 'offline' }, { state: 'online' }]);
  });

  it('that was given up for says nothing of the line', async () => {
    const given = new AbortController();
    await using stub = await startStub(bench.certificates, () => given.abort());
    await using second = await startStub(bench.certificates, ({ response }) => response.end('x'));
    const transport = bench.open([stub.baseUrl, second.baseUrl]);
    expect(await transport.stream({ ...BILL, signal: given.signal })).toMatchObject({ detail: 'CANCELLED' });
    expect(second.calls).toHaveLength(0);
    expect(transport.line()).toBe('unknown');
  });
});
