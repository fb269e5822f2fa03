import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { decryptReqInfo } from '../../../src/main/gateway/wechat-v2/wire/req-info.ts';
import { type Fields, isSignedBy, type SignType } from '../../../src/main/gateway/wechat-v2/wire/sign.ts';
import { parseXml } from '../../../src/main/gateway/wechat-v2/wire/xml.ts';
import { ATTEMPTS_AFTER_MS } from '../../../src/simulator/notifications/schedule.ts';
import { SAMPLE_MERCHANT, type SimulatorOptions } from '../../../src/simulator/options.ts';
import { type Simulator, startSimulator } from '../../../src/simulator/simulator.ts';
import { ManualClock } from '../../fixtures/clock.ts';
import { eventually } from '../../fixtures/eventually.ts';
import { createTestClient, type TestClient } from '../support/client.ts';
import { PAY_FIELDS } from '../support/counter.ts';
import { CONFIRMED, type MerchantEar, startMerchantEar } from '../support/merchant-ear.ts';

/* Notifications over real HTTP, at times that only the test moves. */

const DAYS_MS = 2 * 86_400_000;
const scratch = mkdtempSync(join(tmpdir(), 'saoma-postman-'));
const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const thing of opened.splice(0).reverse()) await thing.close();
});
afterAll(() => rmSync(scratch, { recursive: true }));

interface Shop {
  readonly clock: ManualClock;
  readonly simulator: Simulator;
  readonly client: TestClient;
  /** The code_url of a new order that is announced to `url`. */
  place(outTradeNo: string, url: string, more?: Fields): Promise<string>;
}

async function openShop(options: SimulatorOptions & { signType?: SignType; startAt?: number } = {}): Promise<Shop> {
  const clock = new ManualClock(options.startAt);
  const simulator = await startSimulator({ certDir: scratch, clock, ...options });
  opened.push(simulator);
  const client = createTestClient(simulator, { signType: options.signType ?? 'HMAC-SHA256' });
  opened.push(client);
  return {
    clock,
    simulator,
    client,
    async place(outTradeNo, url, more = {}) {
      const order = {
        ...PAY_FIELDS,
        out_trade_no: outTradeNo,
        notify_url: url,
        trade_type: 'NATIVE',
        product_id: 'P1',
      };
      const { fields } = await client.call('/pay/unifiedorder', { ...order, ...more });
      return fields.code_url ?? '';
    },
  };
}

const refusing = () =>
  startMerchantEar((_, __, response) => response.end('<xml><return_code>FAIL</return_code></xml>'));
const heardBy = (ear: MerchantEar, count: number) =>
  eventually(() => ear.heard.length >= count, { what: `${count} notifications` });
/** What the merchant confirmed is in the ledger. */
const confirmed = (simulator: Simulator) =>
  eventually(() => simulator.orders()[0]?.notifiedAt, { what: 'a confirmation' });

