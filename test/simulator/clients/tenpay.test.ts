import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import Payment from 'tenpay';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appParams, jsapiParams } from '../../../src/main/gateway/wechat-v2/call-up.ts';
import type { SignType } from '../../../src/main/gateway/wechat-v2/wire/sign.ts';
import { SAMPLE_MERCHANT } from '../../../src/simulator/options.ts';
import { type Simulator, startSimulator } from '../../../src/simulator/simulator.ts';
import { eventually } from '../../fixtures/eventually.ts';
import { type MerchantEar, startMerchantEar } from '../support/merchant-ear.ts';
import { tenpayAt } from '../support/published-clients.ts';

/* The npm client `tenpay`, as published: only told where the service is and which CA to trust. */

const { appId, mchId } = SAMPLE_MERCHANT;
const usualCas = getCACertificates('default');
const QUICK = { passwordMs: 60_000, closeNotBeforeMs: 0, refundMs: 0, refundGapMs: 0 };
let simulator: Simulator;
let orders = 0;

beforeAll(async () => {
  simulator = await startSimulator({ plainPort: 0, delays: QUICK });
  setDefaultCACertificates([...usualCas, simulator.caPem]);
});

afterAll(async () => {
  setDefaultCACertificates(usualCas);
  await simulator.close();
});

const clientAt = (baseUrl: string) => tenpayAt(simulator, baseUrl);

function newOrder(): string {
  orders += 1;
  return `TENPAY-${String(orders).padStart(6, '0')}`;
}

/** What tenpay's own middleware makes of a notification. */
async function readBy(client: Payment, type: 'pay' | 'refund', body = ''): Promise<unknown> {
  const request: Parameters<ReturnType<Payment['middlewareForExpress']>>[0] = { body };
  const response = { header: () => undefined, send: () => undefined };
  await client.middlewareForExpress(type)(request, response, () => undefined);
  return request.weixin;
}

const heard = (ear: MerchantEar, count: number) =>
  eventually(() => ear.heard.length >= count, { what: `${count} notifications` });

