import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { PayAnswer, QueryAnswer, ReasonCode } from '../../../../src/core/gateway-answer.ts';
import { fen } from '../../../../src/core/money.ts';
import { Secret } from '../../../../src/core/secret.ts';
import { loadClientCertificate } from '../../../../src/main/gateway/wechat-v2/certificate/load-certificate.ts';
import {
  createWechatV2Gateway,
  type WechatV2Gateway,
  type WechatV2Options,
} from '../../../../src/main/gateway/wechat-v2/client.ts';
import type { SignType } from '../../../../src/main/gateway/wechat-v2/wire/sign.ts';
import { createSystemClock } from '../../../../src/main/system-clock.ts';
import { SAMPLE_MERCHANT } from '../../../../src/simulator/options.ts';
import { type Simulator, startSimulator } from '../../../../src/simulator/simulator.ts';

/*
 * The client against the simulator: two readings of the same papers, over real TLS. Payment codes choose how the
 * simulated customer and line behave.
 */

const scratch = mkdtempSync(join(tmpdir(), 'saoma-client-'));
const opened: WechatV2Gateway[] = [];
let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ delays: { passwordMs: 50, walkAwayMs: 60_000, slowMs: 50, arriveLateMs: 50 } });
});
afterAll(async () => {
  await simulator.close();
  rmSync(scratch, { recursive: true });
});
afterEach(async () => {
  await Promise.all(opened.splice(0).map((gateway) => gateway.close()));
});

async function open(options: Partial<WechatV2Options> = {}): Promise<WechatV2Gateway> {
  const p12File = join(scratch, 'apiclient_cert.p12');
  writeFileSync(p12File, simulator.clientP12);
  const password = new Secret(SAMPLE_MERCHANT.mchId);
  const gateway = createWechatV2Gateway({
    ...SAMPLE_MERCHANT,
    hosts: [simulator.baseUrl],
    ca: simulator.caPem,
    clientCertificate: await loadClientCertificate({ p12File, password }, Date.now()),
    random: randomBytes,
    clock: createSystemClock(),
    ...options,
  });
  opened.push(gateway);
  return gateway;
}

let sequence = 0;
function nextOrder() {
  sequence += 1;
  return {
    outTradeNo: `0001-01-${String(sequence).padStart(6, '0')}-1test`,
    amountFen: fen(1000 + sequence),
    body: '扫码便利店-零售 A&B <1>',
    deviceInfo: '0001-01',
    attach: 'store=0001;terminal=01',
  };
}

const codeFor = (scenario: string) => new Secret(simulator.freshCode(scenario));
const ledgerOf = (outTradeNo: string) => simulator.orders().find((order) => order.outTradeNo === outTradeNo);

describe.each<SignType>(['HMAC-SHA256', 'MD5'])('signed with %s', (signType) => {
  it('pays, finds it paid, takes it back, and finds it taken back', async () => {
    const gateway = await open({ signType });
    const order = nextOrder();
    const paid = await gateway.pay(order, codeFor('pays'));
    expect(paid).toMatchObject({
      verdict: 'PAID',
      settlement: { totalFen: order.amountFen, cashFen: order.amountFen },
    });
    expect(await gateway.query(order)).toEqual(paid);
    expect(ledgerOf(order.outTradeNo)).toMatchObject({ state: 'SUCCESS', charges: 1, amountFen: order.amountFen });

    expect(await gateway.reverse(order)).toEqual({ verdict: 'REVERSED' });
    expect(await gateway.query(order)).toMatchObject({ verdict: 'CLOSED', reason: { code: 'ORDER_REVERSED' } });
    expect(ledgerOf(order.outTradeNo)).toMatchObject({ state: 'REVOKED', charges: 1, returnedFen: order.amountFen });
    expect(gateway.line()).toBe('online');
  });

  it('reads a coupon as money that the customer did not pay', async () => {
    const gateway = await open({ signType });
    const order = nextOrder();
    const answer = await gateway.pay(order, codeFor('coupon'));
    if (answer.verdict !== 'PAID') throw new Error(`Not paid: ${JSON.stringify(answer)}`);
    const { cashFen, couponFen, totalFen } = answer.settlement;
    expect(couponFen).toBeGreaterThan(0);
    expect(cashFen + couponFen).toBe(totalFen);
  });
});

