import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
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
import type { BareReply, DeformedReply, Fault } from '../../../../src/simulator/behaviour/behaviour.ts';
import { SAMPLE_MERCHANT, type SimulatorOptions } from '../../../../src/simulator/options.ts';
import { type Simulator, startSimulator } from '../../../../src/simulator/simulator.ts';
import { ORDER } from './support/replies.ts';

/* Refunds of the client against the simulator, over real TLS with the client certificate. */

/** Holds the certificates that all of these simulators share. */
const scratch = mkdtempSync(join(tmpdir(), 'saoma-refunds-'));
const opened: (WechatV2Gateway | Simulator)[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});
afterAll(() => rmSync(scratch, { recursive: true }));

const REFUND = { order: ORDER, outRefundNo: 'R-1', totalFen: ORDER.amountFen, refundFen: fen(230) };

/** A shop with ORDER paid, at a simulator that does as it is told. */
async function paidShop(options: SimulatorOptions = {}, client: Partial<WechatV2Options> = {}) {
  const simulator = await startSimulator({
    certDir: scratch,
    delays: { refundMs: 600_000, refundGapMs: 0 },
    ...options,
  });
  opened.push(simulator);
  const p12File = join(scratch, 'client.p12');
  writeFileSync(p12File, simulator.clientP12);
  const password = new Secret(SAMPLE_MERCHANT.mchId);
  const gateway = createWechatV2Gateway({
    ...SAMPLE_MERCHANT,
    hosts: [simulator.baseUrl],
    ca: simulator.caPem,
    clientCertificate: await loadClientCertificate({ p12File, password }, Date.now()),
    random: randomBytes,
    clock: createSystemClock(),
    ...client,
  });
  opened.push(gateway);
  expect((await gateway.pay(ORDER, new Secret(simulator.freshCode('pays')))).verdict).toBe('PAID');
  return { simulator, gateway };
}

describe.each<SignType>(['HMAC-SHA256', 'MD5'])('a refund signed with %s', (signType) => {
  it('is accepted, found on its way, and the order is then known as refunded', async () => {
    const { simulator, gateway } = await paidShop({}, { signType });
    const accepted = await gateway.refund({ ...REFUND, desc: '少了一个 <苹果> & 梨' });
    expect(accepted).toMatchObject({ verdict: 'ACCEPTED', refund: { refundFen: 230, cashFen: 230, couponFen: 0 } });
    const { outRefundNo } = REFUND;
    const found = await gateway.refundQuery({ outRefundNo });
    const state = 'PROCESSING';
    expect(found).toMatchObject({ found: { totalFen: 1230, refunds: [{ outRefundNo, refundFen: 230, state }] } });
    expect((await gateway.query(ORDER)).verdict).toBe('REFUNDED');
    expect(simulator.books()).toMatchObject({ chargedFen: 1230, refundedFen: 230, netFen: 1000 });
  });
});

describe('a refund', () => {
  it('by the transaction’s number is accepted too, and found by its own', async () => {
    const { gateway, simulator } = await paidShop();
    const { transactionId = '' } = simulator.orders()[0] ?? {};
    const accepted = await gateway.refund({ ...REFUND, order: { transactionId }, from: 'balance' });
    if (accepted.verdict !== 'ACCEPTED') throw new Error(JSON.stringify(accepted));
    const { refundId } = accepted.refund;
    expect(await gateway.refundQuery({ refundId })).toMatchObject({ found: { refunds: [{ refundId }] } });
    expect(await gateway.refundQuery({ order: { transactionId } })).toMatchObject({ found: { transactionId } });
  });

  it.each([
    ['SUCCESS', 'SUCCESS', 1000],
    ['CHANGE', 'CHANGE', 1230],
    ['REFUNDCLOSE', 'CLOSED', 1230],
  ] as const)('that ends as %s is found %s, and %i fen are kept', async (refundEnd, state, netFen) => {
    const { gateway, simulator } = await paidShop({ refundEnd, delays: { refundMs: 0 } });
    await gateway.refund(REFUND);
    const answer = await gateway.refundQuery({ outRefundNo: REFUND.outRefundNo });
    expect(answer).toMatchObject({ verdict: 'FOUND', found: { refunds: [{ state }] } });
    expect(simulator.books().netFen).toBe(netFen);
  });

  it('never gives back more than was paid', async () => {
    const { gateway, simulator } = await paidShop();
    await gateway.refund({ ...REFUND, refundFen: fen(1000) });
    expect(await gateway.refund({ ...REFUND, outRefundNo: 'R-2', refundFen: fen(231) })).toMatchObject({
      verdict: 'REFUSED',
      reason: { code: 'REFUND_REFUSED', gatewayCode: 'ERROR' },
    });
    expect((await gateway.refund({ ...REFUND, outRefundNo: 'R-3' })).verdict).toBe('ACCEPTED');
    expect(simulator.books()).toMatchObject({ refundedFen: 1230, netFen: 0 });
  });

  it('of other amounts under a used number is UNKNOWN, and nothing more goes back', async () => {
    const { gateway, simulator } = await paidShop();
    await gateway.refund(REFUND);
    expect(await gateway.refund({ ...REFUND, refundFen: fen(231) })).toMatchObject({
      verdict: 'UNKNOWN',
      reason: { code: 'REFUND_NUMBER_USED' },
    });
    expect(simulator.books().refundedFen).toBe(230);
  });

  it('of an order nobody knows is REFUSED, and is not found', async () => {
    const { gateway } = await paidShop();
    const order = { outTradeNo: '0001-01-999999-nobdy' };
    expect(await gateway.refund({ ...REFUND, order })).toMatchObject({ reason: { code: 'ORDER_NOT_FOUND' } });
    expect(await gateway.refundQuery({ order })).toEqual({ verdict: 'NOT_FOUND' });
  });

  it('without the client certificate gives nothing back, and says that it is the certificate', async () => {
    const { gateway, simulator } = await paidShop({}, { clientCertificate: undefined });
    expect(await gateway.refund(REFUND)).toMatchObject({ verdict: 'UNKNOWN', reason: { code: 'BAD_CERTIFICATE' } });
    expect(simulator.books().refundedFen).toBe(0);
  });

  it('is AGAIN when it was not sent, and a question then says nothing', async () => {
    const { gateway, simulator } = await paidShop();
    await simulator.close();
    expect(await gateway.refund(REFUND)).toMatchObject({ verdict: 'AGAIN', reason: { code: 'NOT_SENT' } });
    expect(await gateway.refundQuery({ outRefundNo: 'R-1' })).toMatchObject({
      verdict: 'UNKNOWN',
      reason: { code: 'NO_REPLY' },
    });
  });
});

