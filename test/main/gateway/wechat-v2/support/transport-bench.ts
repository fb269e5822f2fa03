import { afterAll, afterEach, beforeAll } from 'vitest';
import {
  openTransport,
  type Transport,
  type TransportOptions,
  type WireCall,
} from '../../../../../src/main/gateway/wechat-v2/transport/transport.ts';
import { createSystemClock } from '../../../../../src/main/system-clock.ts';
import type { Certificates } from '../../../../../src/simulator/certificates/certificates.ts';
import { mintCertificates } from '../../../../../src/simulator/certificates/mint.ts';
import { closedPort, type StubCall } from './stub-gateway.ts';

export const PAY: WireCall = {
  call: 'pay',
  path: '/pay/micropay',
  body: '<xml><out_trade_no>0001-01-000042-2k7q9</out_trade_no></xml>',
  timeoutMs: 5_000,
  certified: false,
  readOnly: false,
};
export const QUERY: WireCall = { ...PAY, call: 'query', path: '/pay/orderquery', readOnly: true };
export const REVERSE: WireCall = { ...PAY, call: 'reverse', path: '/secapi/pay/reverse', certified: true };

export const answer = ({ response }: StubCall) => response.end('<xml/>');
export const REPLY = { outcome: 'reply', body: Buffer.from('<xml/>') };

/** Certificates for one test file, and transports that are closed after each test. */
export function transportBench() {
  const opened: Transport[] = [];
  const bench = {
    certificates: undefined as unknown as Certificates,
    /** A URL where nobody listens. */
    nowhere: '',
    open(hosts: readonly string[], options: Partial<TransportOptions> = {}): Transport {
      const clock = createSystemClock();
      const ca = bench.certificates.caPem;
      const transport = openTransport({ hosts, ca, connectMs: 2_000, clock, onWire: () => undefined, ...options });
      opened.push(transport);
      return transport;
    },
  };

  beforeAll(async () => {
    bench.certificates = await mintCertificates('10000100', Date.now());
    bench.nowhere = `https://127.0.0.1:${await closedPort(bench.certificates)}`;
  });
  const closeAll = async () => {
    await Promise.all(opened.splice(0).map((transport) => transport.close()));
  };
  afterEach(closeAll);
  afterAll(closeAll);
  return bench;
}
