import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Aes, Hash, Transformer } from 'wechatpay-axios-plugin';
import type { Fields } from '../../../src/main/gateway/wechat-v2/wire/sign.ts';
import { SAMPLE_MERCHANT } from '../../../src/simulator/options.ts';
import { type Simulator, startSimulator } from '../../../src/simulator/simulator.ts';
import { eventually } from '../../fixtures/eventually.ts';
import { type MerchantEar, startMerchantEar } from '../support/merchant-ear.ts';
import { axiosPluginAt } from '../support/published-clients.ts';

/* The npm client `wechatpay-axios-plugin`, as published: only told where the service is and which CA to trust. */

const { appId: appid, mchId: mch_id, apiKey } = SAMPLE_MERCHANT;
const QUICK = { passwordMs: 60_000, closeNotBeforeMs: 0, refundMs: 0, refundGapMs: 0 };
let simulator: Simulator;
let orders = 0;

beforeAll(async () => {
  simulator = await startSimulator({ plainPort: 0, delays: QUICK });
});

afterAll(() => simulator.close());

const clientAt = (baseUrl: string) => axiosPluginAt(simulator, baseUrl);

/** A message as the client itself reads it. */
const readXml = (xml: string): Fields => ({ ...Transformer.toObject(xml) });

const heard = (ear: MerchantEar, count: number) =>
  eventually(() => ear.heard.length >= count, { what: `${count} notifications` });

function newOrder(): string {
  orders += 1;
  return `AXIOS-${String(orders).padStart(6, '0')}`;
}

