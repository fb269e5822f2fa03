import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Fields } from '../../../src/main/gateway/wechat-v2/wire/sign.ts';
import { SAMPLE_MERCHANT } from '../../../src/simulator/options.ts';
import { type Simulator, startSimulator } from '../../../src/simulator/simulator.ts';
import { axiosPluginAt } from '../support/published-clients.ts';

/* The npm client `wechatpay-axios-plugin`, as published: only told where the service is and which CA to trust. */

const { appId: appid, mchId: mch_id } = SAMPLE_MERCHANT;
let simulator: Simulator;
let orders = 0;

beforeAll(async () => {
  simulator = await startSimulator({ plainPort: 0, delays: { passwordMs: 60_000, refundMs: 0, refundGapMs: 0 } });
});

afterAll(() => simulator.close());

const clientAt = (baseUrl: string) => axiosPluginAt(simulator, baseUrl);

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