describe('a refund whose first reply goes wrong', () => {
  const done = (reply: BareReply | DeformedReply): Fault => ({ work: 'done', reply });
  const skipped = (reply: BareReply): Fault => ({ work: 'skipped', reply });
  const SYSTEM_ERROR = { kind: 'error', errCode: 'SYSTEMERROR' } as const;

  it.each<[what: string, fault: Fault, code: string, found: 'FOUND' | 'NOT_FOUND']>([
    ['lost after it was accepted', done({ kind: 'lost' }), 'NO_REPLY', 'FOUND'],
    ['lost before', skipped({ kind: 'lost' }), 'NO_REPLY', 'NOT_FOUND'],
    ['SYSTEMERROR after it was accepted', done(SYSTEM_ERROR), 'GATEWAY_BUSY', 'FOUND'],
    ['SYSTEMERROR before', skipped(SYSTEM_ERROR), 'GATEWAY_BUSY', 'NOT_FOUND'],
    ['a gateway’s error page', done({ kind: 'http', status: 502 }), 'GATEWAY_BUSY', 'FOUND'],
    ['cut off', done({ kind: 'garbled' }), 'BAD_REPLY', 'FOUND'],
    ['signed by somebody else', done({ kind: 'bad-sign' }), 'BAD_SIGNATURE', 'FOUND'],
    ['of another amount', done({ kind: 'wrong-amount' }), 'REPLY_MISMATCH', 'FOUND'],
  ])('%s: is UNKNOWN, the question tells, and the same call again refunds once', async (_, fault, code, found) => {
    const rules = [{ when: { endpoint: 'refund', nth: 1 }, fault }] as const;
    const { gateway, simulator } = await paidShop({ rules });
    expect(await gateway.refund(REFUND)).toMatchObject({ verdict: 'UNKNOWN', reason: { code } });
    expect((await gateway.refundQuery({ outRefundNo: REFUND.outRefundNo })).verdict).toBe(found);
    expect((await gateway.refund(REFUND)).verdict).toBe('ACCEPTED');
    expect(simulator.orders()[0]?.refunds).toHaveLength(1);
    expect(simulator.books()).toMatchObject({ refundedFen: 230, netFen: 1000 });
  });

  it('for want of money is AGAIN, and works under the same number when there is some', async () => {
    const fault = skipped({ kind: 'error', errCode: 'NOTENOUGH' });
    const { gateway } = await paidShop({ rules: [{ when: { endpoint: 'refund', nth: 1 }, fault }] });
    expect(await gateway.refund(REFUND)).toMatchObject({ verdict: 'AGAIN', reason: { code: 'MERCHANT_BALANCE_LOW' } });
    expect((await gateway.refund(REFUND)).verdict).toBe('ACCEPTED');
  });

  it('when it is the question’s: is UNKNOWN, and asked again it tells', async () => {
    const fault = skipped(SYSTEM_ERROR);
    const { gateway } = await paidShop({ rules: [{ when: { endpoint: 'refundquery', nth: 1 }, fault }] });
    await gateway.refund(REFUND);
    const question = { outRefundNo: REFUND.outRefundNo };
    expect(await gateway.refundQuery(question)).toMatchObject({ verdict: 'UNKNOWN', reason: { code: 'GATEWAY_BUSY' } });
    expect((await gateway.refundQuery(question)).verdict).toBe('FOUND');
  });
});

describe('the refunds of an order', () => {
  it('come by pages, which say how many there are', async () => {
    const { gateway } = await paidShop();
    for (let nth = 1; nth <= 12; nth++) {
      await gateway.refund({ ...REFUND, outRefundNo: `R-${nth}`, refundFen: fen(nth) });
    }
    const page = async (offset: number) => {
      const answer = await gateway.refundQuery({ order: ORDER, offset });
      if (answer.verdict !== 'FOUND') throw new Error(JSON.stringify(answer));
      return answer.found;
    };
    const [first, second] = [await page(0), await page(10)];
    expect([first.totalCount, second.totalCount]).toEqual([12, 12]);
    const numbers = [...first.refunds, ...second.refunds].map(({ refundFen }) => refundFen);
    expect(numbers).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });
});
