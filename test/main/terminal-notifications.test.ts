import { existsSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterEach, describe, expect, it } from 'vitest';
import { fen } from '../../src/core/money.ts';
import type { Payment } from '../../src/core/payment.ts';
import { encryptReqInfo } from '../../src/main/gateway/wechat-v2/wire/req-info.ts';
import { type Fields, sign } from '../../src/main/gateway/wechat-v2/wire/sign.ts';
import { buildXml, parseXml } from '../../src/main/gateway/wechat-v2/wire/xml.ts';
import { createTerminal, type Terminal } from '../../src/main/terminal.ts';
import type { TerminalClient } from '../../src/renderer/connection/connection.ts';
import { type Delays, SAMPLE_MERCHANT } from '../../src/simulator/options.ts';
import { eventually } from '../fixtures/eventually.ts';
import { openShop, QUICK_TIMINGS, type TestShop } from '../fixtures/shop.ts';

/* The whole terminal, told over real HTTP of what it would itself ask about only minutes later. */

const AMOUNT = fen(1230);
const SLOW_POLL = { ...QUICK_TIMINGS, pollMs: 600_000, giveUpMs: 3_600_000 };

let shop: TestShop;
let terminal: Terminal | undefined;
let payments: Payment[] = [];
afterEach(async () => {
  await terminal?.close();
  terminal = undefined;
  payments = [];
  await shop.close();
});

async function openTill(notifications: object | undefined, delays: Partial<Delays> = {}): Promise<Terminal> {
  shop = await openShop({ settings: { timings: SLOW_POLL, notifications }, delays });
  const { dataDir } = shop;
  terminal = await createTerminal({ dataDir, host: 'none', env: {}, onPayment: (payment) => payments.push(payment) });
  return terminal;
}

/** A payment that waits for a customer's password, which is typed by now. */
async function pendingPayment(till: Terminal['till']): Promise<Payment> {
  till.ask(AMOUNT);
  till.scan(shop.simulator.freshCode('password'));
  const pending = await eventually(() => payments.find(({ state }) => state === 'pending'), {
    what: 'a pending payment',
  });
  await eventually(() => shop.simulator.books().paid === 1, { what: 'the password' });
  return pending;
}

