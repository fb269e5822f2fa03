import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { Secret } from '../../../../src/core/secret.ts';
import type { NewOrder } from '../../../../src/main/gateway/gateway.ts';
import {
  createWechatV2Gateway,
  type WechatV2Gateway,
  type WechatV2Options,
} from '../../../../src/main/gateway/wechat-v2/client.ts';
import { isSignedBy, type SignType } from '../../../../src/main/gateway/wechat-v2/wire/sign.ts';
import { createSystemClock } from '../../../../src/main/system-clock.ts';
import type { BareReply, DeformedReply, Fault } from '../../../../src/simulator/behaviour/behaviour.ts';
import { SAMPLE_MERCHANT, type SimulatorOptions } from '../../../../src/simulator/options.ts';
import { type Simulator, startSimulator } from '../../../../src/simulator/simulator.ts';
import { startMerchantEar } from '../../../simulator/support/merchant-ear.ts';
import { ORDER } from './support/replies.ts';

/* Orders that customers pay from the phone: the client against the simulator, over real TLS. */

const scratch = mkdtempSync(join(tmpdir(), 'saoma-orders-'));
const opened: (WechatV2Gateway | Simulator)[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});
afterAll(() => rmSync(scratch, { recursive: true }));

const NATIVE = { ...ORDER, tradeType: 'NATIVE', notifyUrl: 'https://shop.example/wechat' } as const;

async function openShop(options: SimulatorOptions = {}, client: Partial<WechatV2Options> = {}) {
  const delays = { passwordMs: 600_000, closeNotBeforeMs: 0, ...options.delays };
  const simulator = await startSimulator({ certDir: scratch, ...options, delays });
  opened.push(simulator);
  const gateway = createWechatV2Gateway({
    ...SAMPLE_MERCHANT,
    hosts: [simulator.baseUrl],
    ca: simulator.caPem,
    random: randomBytes,
    clock: createSystemClock(),
    ...client,
  });
  opened.push(gateway);
  return { simulator, gateway };
}

async function place(gateway: WechatV2Gateway, order: NewOrder = NATIVE): Promise<string> {
  const answer = await gateway.placeOrder(order);
  if (answer.verdict !== 'PLACED') throw new Error(JSON.stringify(answer));
  return answer.placed.codeUrl ?? answer.placed.prepayId;
}

describe.each<SignType>(['HMAC-SHA256', 'MD5'])('an order signed with %s', (signType) => {
  it('is placed, waits, is paid by whoever scans its code, and found by either number', async () => {
    const { simulator, gateway } = await openShop({}, { signType });
    const codeUrl = await place(gateway);
    expect(codeUrl).toMatch(/^weixin:/);
    expect(await gateway.query(ORDER)).toEqual({ verdict: 'NOT_PAID' });

    simulator.pay(codeUrl, 'password');
    expect(await gateway.query(ORDER)).toMatchObject({ verdict: 'AWAITING_PASSWORD' });
    simulator.pay(codeUrl);
    const paid = await gateway.query(ORDER);
    if (paid.verdict !== 'PAID') throw new Error(JSON.stringify(paid));
    expect(paid.settlement).toMatchObject({ totalFen: 1230, cashFen: 1230 });

    const { transactionId } = paid.settlement;
    const { outTradeNo, deviceInfo, attach } = ORDER;
    const { settlement } = paid;
    const order = { state: 'PAID', tradeType: 'NATIVE', outTradeNo, transactionId, settlement, deviceInfo, attach };
    expect(await gateway.lookUp({ outTradeNo })).toMatchObject({ verdict: 'FOUND', order });
    expect(await gateway.lookUp({ transactionId })).toMatchObject({ verdict: 'FOUND', order });
    expect(simulator.books()).toMatchObject({ paid: 1, chargedFen: 1230 });
  });

  it('is closed, and can then be paid no more', async () => {
    const { simulator, gateway } = await openShop({}, { signType });
    const codeUrl = await place(gateway);
    simulator.pay(codeUrl, 'password');
    expect(await gateway.closeOrder(ORDER)).toEqual({ verdict: 'CLOSED' });
    expect(await gateway.closeOrder(ORDER)).toEqual({ verdict: 'CLOSED' });
    expect(await gateway.query(ORDER)).toMatchObject({ verdict: 'CLOSED', reason: { code: 'ORDER_CLOSED' } });
    expect(() => simulator.pay(codeUrl)).toThrow('cannot be paid');
    expect(await gateway.placeOrder(NATIVE)).toMatchObject({ verdict: 'REFUSED', reason: { code: 'ORDER_CLOSED' } });
    expect(simulator.books().chargedFen).toBe(0);
  });

  it('for a page or an app brings signed parameters to call its payment up', async () => {
    const { simulator, gateway } = await openShop({}, { signType });
    const inPage = await place(gateway, { ...NATIVE, tradeType: 'JSAPI', openid: 'oPayer' });
    const { paySign, ...page } = gateway.jsapiParams(inPage);
    expect(page).toMatchObject({ appId: SAMPLE_MERCHANT.appId, package: `prepay_id=${inPage}`, signType });
    expect(isSignedBy({ ...page, sign: paySign }, SAMPLE_MERCHANT.apiKey, signType)).toBe(true);
    simulator.pay(inPage);
    expect(await gateway.lookUp(ORDER)).toMatchObject({ order: { state: 'PAID', tradeType: 'JSAPI' } });

    const inApp = await place(gateway, { ...NATIVE, outTradeNo: 'A-1', tradeType: 'APP' });
    const app = gateway.appParams(inApp);
    expect(app).toMatchObject({ partnerid: SAMPLE_MERCHANT.mchId, prepayid: inApp });
    expect(isSignedBy({ ...app }, SAMPLE_MERCHANT.apiKey, signType)).toBe(true);
  });

  it('is announced, and its notification heard', async () => {
    await using ear = await startMerchantEar();
    const { simulator, gateway } = await openShop({}, { signType });
    simulator.pay(await place(gateway, { ...NATIVE, notifyUrl: ear.url }), 'coupon');
    await expect.poll(() => ear.heard.length, { timeout: 20_000 }).toBe(1);
    const heard = gateway.hear(Buffer.from(ear.heard[0] ?? ''), { amountOf: () => ORDER.amountFen });
    expect(heard).toMatchObject({ event: { kind: 'payment', settlement: { cashFen: 1107, couponFen: 123 } } });
  });

  it('has beside it the payer of a code, and reports of how sales went', async () => {
    const { simulator, gateway } = await openShop({}, { signType });
    const code = new Secret(simulator.freshCode('pays'));
    const payer = await gateway.openidOf(code);
    expect(payer).toMatchObject({ verdict: 'FOUND', openid: expect.stringMatching(/^oSim/) });
    await gateway.pay(ORDER, code);
    expect(await gateway.openidOf(code)).toMatchObject({ verdict: 'REFUSED', reason: { code: 'CODE_INVALID' } });
    const expired = new Secret(simulator.freshCode('code-expired'));
    expect(await gateway.openidOf(expired)).toMatchObject({ verdict: 'REFUSED', reason: { code: 'CODE_EXPIRED' } });

    const trade = {
      outTradeNo: ORDER.outTradeNo,
      begunAt: Date.now() - 1_000,
      endedAt: Date.now(),
      end: 'paid',
    } as const;
    expect(await gateway.report([trade, { ...trade, end: 'cancelled' }])).toEqual({ verdict: 'TAKEN', count: 2 });
  });
});

