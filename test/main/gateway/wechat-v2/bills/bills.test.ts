import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { billDayOf, billReadyAt } from '../../../../../src/core/bill-day.ts';
import { Secret } from '../../../../../src/core/secret.ts';
import type { ClientCertificate } from '../../../../../src/main/gateway/wechat-v2/certificate/client-certificate.ts';
import {
  createWechatV2Gateway,
  type WechatV2Gateway,
  type WechatV2Options,
} from '../../../../../src/main/gateway/wechat-v2/client.ts';
import type { SignType } from '../../../../../src/main/gateway/wechat-v2/wire/sign.ts';
import { systemClock } from '../../../../../src/simulator/clock.ts';
import { SAMPLE_MERCHANT } from '../../../../../src/simulator/options.ts';
import { type Simulator, startSimulator } from '../../../../../src/simulator/simulator.ts';
import { MORNING } from '../../../../simulator/support/counter.ts';
import { readAll } from '../support/bill-samples.ts';
import { ORDER } from '../support/replies.ts';

/* Bills of the client from the simulator, over real TLS, at an hour that the test says. */

const TODAY = billDayOf(MORNING);
const READY_AT = billReadyAt(TODAY) ?? 0;
const opened: WechatV2Gateway[] = [];
let simulator: Simulator;
let now = MORNING;

const clock = { ...systemClock, now: () => now, monotonicMs: () => now };

beforeAll(async () => {
  simulator = await startSimulator({ clock, delays: { refundMs: 0, refundGapMs: 0 } });
  const gateway = open();
  const code = () => new Secret(simulator.freshCode('pays'));
  await gateway.pay(ORDER, code());
  now += 1_000;
  const refund = { order: ORDER, outRefundNo: 'R-1', totalFen: ORDER.amountFen, refundFen: ORDER.amountFen };
  await gateway.refund(refund);
  await gateway.close();
  now = READY_AT;
});
afterAll(() => simulator.close());
afterEach(async () => {
  now = READY_AT;
  await Promise.all(opened.splice(0).map((gateway) => gateway.close()));
});

function open(options: Partial<WechatV2Options> = {}): WechatV2Gateway {
  const clientCertificate: ClientCertificate = {
    certPem: simulator.clientCertPem,
    keyPem: new Secret(simulator.clientKeyPem),
    subject: '',
    expiresAt: Number.POSITIVE_INFINITY,
  };
  const gateway = createWechatV2Gateway({
    ...SAMPLE_MERCHANT,
    hosts: [simulator.baseUrl],
    ca: simulator.caPem,
    clientCertificate,
    random: randomBytes,
    clock,
    ...options,
  });
  opened.push(gateway);
  return gateway;
}

describe.each<SignType>(['HMAC-SHA256', 'MD5'])('signed with %s', (signType) => {
  it.each([true, false])('a day’s trades come row by row, and add up (packed: %s)', async (gzip) => {
    const answer = await open({ signType }).downloadBill({ day: TODAY, gzip });
    if (answer.verdict !== 'BILL') throw new Error(JSON.stringify(answer));
    const { rows } = await readAll(answer.bill);
    const { outTradeNo, deviceInfo, attach, amountFen, body } = ORDER;
    expect(rows).toMatchObject([
      { state: 'SUCCESS', outTradeNo, deviceInfo, attach, goodsName: body, orderFen: amountFen, feeMilliFen: 7000 },
      { state: 'REFUND', outTradeNo, outRefundNo: 'R-1', requestedRefundFen: amountFen, refundState: 'SUCCESS' },
    ]);
    expect(answer.bill.totals).toMatchObject({ rows: 2, orderFen: amountFen, feeMilliFen: 0 });
  });

  it('the movements of the account come by HMAC-SHA256, whatever else is signed with', async () => {
    const answer = await open({ signType }).downloadFundFlow({ day: TODAY, account: 'Basic' });
    if (answer.verdict !== 'BILL') throw new Error(JSON.stringify(answer));
    const { rows } = await readAll(answer.bill);
    expect(rows.map(({ direction, amountFen }) => [direction, amountFen])).toEqual([
      ['in', 1230],
      ['out', 7],
      ['out', 1230],
      ['in', 7],
    ]);
    expect(rows.at(-1)?.balanceFen).toBe(0);
  });
});

describe('which bill', () => {
  it.each([
    ['SUCCESS', ['SUCCESS']],
    ['REFUND', ['REFUND']],
    ['ALL', ['SUCCESS', 'REFUND']],
  ] as const)('%s', async (type, states) => {
    const answer = await open().downloadBill({ day: TODAY, type });
    if (answer.verdict !== 'BILL') throw new Error(JSON.stringify(answer));
    expect((await readAll(answer.bill)).rows.map(({ state }) => state)).toEqual(states);
  });

  it('is for a day of the calendar, or the caller is wrong', async () => {
    await expect(open().downloadBill({ day: '2026-01-02' })).rejects.toThrow(/20260102, not 2026-01-02/);
  });
});

describe('no bill', () => {
  it('for want of trades is told apart from one that is still to come', async () => {
    const gateway = open();
    expect(await gateway.downloadBill({ day: TODAY, type: 'RECHARGE_REFUND' })).toEqual({ verdict: 'NO_BILL' });
    expect(await gateway.downloadFundFlow({ day: TODAY, account: 'Fees' })).toEqual({ verdict: 'NO_BILL' });
    for (const hoursBefore of [0.5, 2]) {
      now = READY_AT - hoursBefore * 3_600_000;
      const later = { verdict: 'LATER', reason: { code: 'BILL_CREATING' }, notBefore: READY_AT };
      expect(await gateway.downloadBill({ day: TODAY })).toMatchObject(later);
      expect(await gateway.downloadFundFlow({ day: TODAY, account: 'Basic' })).toMatchObject(later);
    }
  });

  it('because the key is wrong, which somebody has to mend', async () => {
    const gateway = open({ apiKey: new Secret('0'.repeat(32)) });
    const refused = { verdict: 'REFUSED', reason: { code: 'BAD_CONFIG' } };
    expect(await gateway.downloadBill({ day: TODAY })).toMatchObject(refused);
    expect(await gateway.downloadFundFlow({ day: TODAY, account: 'Basic' })).toMatchObject(refused);
  });

  it('of the account without the certificate, which trades do not need', async () => {
    const gateway = open({ clientCertificate: undefined });
    const refused = { verdict: 'REFUSED', reason: { code: 'BAD_CERTIFICATE' } };
    expect(await gateway.downloadFundFlow({ day: TODAY, account: 'Basic' })).toMatchObject(refused);
    expect((await gateway.downloadBill({ day: TODAY })).verdict).toBe('BILL');
  });
});