describe('what a customer or the line does', () => {
  type Expected = [
    scenario: string,
    pay: PayAnswer['verdict'],
    reason: ReasonCode | undefined,
    query: QueryAnswer['verdict'],
  ];
  it.each<Expected>([
    ['walks-away', 'UNKNOWN', 'AWAITING_PASSWORD', 'AWAITING_PASSWORD'],
    ['not-enough', 'DECLINED', 'NOT_ENOUGH', 'NOT_PAID'],
    ['code-expired', 'DECLINED', 'CODE_EXPIRED', 'NOT_PAID'],
    ['code-used', 'DECLINED', 'CODE_INVALID', 'NOT_PAID'],
    ['code-invalid', 'DECLINED', 'CODE_INVALID', 'NOT_PAID'],
    ['card-not-supported', 'DECLINED', 'CARD_NOT_SUPPORTED', 'NOT_PAID'],
    ['trade-refused', 'DECLINED', 'TRADE_REFUSED', 'NOT_PAID'],
    ['system-error-moved', 'UNKNOWN', 'GATEWAY_BUSY', 'PAID'],
    ['system-error', 'UNKNOWN', 'GATEWAY_BUSY', 'NOT_FOUND'],
    ['bank-error-moved', 'UNKNOWN', 'BANK_BUSY', 'PAID'],
    ['bank-error', 'UNKNOWN', 'BANK_BUSY', 'NOT_PAID'],
    ['fail-but-paid', 'DECLINED', 'NOT_ENOUGH', 'PAID'],
    ['unlisted-error', 'UNKNOWN', 'UNLISTED', 'NOT_PAID'],
    ['return-fail', 'UNKNOWN', 'GATEWAY_BUSY', 'NOT_FOUND'],
    ['bad-gateway', 'UNKNOWN', 'GATEWAY_BUSY', 'PAID'],
    ['reply-lost', 'UNKNOWN', 'NO_REPLY', 'PAID'],
    ['request-lost', 'UNKNOWN', 'NO_REPLY', 'NOT_FOUND'],
    ['slow', 'PAID', undefined, 'PAID'],
    ['garbled', 'UNKNOWN', 'BAD_REPLY', 'PAID'],
    ['bad-sign', 'UNKNOWN', 'BAD_SIGNATURE', 'PAID'],
    ['unsigned', 'UNKNOWN', 'BAD_SIGNATURE', 'PAID'],
    ['wrong-amount', 'UNKNOWN', 'REPLY_MISMATCH', 'PAID'],
  ])('%s: the pay call is %s (%s), a query then says %s', async (scenario, verdict, reason, query) => {
    const gateway = await open();
    const order = nextOrder();
    expect(await gateway.pay(order, codeFor(scenario))).toMatchObject(
      reason === undefined ? { verdict } : { verdict, reason: { code: reason } },
    );
    expect((await gateway.query(order)).verdict).toBe(query);
    expect(ledgerOf(order.outTradeNo)?.charges ?? 0).toBe(query === 'PAID' ? 1 : 0);
  });

  it.each([
    ['password', 'PAID'],
    ['password-cancels', 'NOT_PAID'],
    ['pay-error', 'FAILED'],
  ])('%s: awaits the password, and then is %s', async (scenario, verdict) => {
    const gateway = await open();
    const order = nextOrder();
    expect(await gateway.pay(order, codeFor(scenario))).toMatchObject({ reason: { code: 'AWAITING_PASSWORD' } });
    await expect.poll(async () => (await gateway.query(order)).verdict).toBe(verdict);
  });

  it.each([
    ['query-error', 'GATEWAY_BUSY'],
    ['query-lost', 'NO_REPLY'],
  ])('%s: three queries say nothing (%s), the fourth finds it paid', async (scenario, code) => {
    const gateway = await open();
    const order = nextOrder();
    await gateway.pay(order, codeFor(scenario));
    for (let nth = 1; nth <= 3; nth++) {
      expect(await gateway.query(order)).toMatchObject({ verdict: 'UNKNOWN', reason: { code } });
    }
    expect((await gateway.query(order)).verdict).toBe('PAID');
  });

  it('a number that was used for other parameters is asked for, not declined', async () => {
    const gateway = await open();
    const order = nextOrder();
    const code = codeFor('pays');
    await gateway.pay(order, code);
    const again = await gateway.pay({ ...order, amountFen: fen(1) }, code);
    expect(again.verdict).toBe('UNKNOWN');
    expect(ledgerOf(order.outTradeNo)).toMatchObject({ charges: 1, amountFen: order.amountFen });
  });
});