function log(): readonly { readonly event: string; readonly port?: number; readonly code?: string }[] {
  const path = join(shop.dataDir, 'saoma.log');
  if (!existsSync(path)) return [];
  return readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

const logged = (event: string) => log().find((line) => line.event === event);

const { appId: appid, mchId: mch_id, apiKey } = SAMPLE_MERCHANT;

function tell(fields: Fields): Promise<Fields> {
  const whole = { return_code: 'SUCCESS', result_code: 'SUCCESS', appid, mch_id, nonce_str: 'n0nce', ...fields };
  return send({ ...whole, sign: sign(whole, apiKey, 'HMAC-SHA256') });
}

function tellOfRefund(inner: Fields): Promise<Fields> {
  const req_info = encryptReqInfo(buildXml(inner, 'root'), apiKey);
  return send({ return_code: 'SUCCESS', appid, mch_id, nonce_str: 'n0nce', req_info });
}

async function send(fields: Fields): Promise<Fields> {
  const body = buildXml(fields);
  const response = await fetch(`http://127.0.0.1:${logged('notifications')?.port}/`, { method: 'POST', body });
  return parseXml(await response.text());
}

const news = (outTradeNo: string, changes: Fields = {}): Fields => ({
  out_trade_no: outTradeNo,
  total_fee: String(AMOUNT),
  cash_fee: String(AMOUNT),
  transaction_id: '4200000000000000000000000001',
  ...changes,
});

describe('a terminal that hears notifications', () => {
  it('asks at once how the payment stands, and believes that answer alone', async () => {
    const { till } = await openTill({ port: 0 });
    const { outTradeNo } = await pendingPayment(till);
    expect(await tell(news(outTradeNo))).toMatchObject({ return_code: 'SUCCESS' });
    const paid = await eventually(() => payments.find(({ state }) => state === 'paid'), { what: 'a paid payment' });
    const [order] = shop.simulator.orders();
    expect(paid).toMatchObject({ settlement: { transactionId: order?.transactionId } });

    const { length } = payments;
    expect(await tell(news(outTradeNo))).toMatchObject({ return_code: 'SUCCESS' });
    expect(payments).toHaveLength(length);
  });

  it('is not told into anything: news of a payment that was not made leaves it open', async () => {
    const { till } = await openTill({ port: 0 });
    till.ask(AMOUNT);
    till.scan(shop.simulator.freshCode('walks-away'));
    const { outTradeNo } = await eventually(() => payments.find(({ state }) => state === 'pending'), {
      what: 'a pending payment',
    });
    const before = payments.length;
    expect(await tell(news(outTradeNo))).toMatchObject({ return_code: 'SUCCESS' });
    await eventually(() => payments.length > before, { what: 'the answer to a query' });
    expect(payments.map(({ state }) => state)).not.toContain('paid');

    // The same again is old news; other news of the same order makes the till ask once more.
    for (let replay = 0; replay < 20; replay++) await tell(news(outTradeNo));
    expect(payments).toHaveLength(before + 1);
    await tell(news(outTradeNo, { time_end: '20260102100000' }));
    await eventually(() => payments.length > before + 1, { what: 'the answer to another query' });
    expect(payments).toHaveLength(before + 2);
  });

  it('asks at once how a refund stands, and is not told that it has arrived', async () => {
    const { till, router } = await openTill({ port: 0 }, { refundMs: 3_600_000 });
    const client: TerminalClient = createRouterClient(router);
    till.ask(AMOUNT);
    till.scan(shop.simulator.freshCode('pays'));
    const { saleId, outTradeNo } = await eventually(() => payments.find(({ state }) => state === 'paid'), {
      what: 'a paid payment',
    });
    const decision = { manager: '王店长', reason: '商品有问题' };
    await client.refunds.request({ saleId, amountFen: 500, refundId: '0123456789abcdef-1', ...decision });
    const told = async () => (await client.sales.story({ saleId })).lines.map(({ kind }) => kind);
    const asked = async () => (await told()).filter((kind) => kind === 'refund.queried').length;
    await eventually(async () => (await told()).includes('refund.answered'), { what: 'the refund accepted' });
    // A person asks twice: from here on the till would ask by itself only after five minutes.
    for (let times = 1; times <= 2; times++) {
      await client.queue.tryNow({ taskId: 'refund:0123456789abcdef-1' });
      await eventually(async () => (await asked()) >= times, { what: 'an answer to the person' });
    }
    const before = await asked();
    const { refunds } = await client.sales.story({ saleId });
    const news = {
      out_trade_no: outTradeNo,
      transaction_id: shop.simulator.orders()[0]?.transactionId ?? '',
      out_refund_no: refunds[0]?.outRefundNo ?? '',
      refund_id: '50000000000000000000000000001',
      refund_status: 'SUCCESS',
      total_fee: String(AMOUNT),
      refund_fee: '500',
    };
    expect(await tellOfRefund(news)).toMatchObject({ return_code: 'SUCCESS' });
    await eventually(async () => (await asked()) > before, { what: 'the answer to a query' });
    expect((await client.sales.story({ saleId })).refunds).toMatchObject([{ phase: 'processing' }]);

    expect(await tellOfRefund({ ...news, total_fee: '1229' })).toMatchObject({ return_code: 'FAIL' });
    for (let replay = 0; replay < 5; replay++) await tellOfRefund(news);
    expect(await asked()).toBe(before + 1);
  });

  it('refuses what is not about its payment, and says so in its log', async () => {
    const { till } = await openTill({ port: 0 });
    const { outTradeNo } = await pendingPayment(till);
    const { length } = payments;
    for (const [changes, code] of [
      [{ total_fee: '1' }, 'OTHER_AMOUNT'],
      [{ out_trade_no: 'another' }, 'UNKNOWN_ORDER'],
      [{ mch_id: '1' }, 'NOT_OURS'],
    ] as const) {
      expect(await tell(news(outTradeNo, changes))).toMatchObject({ return_code: 'FAIL' });
      expect(log()).toContainEqual(expect.objectContaining({ event: 'notification refused', code, count: 1 }));
    }
    expect(payments).toHaveLength(length);
  });

  it('sells without, when its port is another’s', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const { till } = await openTill({ port });
    expect(logged('notifications not heard')).toMatchObject({ code: 'EADDRINUSE', port });
    till.ask(AMOUNT);
    till.scan(shop.simulator.freshCode('pays'));
    await eventually(() => payments.some(({ state }) => state === 'paid'), { what: 'a paid payment' });
    await new Promise((resolve) => other.close(resolve));
  });

  it('listens nowhere unless it is told to', async () => {
    await openTill(undefined);
    expect(logged('notifications')).toBeUndefined();
    expect(logged('notifications not heard')).toBeUndefined();
  });
});