describe.each([
  { line: 'HTTPS with its .p12', baseUrl: () => simulator.baseUrl },
  { line: 'plain HTTP', baseUrl: () => `http://127.0.0.1:${simulator.plainPort}` },
])('tenpay over $line', ({ baseUrl }) => {
  describe.each<SignType>(['MD5', 'HMAC-SHA256'])('signing with %s', (sign_type) => {
    it('pays, asks and takes back', async () => {
      const client = clientAt(baseUrl());
      const out_trade_no = newOrder();
      const auth_code = simulator.freshCode('pays');
      const paid = await client.micropay({ out_trade_no, auth_code, body: '苹果 & <梨>', total_fee: 888, sign_type });
      expect(paid).toMatchObject({ result_code: 'SUCCESS', out_trade_no, total_fee: '888' });

      const asked = await client.orderQuery({ out_trade_no, sign_type });
      expect(asked).toMatchObject({ trade_state: 'SUCCESS', transaction_id: paid.transaction_id });

      expect(await client.reverse({ out_trade_no, sign_type })).toMatchObject({ recall: 'N' });
      const { transaction_id = '' } = paid;
      expect(await client.orderQuery({ transaction_id, sign_type })).toMatchObject({ trade_state: 'REVOKED' });
    });

    it('refunds in parts, and asks what became of them', async () => {
      const client = clientAt(baseUrl());
      const out_trade_no = newOrder();
      const auth_code = simulator.freshCode('coupon');
      await client.micropay({ out_trade_no, auth_code, body: 'x', total_fee: 1000, sign_type });
      const refund = { out_trade_no, total_fee: 1000, sign_type };
      const [first, second] = [`${out_trade_no}-1`, `${out_trade_no}-2`];
      const accepted = await client.refund({
        ...refund,
        out_refund_no: first,
        refund_fee: 400,
        refund_desc: '退 & <换>',
      });
      expect(accepted).toMatchObject({ out_refund_no: first, refund_fee: '400', cash_refund_fee: '360' });
      await client.refund({ ...refund, out_refund_no: second, refund_fee: 600 });

      const { refund_id = '' } = accepted;
      expect(await client.refundQuery({ refund_id, sign_type })).toMatchObject({ refund_status_0: 'SUCCESS' });
      const all = await client.refundQuery({ out_trade_no, offset: 0, sign_type });
      expect(all).toMatchObject({ total_refund_count: '2', out_refund_no_1: second, coupon_refund_fee_1: '60' });
      expect(await client.orderQuery({ out_trade_no, sign_type })).toMatchObject({ trade_state: 'REFUND' });
      await expect(client.refund({ ...refund, out_refund_no: second, refund_fee: 1 })).rejects.toThrow(
        'REFUND_FEE_MISMATCH',
      );
    });

    it('places an order, sees it paid, closes another, and hears of what was paid and refunded', async () => {
      await using ear = await startMerchantEar();
      const client = clientAt(baseUrl());
      const out_trade_no = newOrder();
      const order = { body: '苹果 & <梨>', total_fee: 888, notify_url: ear.url, product_id: 'P1', sign_type };
      const native = { ...order, out_trade_no, trade_type: 'NATIVE' };
      const { code_url = '', prepay_id } = await client.unifiedOrder(native);
      expect(await client.unifiedOrder(native)).toMatchObject({ code_url, prepay_id });
      expect(await client.orderQuery({ out_trade_no, sign_type })).toMatchObject({ trade_state: 'NOTPAY' });
      simulator.pay(code_url);
      expect(await client.orderQuery({ out_trade_no, sign_type })).toMatchObject({ trade_type: 'NATIVE' });
      await expect(client.unifiedOrder(native)).rejects.toThrow('ORDERPAID');
      await expect(client.closeOrder({ out_trade_no, sign_type })).rejects.toThrow('ORDERPAID');
      await heard(ear, 1);
      expect(await readBy(client, 'pay', ear.heard[0])).toMatchObject({ out_trade_no, total_fee: '888' });

      const refund = { out_trade_no, out_refund_no: `${out_trade_no}-1`, total_fee: 888, refund_fee: 88, sign_type };
      await client.refund({ ...refund, notify_url: ear.url });
      await heard(ear, 2);
      expect(await readBy(client, 'refund', ear.heard[1])).toMatchObject({
        req_info: { out_refund_no: `${out_trade_no}-1`, refund_fee: '88', refund_status: 'SUCCESS' },
      });

      const other = newOrder();
      await client.unifiedOrder({ ...native, out_trade_no: other });
      expect(await client.closeOrder({ out_trade_no: other, sign_type })).toMatchObject({ result_code: 'SUCCESS' });
      expect(await client.orderQuery({ out_trade_no: other, sign_type })).toMatchObject({ trade_state: 'CLOSED' });
    });

    it('signs what a page and an app need, as the till’s own client does', async () => {
      const client = clientAt(baseUrl());
      const order = {
        body: 'x',
        total_fee: 1,
        notify_url: 'http://127.0.0.1:9/',
        spbill_create_ip: '127.0.0.1',
        sign_type,
      };
      const merchant = { ...SAMPLE_MERCHANT, signType: sign_type };
      const page = await client.getPayParams({ ...order, out_trade_no: newOrder(), openid: 'oPayer' });
      const { timeStamp = '', nonceStr = '', package: prepay = '' } = page;
      const fresh = { now: Number(timeStamp) * 1_000, nonce: nonceStr };
      expect(page).toMatchObject({ ...jsapiParams(merchant, prepay.replace('prepay_id=', ''), fresh) });

      const app = await client.getAppParams({ ...order, out_trade_no: newOrder() });
      const { prepayid = '', timestamp = '', noncestr = '' } = app;
      expect(app).toEqual(appParams(merchant, prepayid, { now: Number(timestamp) * 1_000, nonce: noncestr }));
    });

    it('verifies what comes with a coupon and with an empty attach', async () => {
      const out_trade_no = newOrder();
      const auth_code = simulator.freshCode('coupon');
      const order = { out_trade_no, auth_code, body: 'x', attach: '', total_fee: 1, sign_type };
      expect(await clientAt(baseUrl()).micropay(order)).toMatchObject({ cash_fee: '0', coupon_fee_0: '1' });
    });
  });

  it('is told by code what went wrong', async () => {
    const client = clientAt(baseUrl());
    const pay = (scenario: string) =>
      client.micropay({ out_trade_no: newOrder(), auth_code: simulator.freshCode(scenario), body: 'x', total_fee: 1 });
    await expect(pay('not-enough')).rejects.toThrow('NOTENOUGH');
    await expect(pay('password')).rejects.toThrow('USERPAYING');
    await expect(pay('bad-sign')).rejects.toThrow('sign签名错误');
    await expect(pay('bad-gateway')).rejects.toThrow('request fail');
    await expect(client.orderQuery({ out_trade_no: 'nobody' })).rejects.toThrow('ORDERNOTEXIST');
    await expect(client.refundQuery({ out_refund_no: 'nobody' })).rejects.toThrow('REFUNDNOTEXIST');
  });
});

describe('tenpay with another key', () => {
  it('is told that its signature is wrong', async () => {
    const stranger = new Payment({ appid: appId, mchid: mchId, partnerKey: '0'.repeat(32) });
    stranger.urls = { orderquery: `${simulator.baseUrl}/pay/orderquery` };
    await expect(stranger.orderQuery({ out_trade_no: 'x' })).rejects.toThrow('签名错误');
  });
});
