import { randomBytes } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Secret } from '../../../../src/core/secret.ts';
import {
  createWechatV2Gateway,
  type WechatV2Gateway,
  type WechatV2Options,
} from '../../../../src/main/gateway/wechat-v2/client.ts';
import type { WireEvent } from '../../../../src/main/gateway/wechat-v2/transport/transport.ts';
import { isSignedBy, type SignType } from '../../../../src/main/gateway/wechat-v2/wire/sign.ts';
import { createSystemClock } from '../../../../src/main/system-clock.ts';
import type { Certificates } from '../../../../src/simulator/certificates/certificates.ts';
import { mintCertificates } from '../../../../src/simulator/certificates/mint.ts';
import {
  CODE,
  failedFields,
  MERCHANT,
  ORDER,
  paidFields,
  reversedFields,
  signed,
  stateFields,
  xml,
} from './support/replies.ts';
import { closedPort, type StubCall, startStub } from './support/stub-gateway.ts';

let certificates: Certificates;
beforeAll(async () => {
  certificates = await mintCertificates(MERCHANT.mchId, Date.now());
});

const opened: WechatV2Gateway[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((gateway) => gateway.close()));
});

function open(hosts: readonly string[], options: Partial<WechatV2Options> = {}): WechatV2Gateway {
  const gateway = createWechatV2Gateway({
    ...MERCHANT,
    hosts,
    ca: certificates.caPem,
    random: randomBytes,
    clock: createSystemClock(),
    ...options,
  });
  opened.push(gateway);
  return gateway;
}

const code = new Secret(CODE);
const says = (body: string) => (call: StubCall) => call.response.end(body);
const cut = ({ socket }: StubCall) => socket.destroy();
const silent = () => undefined;