describe('a payment', () => {
  it.each<SignType>(['MD5', 'HMAC-SHA256'])('is announced once, signed with %s as its order was', async (signType) => {
    await using ear = await startMerchantEar();
    const shop = await openShop({ signType });
    shop.simulator.pay(await shop.place('T0000001', ear.url, { attach: '班次 3 & <早>' }), 'coupon');
    await confirmed(shop.simulator);
    await shop.clock.advance(DAYS_MS);

    expect(ear.heard).toHaveLength(1);
    const fields = parseXml(ear.heard[0] ?? '');
    expect(isSignedBy(fields, SAMPLE_MERCHANT.apiKey, signType)).toBe(true);
    expect(fields).toMatchObject({
      return_code: 'SUCCESS',
      result_code: 'SUCCESS',
      appid: SAMPLE_MERCHANT.appId,
      mch_id: SAMPLE_MERCHANT.mchId,
      trade_type: 'NATIVE',
      out_trade_no: 'T0000001',
      total_fee: '888',
      cash_fee: '800',
      coupon_fee_0: '88',
      attach: '班次 3 & <早>',
    });
  });

  it('is announced when the customer has typed the password, though nobody asks', async () => {
    await using ear = await startMerchantEar();
    const shop = await openShop();
    shop.simulator.pay(await shop.place('T0000001', ear.url), 'password');
    await shop.clock.advance(5_999);
    expect(ear.heard).toEqual([]);
    await shop.clock.advance(1);
    await heardBy(ear, 1);
  });

  it('is announced to a sub-merchant’s provider for the sub-merchant', async () => {
    await using ear = await startMerchantEar();
    const shop = await openShop();
    const whose = { sub_mch_id: '1900000109', sub_appid: 'wxsub' };
    shop.simulator.pay(await shop.place('T0000001', ear.url, whose));
    await heardBy(ear, 1);
    expect(parseXml(ear.heard[0] ?? '')).toMatchObject(whose);
  });

  it('is announced by the documented schedule while nobody confirms, and then no more', async () => {
    await using ear = await refusing();
    const shop = await openShop();
    shop.simulator.pay(await shop.place('T0000001', ear.url));
    for (const [nth, after] of ATTEMPTS_AFTER_MS.entries()) {
      await heardBy(ear, nth + 1);
      const waitMs = (ATTEMPTS_AFTER_MS[nth + 1] ?? after + DAYS_MS) - after;
      await shop.clock.advance(waitMs - 1);
      expect(ear.heard).toHaveLength(nth + 1);
      await shop.clock.advance(1);
    }
    expect(ear.heard).toHaveLength(ATTEMPTS_AFTER_MS.length);
    expect(new Set(ear.heard.map((body) => parseXml(body).nonce_str)).size).toBe(ATTEMPTS_AFTER_MS.length);
  });

  it.each<[what: string, answer: Parameters<typeof startMerchantEar>[0]]>([
    ['a broken connection', (_, __, { socket }) => socket?.destroy()],
    ['an error page', (_, __, response) => response.writeHead(500).end(CONFIRMED)],
    ['words', (_, __, response) => response.end('SUCCESS')],
    ['a flood', (_, __, response) => response.end('x'.repeat(100_000))],
  ])('is not confirmed by %s, and announced again', async (_, badly) => {
    await using ear = await startMerchantEar((body, nth, response) =>
      nth === 1 ? badly?.(body, nth, response) : response.end(CONFIRMED),
    );
    const shop = await openShop();
    shop.simulator.pay(await shop.place('T0000001', ear.url));
    await heardBy(ear, 1);
    await shop.clock.advance(15_000);
    await heardBy(ear, 2);
    await confirmed(shop.simulator);
  });

  it('is not confirmed by silence, which is waited for five seconds', async () => {
    await using ear = await startMerchantEar((_, nth, response) => nth > 1 && response.end(CONFIRMED));
    const shop = await openShop();
    shop.simulator.pay(await shop.place('T0000001', ear.url));
    await heardBy(ear, 1);
    await shop.clock.advance(15_000);
    await heardBy(ear, 2);
    await confirmed(shop.simulator);
  });

  it('is never announced to another machine', async () => {
    await using ear = await startMerchantEar();
    const shop = await openShop();
    shop.simulator.pay(await shop.place('T0000001', 'https://shop.example/wechat'));
    shop.simulator.pay(await shop.place('T0000002', ear.url));
    await heardBy(ear, 1);
    await shop.clock.advance(DAYS_MS);
    expect(shop.simulator.orders().map(({ notifiedAt }) => notifiedAt !== undefined)).toEqual([false, true]);
  });

  it('by a pay code, or one that was closed, is announced to nobody', async () => {
    await using ear = await startMerchantEar();
    const shop = await openShop();
    await shop.place('T0000001', ear.url);
    await shop.client.call('/pay/closeorder', { out_trade_no: 'T0000001' });
    await shop.client.pay('T0000002', shop.simulator.freshCode('pays'));
    shop.simulator.pay(await shop.place('T0000003', ear.url));
    await heardBy(ear, 1);
    await shop.clock.advance(DAYS_MS);
    expect(ear.heard.map((body) => parseXml(body).out_trade_no)).toEqual(['T0000003']);
  });

  it('is announced on by the next simulator on the same ledger, until it is confirmed', async () => {
    const dataDir = mkdtempSync(join(scratch, 'ledger-'));
    await using deaf = await refusing();
    const first = await openShop({ dataDir });
    first.simulator.pay(await first.place('T0000001', deaf.url));
    await heardBy(deaf, 1);
    await first.simulator.close();

    const second = await openShop({ dataDir, startAt: first.clock.now() + 3_600_000 });
    await heardBy(deaf, 2);
    await second.simulator.close();
    expect(deaf.heard.map((body) => parseXml(body).transaction_id)).toEqual(
      second.simulator.orders().flatMap(({ transactionId }) => [transactionId, transactionId]),
    );
  });
});

describe('a refund', () => {
  const inside = (body: string) =>
    parseXml(decryptReqInfo(parseXml(body).req_info ?? '', SAMPLE_MERCHANT.apiKey), 'root');

  it.each([
    ['SUCCESS', '2026-01-02 10:01:00'],
    ['CHANGE', undefined],
    ['REFUNDCLOSE', undefined],
  ] as const)('that ends as %s is announced when it does, encrypted and unsigned', async (refundEnd, success_time) => {
    await using ear = await startMerchantEar();
    const shop = await openShop({ refundEnd, startAt: Date.UTC(2026, 0, 2, 2) });
    await shop.client.pay('T0000001', shop.simulator.freshCode('coupon'));
    const refund = { out_trade_no: 'T0000001', out_refund_no: 'R1', total_fee: '888', refund_fee: '300' };
    await shop.client.call('/secapi/pay/refund', { ...refund, notify_url: ear.url });
    await shop.clock.advance(59_999);
    expect(ear.heard).toEqual([]);
    await shop.clock.advance(1);
    await heardBy(ear, 1);

    const outer = parseXml(ear.heard[0] ?? '');
    expect(Object.keys(outer).sort()).toEqual(['appid', 'mch_id', 'nonce_str', 'req_info', 'return_code']);
    const inner = inside(ear.heard[0] ?? '');
    expect(inner).toMatchObject({ ...refund, refund_status: refundEnd, cash_refund_fee: '271' });
    expect(inner.success_time).toBe(success_time);
  });

  it('is announced on its own, beside the payment and other refunds', async () => {
    await using ear = await startMerchantEar();
    const shop = await openShop({ delays: { refundMs: 0, refundGapMs: 0 } });
    shop.simulator.pay(await shop.place('T0000001', ear.url));
    await confirmed(shop.simulator);
    for (const out_refund_no of ['R1', 'R2', 'R3']) {
      const refund = { out_trade_no: 'T0000001', out_refund_no, total_fee: '888', refund_fee: '100' };
      // Nobody wants to hear of the second.
      await shop.client.call('/secapi/pay/refund', { ...refund, notify_url: out_refund_no === 'R2' ? '' : ear.url });
    }
    await heardBy(ear, 3);
    await shop.clock.advance(DAYS_MS);
    expect(ear.heard.slice(1).map((body) => inside(body).out_refund_no)).toEqual(['R1', 'R3']);
  });
});
