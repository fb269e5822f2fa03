import { describe, expect, it } from 'vitest';
import type { WireEvent } from '../../../../../src/main/gateway/wechat-v2/transport/transport.ts';
import { holdLine } from '../support/held-line.ts';
import { startStub } from '../support/stub-gateway.ts';
import { answer, PAY, REPLY, transportBench } from '../support/transport-bench.ts';

const bench = transportBench();

describe('connecting ahead', () => {
  it('makes one connection, which the next call then uses', async () => {
    await using stub = await startStub(bench.certificates, answer);
    const transport = bench.open([stub.baseUrl]);
    await Promise.all([transport.warmUp(), transport.warmUp()]);
    await transport.warmUp();
    expect(stub.connections()).toBe(1);
    expect(transport.line()).toBe('online');
    expect(await transport.send(PAY)).toEqual(REPLY);
    await transport.warmUp();
    expect(stub.connections()).toBe(1);
  });

  it('is waited for by a call that comes in the middle of it', async () => {
    await using stub = await startStub(bench.certificates, answer);
    await using line = await holdLine();
    const transport = bench.open([line.baseUrl]);
    const [warming, sending] = [transport.warmUp(), transport.send(PAY)];
    await expect.poll(line.accepted).toBe(1);
    line.release(stub.port);
    expect(await sending).toEqual(REPLY);
    await warming;
    expect([line.accepted(), stub.connections()]).toEqual([1, 1]);
  });

  it('is replaced when the server has hung up meanwhile', async () => {
    await using stub = await startStub(bench.certificates, answer);
    await using line = await holdLine();
    line.release(stub.port);
    const transport = bench.open([line.baseUrl]);
    await transport.warmUp();
    line.hangUp();
    await expect.poll(line.openConnections).toBe(0);
    expect(await transport.send(PAY)).toEqual(REPLY);
    expect(line.accepted()).toBe(2);
  });

  it('finds the host that can be reached, and remembers it', async () => {
    await using second = await startStub(bench.certificates, answer);
    const events: WireEvent[] = [];
    const transport = bench.open([bench.nowhere, second.baseUrl], { onWire: (event) => events.push(event) });
    await transport.warmUp();
    expect(await transport.send(PAY)).toEqual(REPLY);
    expect(new Set(events.map(({ host }) => host))).toEqual(new Set([`127.0.0.1:${second.port}`]));
    expect(second.connections()).toBe(1);
  });

  it('tells at once that the line is down, without a sale having to find out', async () => {
    const transport = bench.open([bench.nowhere]);
    await transport.warmUp();
    expect(transport.line()).toBe('offline');
  });

  it('leaves no connection behind when it is closed', async () => {
    await using stub = await startStub(bench.certificates, answer);
    const transport = bench.open([stub.baseUrl]);
    await transport.warmUp();
    await transport.close();
    await expect.poll(() => [stub.connections(), stub.openConnections()]).toEqual([1, 0]);
  });
});