describe('pay', () => {
  it('sends a signed micropay and reads PAID', async () => {
    await using stub = await startStub(certificates, says(xml(signed(paidFields()))));
    const answer = await open([stub.baseUrl]).pay(ORDER, code);
    expect(answer).toMatchObject({ verdict: 'PAID', settlement: { totalFen: 1230 } });
    const [call] = stub.calls;
    expect(call).toMatchObject({ path: '/pay/micropay', fields: { auth_code: CODE, total_fee: '1230' } });
    expect(isSignedBy(call?.fields ?? {}, MERCHANT.apiKey, 'HMAC-SHA256')).toBe(true);
  });

  it.each<SignType>(['MD5', 'HMAC-SHA256'])('wants the answer signed as it signs itself: %s', async (signType) => {
    const other = signType === 'MD5' ? 'HMAC-SHA256' : 'MD5';
    await using stub = await startStub(certificates, ({ response }, nth) =>
      response.end(xml(signed(paidFields(), MERCHANT.apiKey, nth === 1 ? signType : other))),
    );
    const gateway = open([stub.baseUrl], { signType });
    expect((await gateway.pay(ORDER, code)).verdict).toBe('PAID');
    expect(await gateway.pay(ORDER, code)).toMatchObject({ verdict: 'UNKNOWN', reason: { code: 'BAD_SIGNATURE' } });
    expect(stub.calls.map(({ fields }) => fields.sign_type)).toEqual([signType, signType]);
  });

  it('never uses a nonce twice', async () => {
    await using stub = await startStub(certificates, says(xml(signed(failedFields('NOTENOUGH')))));
    const gateway = open([stub.baseUrl]);
    await gateway.pay(ORDER, code);
    await gateway.pay(ORDER, code);
    const nonces = stub.calls.map(({ fields }) => fields.nonce_str);
    expect(new Set(nonces).size).toBe(2);
    for (const nonce of nonces) expect(nonce).toMatch(/^[0-9a-f]{32}$/);
  });

  it('is declined when the gateway says so', async () => {
    await using stub = await startStub(certificates, says(xml(signed(failedFields('NOTENOUGH', '余额不足')))));
    expect(await open([stub.baseUrl]).pay(ORDER, code)).toEqual({
      verdict: 'DECLINED',
      reason: { code: 'NOT_ENOUGH', gatewayCode: 'NOTENOUGH', gatewayText: '余额不足' },
      thenReverse: false,
    });
  });

  it.each<[what: string, reason: string, react: (call: StubCall) => void]>([
    ['a lost reply', 'NO_REPLY', cut],
    ['silence', 'NO_REPLY', silent],
    ['HTML', 'BAD_REPLY', says('<html><body>Welcome to this hotel</body></html>')],
    ['half a reply', 'BAD_REPLY', says(xml(signed(paidFields())).slice(0, -20))],
    ['an empty reply', 'BAD_REPLY', says('')],
    ['a DOCTYPE', 'BAD_REPLY', says(`<!DOCTYPE x [<!ENTITY a "b">]>${xml(signed(paidFields()))}`)],
    [
      'a field twice',
      'BAD_REPLY',
      says(xml(signed(paidFields())).replace('</xml>', '<total_fee>1230</total_fee></xml>')),
    ],
    ['bytes that are no UTF-8', 'BAD_REPLY', ({ response }) => response.end(Buffer.from([0xff, 0xfe, 0x3c]))],
    ['502', 'GATEWAY_BUSY', ({ response }) => response.writeHead(502).end()],
    ['429', 'RATE_LIMITED', ({ response }) => response.writeHead(429).end()],
    ['no signature', 'BAD_SIGNATURE', says(xml(paidFields()))],
    ['another amount', 'REPLY_MISMATCH', says(xml(signed(paidFields({ total_fee: '1' }))))],
    ['return_code FAIL', 'GATEWAY_BUSY', says(xml({ return_code: 'FAIL', return_msg: 'system error' }))],
  ])('is UNKNOWN after %s (%s), and went out once, to one host', async (_, reason, react) => {
    await using first = await startStub(certificates, react);
    await using second = await startStub(certificates, says(xml(signed(paidFields()))));
    const gateway = open([first.baseUrl, second.baseUrl], { timeouts: { payMs: 500 } });
    expect(await gateway.pay(ORDER, code)).toMatchObject({ verdict: 'UNKNOWN', reason: { code: reason } });
    expect([first.calls.length, second.calls.length]).toEqual([1, 0]);
  });

  it('is NOT_SENT when no host can be reached, and says how in the system’s own code', async () => {
    const port = await closedPort(certificates);
    expect(await open([`https://127.0.0.1:${port}`]).pay(ORDER, code)).toEqual({
      verdict: 'NOT_SENT',
      reason: { code: 'NOT_SENT', gatewayCode: 'ECONNREFUSED' },
    });
  });

  it('is paid through the second host when the first cannot be reached', async () => {
    await using second = await startStub(certificates, says(xml(signed(paidFields()))));
    const port = await closedPort(certificates);
    expect((await open([`https://127.0.0.1:${port}`, second.baseUrl]).pay(ORDER, code)).verdict).toBe('PAID');
  });

  it('is not disturbed by a meter that throws', async () => {
    await using stub = await startStub(certificates, says(xml(signed(paidFields()))));
    const onWire = () => {
      throw new Error('meter');
    };
    expect((await open([stub.baseUrl], { onWire }).pay(ORDER, code)).verdict).toBe('PAID');
  });

  it('writes its first byte within 2 ms on a warm connection', async () => {
    await using stub = await startStub(certificates, says(xml(signed(paidFields()))));
    const clock = createSystemClock();
    const tookMs: number[] = [];
    let begunAt = 0;
    const onWire = (event: WireEvent) => {
      if (event.type === 'sending') tookMs.push(event.at - begunAt);
    };
    const gateway = open([stub.baseUrl], { clock, onWire });
    await gateway.warmUp();
    for (let nth = 0; nth < 30; nth++) {
      begunAt = clock.now();
      await gateway.pay(ORDER, code);
    }
    // The machine may be busy with other things, so not every call counts: but half of them have to be quick.
    expect(tookMs.sort((a, b) => a - b)[15]).toBeLessThan(2);
  });
});

describe('query', () => {
  it('sends the number alone and reads the state', async () => {
    await using stub = await startStub(certificates, says(xml(signed(stateFields('NOTPAY')))));
    expect(await open([stub.baseUrl]).query(ORDER)).toEqual({ verdict: 'NOT_PAID' });
    const [call] = stub.calls;
    expect(call?.path).toBe('/pay/orderquery');
    expect(Object.keys(call?.fields ?? {}).sort()).toEqual([
      'appid',
      'mch_id',
      'nonce_str',
      'out_trade_no',
      'sign',
      'sign_type',
    ]);
  });

  it('that could not be asked is UNKNOWN, and never says NOT_SENT, which would mean that nothing was taken', async () => {
    const port = await closedPort(certificates);
    expect(await open([`https://127.0.0.1:${port}`]).query(ORDER)).toEqual({
      verdict: 'UNKNOWN',
      reason: { code: 'NO_REPLY', gatewayCode: 'ECONNREFUSED' },
    });
  });

  it('asks the second host when the first leaves it in doubt', async () => {
    await using first = await startStub(certificates, cut);
    await using second = await startStub(certificates, says(xml(signed(paidFields({ trade_state: 'SUCCESS' })))));
    expect((await open([first.baseUrl, second.baseUrl]).query(ORDER)).verdict).toBe('PAID');
  });
});