describe.each([
  { line: 'HTTPS with its certificate', baseUrl: () => simulator.baseUrl },
  { line: 'plain HTTP', baseUrl: () => `http://127.0.0.1:${simulator.plainPort}` },
])('wechatpay-axios-plugin over $line', ({ baseUrl }) => {
  const payFields = (scenario: string): Fields => ({
    appid,
    mch_id,
    out_trade_no: newOrder(),
    auth_code: simulator.freshCode(scenario),
    body: '苹果 & <梨>',
    total_fee: '888',
    spbill_create_ip: '127.0.0.1',
  });

  it.each<Fields>([{}, { sign_type: 'MD5' }, { sign_type: 'HMAC-SHA256' }])(
    'pays, asks and takes back (%o)',
    async (type) => {
      const post = clientAt(baseUrl());
      const order = { ...payFields('coupon'), ...type };
      const { out_trade_no = '' } = order;
      const paid = await post('pay/micropay', order);
      expect(paid).toMatchObject({ result_code: 'SUCCESS', out_trade_no, cash_fee: '800', coupon_fee_0: '88' });

      const which = { appid, mch_id, out_trade_no, ...type };
      const { transaction_id } = paid;
      expect(await post('pay/orderquery', which)).toMatchObject({ trade_state: 'SUCCESS', transaction_id });
      const reversed = await post('secapi/pay/reverse', which, { security: true });
      expect(reversed).toMatchObject({ result_code: 'SUCCESS', recall: 'N' });
      expect(await post('pay/orderquery', which)).toMatchObject({ trade_state: 'REVOKED' });
    },
  );

  it.each<Fields>([{}, { sign_type: 'MD5' }, { sign_type: 'HMAC-SHA256' }])(
    'refunds, and asks what became of it (%o)',
    async (type) => {
      const post = clientAt(baseUrl());
      const order = { ...payFields('pays'), ...type };
      const { out_trade_no = '', total_fee = '' } = order;
      await post('pay/micropay', order);
      const which = { appid, mch_id, out_trade_no, ...type };
      const out_refund_no = `${out_trade_no}-1`;
      const refund = { ...which, out_refund_no, total_fee, refund_fee: '88', refund_desc: '退 & <换>' };
      const accepted = await post('secapi/pay/refund', refund, { security: true });
      expect(accepted).toMatchObject({ result_code: 'SUCCESS', out_refund_no, refund_fee: '88' });
      expect(await post('secapi/pay/refund', refund, { security: true })).toMatchObject({
        refund_id: accepted.refund_id,
      });
      expect(await post('pay/refundquery', which)).toMatchObject({ refund_count: '1', refund_status_0: 'SUCCESS' });
      expect(await post('pay/orderquery', which)).toMatchObject({ trade_state: 'REFUND' });
    },
  );

  it.each<Fields>([{}, { sign_type: 'MD5' }, { sign_type: 'HMAC-SHA256' }])(
    'places an order, sees it paid, closes another, and hears of what was paid and refunded (%o)',
    async (type) => {
      await using ear = await startMerchantEar();
      const post = clientAt(baseUrl());
      const out_trade_no = newOrder();
      const order = { appid, mch_id, body: '苹果 & <梨>', total_fee: '888', spbill_create_ip: '127.0.0.1', ...type };
      const native = { ...order, out_trade_no, notify_url: ear.url, trade_type: 'NATIVE', product_id: 'P1' };
      const { code_url = '' } = await post('pay/unifiedorder', native);
      const which = { appid, mch_id, out_trade_no, ...type };
      expect(await post('pay/orderquery', which)).toMatchObject({ trade_state: 'NOTPAY' });
      simulator.pay(code_url);
      expect(await post('pay/orderquery', which)).toMatchObject({ trade_state: 'SUCCESS' });
      await expect(post('pay/closeorder', which)).rejects.toMatchObject({
        response: { data: { err_code: 'ORDERPAID' } },
      });
      await heard(ear, 1);
      const paid = readXml(ear.heard[0] ?? '');
      const signType = type.sign_type === 'HMAC-SHA256' ? type.sign_type : 'MD5';
      expect(paid).toMatchObject({ out_trade_no, total_fee: '888' });
      expect(paid.sign).toBe(Hash.sign(signType, { ...paid, sign: '' }, apiKey.reveal()));

      const refund = { ...which, out_refund_no: `${out_trade_no}-1`, total_fee: '888', refund_fee: '88' };
      await post('secapi/pay/refund', { ...refund, notify_url: ear.url }, { security: true });
      await heard(ear, 2);
      const { req_info = '' } = readXml(ear.heard[1] ?? '');
      const inside = Aes.AesEcb.decrypt(req_info, Hash.md5(apiKey.reveal()));
      expect(readXml(inside)).toMatchObject({ refund_fee: '88', refund_status: 'SUCCESS' });

      const other = { ...which, out_trade_no: newOrder() };
      await post('pay/unifiedorder', { ...native, ...other });
      expect(await post('pay/closeorder', other)).toMatchObject({ result_code: 'SUCCESS' });
      expect(await post('pay/orderquery', other)).toMatchObject({ trade_state: 'CLOSED' });
    },
  );

  it('places orders for pages and apps, names a code’s payer and reports', async () => {
    const post = clientAt(baseUrl());
    const order = {
      appid,
      mch_id,
      body: 'x',
      total_fee: '1',
      spbill_create_ip: '127.0.0.1',
      notify_url: 'http://127.0.0.1:9/',
    };
    const inPage = { ...order, out_trade_no: newOrder(), trade_type: 'JSAPI', openid: 'oPayer' };
    const { prepay_id = '' } = await post('pay/unifiedorder', inPage);
    simulator.pay(prepay_id);
    const { out_trade_no } = inPage;
    expect(await post('pay/orderquery', { appid, mch_id, out_trade_no })).toMatchObject({ openid: 'oPayer' });
    const inApp = { ...order, out_trade_no: newOrder(), trade_type: 'APP' };
    expect(await post('pay/unifiedorder', inApp)).toMatchObject({ trade_type: 'APP' });

    const auth_code = simulator.freshCode('pays');
    expect(await post('tools/authcodetoopenid', { appid, mch_id, auth_code })).toMatchObject({
      openid: expect.stringMatching(/^oSim/),
    });
    const trades = JSON.stringify([
      { out_trade_no, begin_time: '20260102100000', end_time: '20260102100001', state: 'OK' },
    ]);
    const interface_url = 'https://api.mch.weixin.qq.com/pay/batchreport/micropay/total';
    const report = { appid, mch_id, interface_url, user_ip: '127.0.0.1', trades };
    expect(await post('payitil/report', report)).toMatchObject({ result_code: 'SUCCESS' });
  });

  it('is told by code what went wrong', async () => {
    const post = clientAt(baseUrl());
    const pay = (scenario: string) => post('pay/micropay', payFields(scenario));
    await expect(pay('not-enough')).rejects.toMatchObject({ response: { data: { err_code: 'NOTENOUGH' } } });
    await expect(pay('password')).rejects.toMatchObject({ response: { data: { err_code: 'USERPAYING' } } });
    await expect(pay('bad-sign')).rejects.toMatchObject({ code: 'EV2_RES_SIGNATURE_NOT_EQUAL' });
    await expect(pay('bad-gateway')).rejects.toMatchObject({ response: { status: 502 } });
    await expect(pay('reply-lost')).rejects.toThrow(/hang up|ECONNRESET/);
  });
});