describe('an order for a sub-merchant', () => {
  it('is asked for by its provider, call by call', async () => {
    const { simulator, gateway } = await openShop({}, { subMchId: '1900000109', subAppId: 'wx0123456789abcdef' });
    const handle = await place(gateway, { ...NATIVE, tradeType: 'JSAPI', subOpenid: 'oSub' });
    expect(gateway.jsapiParams(handle).appId).toBe('wx0123456789abcdef');
    expect(gateway.appParams(handle)).toMatchObject({ partnerid: '1900000109' });
    simulator.pay(handle);
    expect(await gateway.lookUp(ORDER)).toMatchObject({ order: { state: 'PAID' } });
    const other = await place(gateway, { ...NATIVE, outTradeNo: 'B-1' });
    expect(other).toMatch(/^weixin:/);
    expect(await gateway.closeOrder({ outTradeNo: 'B-1' })).toEqual({ verdict: 'CLOSED' });
    const code = new Secret(simulator.freshCode('pays'));
    expect(await gateway.openidOf(code)).toMatchObject({ subOpenid: expect.stringMatching(/^oSub/) });
  });
});

describe('the race between paying and closing', () => {
  it('is won by whoever was first, and the till learns who', async () => {
    const { simulator, gateway } = await openShop();
    simulator.pay(await place(gateway), 'pays-late');
    expect(await gateway.closeOrder(ORDER)).toEqual({ verdict: 'ALREADY_PAID' });
    expect(await gateway.query(ORDER)).toMatchObject({ verdict: 'PAID', settlement: { totalFen: 1230 } });
    expect(simulator.books().chargedFen).toBe(1230);
  });

  it.each(Array.from({ length: 8 }, (_, nth) => nth))('ends one way or the other, never both (%i)', async (nth) => {
    const { simulator, gateway } = await openShop();
    const codeUrl = await place(gateway);
    const closing = gateway.closeOrder(ORDER);
    for (let turn = 0; turn < nth; turn++) await new Promise((resolve) => setImmediate(resolve));
    const paid = attempt(() => simulator.pay(codeUrl));
    const { verdict } = await closing;
    expect(verdict).toBe(paid ? 'ALREADY_PAID' : 'CLOSED');
    expect((await gateway.query(ORDER)).verdict).toBe(paid ? 'PAID' : 'CLOSED');
    expect(simulator.books().chargedFen).toBe(paid ? 1230 : 0);
  });
});