describe('reverse', () => {
  it('shows the client certificate and reads REVERSED', async () => {
    await using stub = await startStub(certificates, says(xml(signed(reversedFields('N')))));
    const { clientCertPem: certPem, clientKeyPem } = certificates;
    const clientCertificate = { certPem, keyPem: new Secret(clientKeyPem), subject: '', expiresAt: 0 };
    expect(await open([stub.baseUrl], { clientCertificate }).reverse(ORDER)).toEqual({ verdict: 'REVERSED' });
    expect(stub.calls[0]).toMatchObject({
      path: '/secapi/pay/reverse',
      clientName: MERCHANT.mchId,
      fields: { out_trade_no: ORDER.outTradeNo },
    });
  });

  it.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'without a certificate, refused by %s, is AGAIN and says why',
    async (version) => {
      const options = { rejectUnauthorized: true, minVersion: version, maxVersion: version };
      await using stub = await startStub(certificates, silent, options);
      expect(await open([stub.baseUrl]).reverse(ORDER)).toMatchObject({
        verdict: 'AGAIN',
        reason: { code: 'BAD_CERTIFICATE' },
      });
    },
  );

  it('without a certificate, refused by a web server’s page, is AGAIN and says why', async () => {
    await using stub = await startStub(certificates, ({ response }) =>
      response.writeHead(400).end('<html><center>400 No required SSL certificate was sent</center></html>'),
    );
    expect(await open([stub.baseUrl]).reverse(ORDER)).toMatchObject({
      verdict: 'AGAIN',
      reason: { code: 'BAD_CERTIFICATE', gatewayCode: 'HTTP 400' },
    });
  });

  it.each<[what: string, react: (call: StubCall) => void]>([
    ['a lost reply', cut],
    ['silence', silent],
    ['garbage', says('<xml>')],
    ['502', ({ response }) => response.writeHead(502).end()],
    ['an unsigned success', says(xml(reversedFields('N')))],
  ])('is AGAIN after %s', async (_, react) => {
    await using stub = await startStub(certificates, react);
    expect((await open([stub.baseUrl], { timeouts: { reverseMs: 300 } }).reverse(ORDER)).verdict).toBe('AGAIN');
  });

  it('that never left the machine is AGAIN, too', async () => {
    const port = await closedPort(certificates);
    expect(await open([`https://127.0.0.1:${port}`]).reverse(ORDER)).toMatchObject({
      verdict: 'AGAIN',
      reason: { code: 'NO_REPLY' },
    });
  });
});

describe('the line', () => {
  it('is not blamed for a certificate, and neither is the host', async () => {
    const page = 'No required SSL certificate was sent';
    await using first = await startStub(certificates, ({ path, response }) =>
      path.startsWith('/secapi/')
        ? response.writeHead(400).end(page)
        : response.end(xml(signed(stateFields('NOTPAY')))),
    );
    await using second = await startStub(certificates, silent);
    const gateway = open([first.baseUrl, second.baseUrl]);
    await gateway.reverse(ORDER);
    expect((await gateway.query(ORDER)).verdict).toBe('NOT_PAID');
    expect(gateway.line()).toBe('online');
    expect(second.calls).toHaveLength(0);
  });

  it('is unknown at first, online after an answer, offline when nobody can be reached', async () => {
    const stub = await startStub(certificates, says(xml(signed(stateFields('NOTPAY')))));
    const gateway = open([stub.baseUrl]);
    expect(gateway.line()).toBe('unknown');
    await gateway.query(ORDER);
    expect(gateway.line()).toBe('online');
    await stub.close();
    await gateway.query(ORDER);
    await gateway.query(ORDER);
    expect(gateway.line()).toBe('offline');
  });
});
