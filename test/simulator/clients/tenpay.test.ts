import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import Payment from 'tenpay';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SAMPLE_MERCHANT } from '../../../src/simulator/options.ts';
import { type Simulator, startSimulator } from '../../../src/simulator/simulator.ts';
import { tenpayAt } from '../support/published-clients.ts';

/* The npm client `tenpay`, as published: only told where the service is and which CA to trust. */

const { appId, mchId } = SAMPLE_MERCHANT;
const usualCas = getCACertificates('default');
let simulator: Simulator;
let orders = 0;

beforeAll(async () => {
  simulator = await startSimulator({ plainPort: 0, delays: { passwordMs: 60_000, refundMs: 0, refundGapMs: 0 } });
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

describe.each([
  { line: 'HTTPS with its .p12', baseUrl: () => simulator.baseUrl },
  { line: 'plain HTTP', baseUrl: () => `http://127.0.0.1:${simulator.plainPort}` },
])('tenpay over $line', ({ baseUrl }) => {
  describe.each(['MD5', 'HMAC-SHA256'])('signing with %s', (sign_type) => {
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
