import { describe, expect, it } from 'vitest';
import { watchLine } from '../../../../../src/main/gateway/line-watch.ts';
import { AVOID_MS } from '../../../../../src/main/gateway/wechat-v2/transport/host-order.ts';
import { createSystemClock } from '../../../../../src/main/system-clock.ts';
import { ManualClock } from '../../../../fixtures/clock.ts';
import { holdLine } from '../support/held-line.ts';
import { startStub } from '../support/stub-gateway.ts';
import { answer, PAY, QUERY, REPLY, transportBench } from '../support/transport-bench.ts';

const bench = transportBench();
const PATIENT = { timeout: 20_000, interval: 20 };

describe('a probe', () => {
  it('is a TLS handshake with each host and nothing more', async () => {
    await using first = await startStub(bench.certificates, answer);
    await using second = await startStub(bench.certificates, answer);
    const transport = bench.open([first.baseUrl, second.baseUrl]);
    await transport.probe();
    expect(transport.hosts().map(({ state }) => state)).toEqual(['online', 'online']);
    expect([first.connections(), second.connections()]).toEqual([1, 1]);
    expect([...first.calls, ...second.calls]).toEqual([]);
  });

  it('leaves its connection for the next call, and no more than one', async () => {
    await using stub = await startStub(bench.certificates, answer);
    const transport = bench.open([stub.baseUrl]);
    for (let nth = 0; nth < 3; nth++) await transport.probe();
    await expect.poll(() => [stub.connections(), stub.openConnections()], PATIENT).toEqual([3, 1]);
    expect(await transport.send(PAY)).toEqual(REPLY);
    expect(stub.connections()).toBe(3);
  });

  it('proves the line anew, where a connection that is kept ready would prove nothing', async () => {
    const stub = await startStub(bench.certificates, answer);
    await using line = await holdLine();
    line.release(stub.port);
    const transport = bench.open([line.baseUrl]);
    await transport.warmUp();
    await line[Symbol.asyncDispose]();
    await stub.close();
    await transport.probe();
    expect(transport.hosts()).toMatchObject([{ state: 'offline', lastFailure: { detail: 'ECONNREFUSED' } }]);
  });

  it('is not held up by a black hole, nor is a call: each host is known as soon as it speaks', async () => {
    await using hole = await holdLine();
    await using second = await startStub(bench.certificates, answer);
    const transport = bench.open([second.baseUrl, hole.baseUrl], { connectMs: 60_000 });
    let over = false;
    void transport.probe().then(() => {
      over = true;
    });
    await expect.poll(() => transport.hosts().map(({ state }) => state), PATIENT).toEqual(['online', 'unknown']);
    expect(await transport.send(PAY)).toEqual(REPLY);
    expect([over, hole.accepted()]).toEqual([false, 1]);
  });

  it('into a black hole ends in the time for connecting, and says so', async () => {
    await using hole = await holdLine();
    const transport = bench.open([hole.baseUrl], { connectMs: 100 });
    await transport.probe();
    expect(transport.hosts()).toMatchObject([{ state: 'offline', lastFailure: { detail: 'UND_ERR_CONNECT_TIMEOUT' } }]);
  });

  it('does not clear a host that takes connections and answers no calls', async () => {
    await using first = await startStub(bench.certificates, ({ response }) => response.writeHead(502).end());
    await using second = await startStub(bench.certificates, answer);
    const transport = bench.open([first.baseUrl, second.baseUrl]);
    await transport.send(QUERY);
    for (let nth = 0; nth < 4; nth++) await transport.probe();
    expect(transport.hosts()[0]).toMatchObject({ state: 'shaky', lastFailure: { detail: 'HTTP 502' } });
    await transport.send(QUERY);
    expect([first.calls.length, second.calls.length]).toEqual([1, 2]);
  });

  it('says nothing of a host when it was cut short by the close', async () => {
    await using hole = await holdLine();
    let changes = 0;
    const transport = bench.open([hole.baseUrl], { connectMs: 200, onLine: () => (changes += 1) });
    const probing = transport.probe();
    await transport.close();
    await probing;
    expect(changes).toBe(0);
  });
});

describe('the first host', () => {
  it('gets its calls back after its time of being passed over, though nobody looked after it', async () => {
    const primary = await startStub(bench.certificates, answer);
    await using second = await startStub(bench.certificates, answer);
    const clock = new ManualClock();
    const transport = bench.open([primary.baseUrl, second.baseUrl], { clock });
    await primary.close();
    expect(await transport.send(PAY)).toEqual(REPLY);
    await using back = await startStub(bench.certificates, answer, { port: primary.port });
    expect(await transport.send(PAY)).toEqual(REPLY);
    expect([second.calls.length, back.calls.length]).toEqual([2, 0]);
    await clock.advance(AVOID_MS);
    expect(await transport.send(PAY)).toEqual(REPLY);
    expect([second.calls.length, back.calls.length]).toEqual([2, 1]);
  });

  it('gets them back sooner when it is watched, and the return of the whole line is told', async () => {
    const primary = await startStub(bench.certificates, answer);
    let backs = 0;
    const transport = bench.open([primary.baseUrl], { onLine: () => watch.noteChange() });
    const watch = watchLine({
      gateway: transport,
      clock: createSystemClock(),
      isScanAwaited: () => true,
      onBack: () => {
        backs += 1;
      },
    });
    await transport.send(PAY);
    await primary.close();
    await transport.send(QUERY);
    await expect.poll(transport.line, PATIENT).toBe('offline');
    await using back = await startStub(bench.certificates, answer, { port: primary.port });
    await expect.poll(transport.line, PATIENT).toBe('online');
    watch.stop();
    expect(backs).toBe(1);
    expect(back.calls).toEqual([]);
  });
});