describe('taking back', () => {
  it.each([
    ['reverse-error', 'GATEWAY_BUSY', 0],
    ['reverse-recall', 'GATEWAY_BUSY', 0],
    ['reverse-lost', 'NO_REPLY', 1],
  ])('%s: twice AGAIN (%s), then REVERSED', async (scenario, code, charges) => {
    const gateway = await open();
    const order = nextOrder();
    await gateway.pay(order, codeFor(scenario));
    await expect
      .poll(async () => (await gateway.query(order)).verdict)
      .not.toBe(charges ? 'PAID' : 'AWAITING_PASSWORD');
    for (let nth = 1; nth <= 2; nth++) {
      expect(await gateway.reverse(order)).toMatchObject({ verdict: 'AGAIN', reason: { code } });
    }
    expect(await gateway.reverse(order)).toEqual({ verdict: 'REVERSED' });
    expect(ledgerOf(order.outTradeNo)?.returnedFen).toBe(charges * order.amountFen);
  });

  it('reverse-refused: is REFUSED, and the money stays', async () => {
    const gateway = await open();
    const order = nextOrder();
    await gateway.pay(order, codeFor('reverse-refused'));
    const answer = await gateway.reverse(order);
    expect(answer).toMatchObject({
      verdict: 'REFUSED',
      reason: { code: 'REVERSE_REFUSED', gatewayCode: 'TRADE_ERROR' },
    });
  });

  it('walks-away: is not possible while the password box is open', async () => {
    const gateway = await open();
    const order = nextOrder();
    await gateway.pay(order, codeFor('walks-away'));
    expect(await gateway.reverse(order)).toMatchObject({ verdict: 'AGAIN', reason: { code: 'AWAITING_PASSWORD' } });
  });

  it('of an order that nobody knows is REVERSED', async () => {
    expect(await (await open()).reverse(nextOrder())).toEqual({ verdict: 'REVERSED' });
  });

  it('without the client certificate is AGAIN, and says that it is the certificate', async () => {
    const gateway = await open({ clientCertificate: undefined });
    expect(await gateway.reverse(nextOrder())).toMatchObject({
      verdict: 'AGAIN',
      reason: { code: 'BAD_CERTIFICATE' },
    });
  });
});

describe('wrong settings', () => {
  it.each<[what: string, options: Partial<WechatV2Options>]>([
    ['key', { apiKey: new Secret('0'.repeat(32)) }],
    ['merchant number', { mchId: '10000101' }],
    ['app id', { appId: 'wx0000000000000000' }],
  ])('a wrong %s charges nobody, is never taken for a no, and points at the settings', async (_, options) => {
    const gateway = await open(options);
    const order = nextOrder();
    const answer = await gateway.pay(order, codeFor('pays'));
    expect(answer).toMatchObject({ verdict: 'UNKNOWN' });
    expect('reason' in answer && answer.reason.code).toMatch(/^(BAD_CONFIG|BAD_SIGNATURE|REPLY_MISMATCH)$/);
    expect(ledgerOf(order.outTradeNo)).toBeUndefined();
  });

  it('another authority is not trusted, and nothing is sent to it', async () => {
    const other = await startSimulator();
    const gateway = await open({ hosts: [other.baseUrl] });
    const order = nextOrder();
    expect((await gateway.pay(order, codeFor('pays'))).verdict).toBe('NOT_SENT');
    expect(other.orders()).toHaveLength(0);
    await other.close();
  });
});
