import { describe, expect, it } from 'vitest';
import type { WireEvent } from '../../../../../src/main/gateway/wechat-v2/transport/transport.ts';
import { closedPort, startStub } from '../support/stub-gateway.ts';
import { answer, PAY, QUERY, REPLY, transportBench } from '../support/transport-bench.ts';

const bench = transportBench();

describe('with a second host', () => {
  it('a call that could not be sent goes there, with the same bytes, and so do the next ones', async () => {
    await using second = await startStub(bench.certificates, answer);
    const events: WireEvent[] = [];
    const transport = bench.open([bench.nowhere, second.baseUrl], { onWire: (event) => events.push(event) });
    expect(await transport.send(PAY)).toEqual(REPLY);
    expect(await transport.send(PAY)).toEqual(REPLY);
    expect(second.calls.map(({ fields }) => fields.out_trade_no)).toEqual(Array(2).fill('0001-01-000042-2k7q9'));
    expect(events.filter(({ host }) => bench.nowhere.endsWith(host))).toHaveLength(1);
    expect(transport.line()).toBe('online');
    expect(transport.hosts()).toMatchObject([
      { state: 'offline', lastFailure: { detail: 'ECONNREFUSED' } },
      { name: `127.0.0.1:${second.port}`, state: 'online', lastAnsweredAt: expect.any(Number) },
    ]);
  });

  it('a payment in doubt does not go there: it could be made twice', async () => {
    await using first = await startStub(bench.certificates, ({ socket }) => socket.destroy());
    await using second = await startStub(bench.certificates, answer);
    expect((await bench.open([first.baseUrl, second.baseUrl]).send(PAY)).outcome).toBe('unknown');
    expect([first.calls.length, second.calls.length]).toEqual([1, 0]);
  });

  it('a query in doubt does go there: it changes nothing', async () => {
    await using first = await startStub(bench.certificates, ({ response }) => response.writeHead(502).end());
    await using second = await startStub(bench.certificates, answer);
    expect(await bench.open([first.baseUrl, second.baseUrl]).send(QUERY)).toEqual(REPLY);
    expect([first.calls.length, second.calls.length]).toEqual([1, 1]);
  });

  it('a doubt about the first is not forgotten when the second cannot be reached', async () => {
    await using first = await startStub(bench.certificates, ({ socket }) => socket.destroy());
    const outcome = await bench.open([first.baseUrl, bench.nowhere]).send(QUERY);
    expect(outcome.outcome).toBe('unknown');
  });

  it('the whole call still ends in its time, and the next query asks the other host first', async () => {
    await using first = await startStub(bench.certificates, () => undefined);
    await using second = await startStub(bench.certificates, answer);
    const transport = bench.open([first.baseUrl, second.baseUrl]);
    expect(await transport.send({ ...QUERY, timeoutMs: 150 })).toMatchObject({ outcome: 'unknown', detail: 'TIMEOUT' });
    expect(second.calls).toHaveLength(0);
    expect(await transport.send(QUERY)).toEqual(REPLY);
    expect([first.calls.length, second.calls.length]).toEqual([1, 1]);
  });

  it('each host is tried once, and "not sent" is said when none was reached', async () => {
    const ports = [await closedPort(bench.certificates), await closedPort(bench.certificates)];
    const events: WireEvent[] = [];
    const hosts = ports.map((port) => `https://127.0.0.1:${port}`);
    const transport = bench.open(hosts, { onWire: (event) => events.push(event) });
    expect(await transport.send(PAY)).toEqual({ outcome: 'not-sent', detail: 'ECONNREFUSED' });
    expect(events.map(({ type, host }) => [type, host])).toEqual(ports.map((port) => ['outcome', `127.0.0.1:${port}`]));
    expect(transport.line()).toBe('offline');
  });
});