describe('an order that is not what it should be', () => {
  it('is not found, and nothing to close', async () => {
    const { gateway } = await openShop();
    expect(await gateway.lookUp({ outTradeNo: 'nobody' })).toEqual({ verdict: 'NOT_FOUND' });
    expect(await gateway.lookUp({ transactionId: '4200000000' })).toEqual({ verdict: 'NOT_FOUND' });
    expect(await gateway.closeOrder({ outTradeNo: 'nobody' })).toEqual({ verdict: 'NOT_FOUND' });
  });

  it('was made by a pay code, and is reversed instead of closed', async () => {
    const { simulator, gateway } = await openShop();
    await gateway.pay(ORDER, new Secret(simulator.freshCode('pays')));
    expect(await gateway.closeOrder(ORDER)).toMatchObject({ verdict: 'REFUSED', reason: { code: 'CLOSE_REFUSED' } });
    expect(await gateway.placeOrder(NATIVE)).toMatchObject({ verdict: 'UNKNOWN', reason: { code: 'NUMBER_USED' } });
  });

  it('was paid before: placing it again says so, and the query tells', async () => {
    const { simulator, gateway } = await openShop();
    simulator.pay(await place(gateway));
    expect(await gateway.placeOrder(NATIVE)).toMatchObject({ verdict: 'UNKNOWN', reason: { code: 'ALREADY_PAID' } });
  });

  it('was never sent: NOT_SENT to place, and nothing learned by the rest', async () => {
    const { simulator, gateway } = await openShop();
    await simulator.close();
    expect(await gateway.placeOrder(NATIVE)).toMatchObject({ verdict: 'NOT_SENT', reason: { code: 'NOT_SENT' } });
    const reason = { code: 'NO_REPLY' };
    expect(await gateway.closeOrder(ORDER)).toMatchObject({ verdict: 'AGAIN', reason });
    expect(await gateway.lookUp(ORDER)).toMatchObject({ verdict: 'UNKNOWN', reason });
    expect(await gateway.openidOf(new Secret('134567890123456789'))).toMatchObject({ verdict: 'UNKNOWN', reason });
    expect(await gateway.report([])).toMatchObject({ verdict: 'UNKNOWN', reason });
  });
});

describe('an order whose first reply goes wrong', () => {
  const done = (reply: BareReply | DeformedReply): Fault => ({ work: 'done', reply });
  const skipped = (reply: BareReply): Fault => ({ work: 'skipped', reply });
  const SYSTEM_ERROR = { kind: 'error', errCode: 'SYSTEMERROR' } as const;

  const faults: [what: string, fault: Fault, code: string, isDone: boolean][] = [
    ['lost afterwards', done({ kind: 'lost' }), 'NO_REPLY', true],
    ['lost before', skipped({ kind: 'lost' }), 'NO_REPLY', false],
    ['SYSTEMERROR afterwards', done(SYSTEM_ERROR), 'GATEWAY_BUSY', true],
    ['SYSTEMERROR before', skipped(SYSTEM_ERROR), 'GATEWAY_BUSY', false],
    ['a gateway’s error page', done({ kind: 'http', status: 502 }), 'GATEWAY_BUSY', true],
    ['cut off', done({ kind: 'garbled' }), 'BAD_REPLY', true],
    ['signed by somebody else', done({ kind: 'bad-sign' }), 'BAD_SIGNATURE', true],
    ['unsigned', done({ kind: 'unsigned' }), 'BAD_SIGNATURE', true],
  ];

  it.each(faults)(
    '%s: placing is UNKNOWN, and the same call again brings the one place',
    async (_, fault, code, isDone) => {
      const { simulator, gateway } = await openShop({ rules: [{ when: { endpoint: 'unifiedorder', nth: 1 }, fault }] });
      expect(await gateway.placeOrder(NATIVE)).toMatchObject({ verdict: 'UNKNOWN', reason: { code } });
      expect((await gateway.query(ORDER)).verdict).toBe(isDone ? 'NOT_PAID' : 'NOT_FOUND');
      simulator.pay(await place(gateway));
      expect(simulator.books()).toMatchObject({ orders: 1, chargedFen: 1230 });
      expect(simulator.violations()).toEqual([]);
    },
  );

  it.each(faults)('%s: closing is AGAIN, and the same call again closes', async (_, fault, code, isDone) => {
    const { gateway } = await openShop({ rules: [{ when: { endpoint: 'closeorder', nth: 1 }, fault }] });
    await place(gateway);
    expect(await gateway.closeOrder(ORDER)).toMatchObject({ verdict: 'AGAIN', reason: { code } });
    expect((await gateway.query(ORDER)).verdict).toBe(isDone ? 'CLOSED' : 'NOT_PAID');
    expect(await gateway.closeOrder(ORDER)).toEqual({ verdict: 'CLOSED' });
  });
});

function attempt(act: () => unknown): boolean {
  try {
    act();
    return true;
  } catch {
    return false;
  }
}
