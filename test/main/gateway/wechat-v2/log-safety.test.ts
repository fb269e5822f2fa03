import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { Secret } from '../../../../src/core/secret.ts';
import { createWechatV2Gateway, type WechatV2Options } from '../../../../src/main/gateway/wechat-v2/client.ts';
import type { WireEvent } from '../../../../src/main/gateway/wechat-v2/transport/transport.ts';
import { createSystemClock } from '../../../../src/main/system-clock.ts';
import type { Certificates } from '../../../../src/simulator/certificates/certificates.ts';
import { mintCertificates } from '../../../../src/simulator/certificates/mint.ts';
import { CODE, failedFields, MERCHANT, ORDER, paidFields, signed, xml } from './support/replies.ts';
import { closedPort, type StubCall, startStub } from './support/stub-gateway.ts';

let certificates: Certificates;
let unreachable: string;
beforeAll(async () => {
  certificates = await mintCertificates(MERCHANT.mchId, Date.now());
  unreachable = `https://127.0.0.1:${await closedPort(certificates)}`;
});

const KEY = MERCHANT.apiKey.reveal();

/** A gateway that says back all it was told is the worst that can happen to a log. */
const echo = (call: StubCall) => `${KEY} ${CODE} ${JSON.stringify(call.fields)}`;

const reactions: [what: string, react: (call: StubCall) => void][] = [
  ['pays', ({ response }) => response.end(xml(signed(paidFields())))],
  [
    'quotes the request in an error',
    (call) => call.response.end(xml(signed(failedFields('AUTH_CODE_INVALID', echo(call))))),
  ],
  ['quotes the request as an error code', ({ response }) => response.end(xml(signed(failedFields(CODE))))],
  ['quotes the request unsigned', (call) => call.response.end(xml({ return_code: 'FAIL', return_msg: echo(call) }))],
  [
    'quotes the request unsigned, as return_code',
    (call) => call.response.end(xml({ return_code: CODE, return_msg: '' })),
  ],
  ['quotes the request instead of XML', (call) => call.response.end(echo(call))],
  ['quotes the request in a broken XML', (call) => call.response.end(`<xml><${CODE}>${KEY}</a></xml>`)],
  [
    'quotes the request with status 500',
    (call) =>
      call.response
        .writeHead(
          500,
          echo(call)
            .slice(0, 200)
            .replace(/[^ -~]/g, '?'),
        )
        .end(echo(call)),
  ],
  ['quotes the request instead of HTTP', (call) => call.socket.end(echo(call))],
  ['cuts the line', ({ socket }) => socket.destroy()],
  ['is silent', () => undefined],
];

describe('what the client gives away', () => {
  it.each(reactions)(
    'never holds the payment code, the API key or the private key when the gateway %s',
    async (_, react) => {
      await using stub = await startStub(certificates, react);
      const events: WireEvent[] = [];
      const clientKey = certificates.clientKeyPem;
      // Its first lines hold the public modulus, which the certificate shows to everybody; its last ones do not.
      const privatePart = clientKey.trim().split(/\r?\n/).at(-3) ?? '';
      const options: WechatV2Options = {
        ...MERCHANT,
        hosts: [unreachable, stub.baseUrl],
        ca: certificates.caPem,
        clientCertificate: {
          certPem: certificates.clientCertPem,
          keyPem: new Secret(clientKey),
          subject: '',
          expiresAt: 0,
        },
        timeouts: { payMs: 1_000, queryMs: 500, reverseMs: 1_000, orderMs: 500 },
        random: randomBytes,
        clock: createSystemClock(),
        onWire: (event) => events.push(event),
      };
      const gateway = createWechatV2Gateway(options);
      const code = new Secret(CODE);
      const { outTradeNo } = ORDER;
      const answers = [
        await gateway.pay(ORDER, code),
        await gateway.query(ORDER),
        await gateway.reverse(ORDER),
        await gateway.openidOf(code),
        await gateway.lookUp({ outTradeNo }),
        await gateway.closeOrder({ outTradeNo }),
        await gateway.placeOrder({ ...ORDER, tradeType: 'NATIVE', notifyUrl: 'https://shop.example/' }),
        await gateway.report([]),
      ];
      await gateway.close();

      expect(privatePart).toHaveLength(64);
      expect(stub.calls[0]?.fields.auth_code).toBe(CODE);
      const given = [gateway, options, answers, events, code, await gateway.pay(ORDER, code)];
      const printed = `${inspect(given, { depth: 20, showHidden: true, maxStringLength: null })}${JSON.stringify(given)}`;
      expect(events.length).toBeGreaterThan(3);
      expect(printed).not.toContain(CODE);
      expect(printed).not.toContain(KEY);
      expect(printed).not.toContain(privatePart);
    },
  );
});
