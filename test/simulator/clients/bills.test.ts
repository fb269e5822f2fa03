import { X509Certificate } from 'node:crypto';
import { Agent } from 'node:https';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { gunzipSync } from 'node:zlib';
import Payment from 'tenpay';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Formatter, Wechatpay } from 'wechatpay-axios-plugin';
import type { Fields } from '../../../src/main/gateway/wechat-v2/wire/sign.ts';
import { systemClock } from '../../../src/simulator/clock.ts';
import { SAMPLE_MERCHANT } from '../../../src/simulator/options.ts';
import { type Simulator, startSimulator } from '../../../src/simulator/simulator.ts';
import { MORNING } from '../support/counter.ts';

/* The bills in the hands of two published clients: only told where the service is and which CA to trust. */

const { appId: appid, mchId: mch_id, apiKey } = SAMPLE_MERCHANT;
const DAY_MS = 86_400_000;
const TODAY = '20260102';
const usualCas = getCACertificates('default');
let simulator: Simulator;
let now = MORNING;

/** The day before: a payment, one with a coupon, and a refund of the first one. */
beforeAll(async () => {
  simulator = await startSimulator({
    plainPort: 0,
    delays: { refundMs: 0, refundGapMs: 0 },
    clock: { ...systemClock, now: () => now },
  });
  setDefaultCACertificates([...usualCas, simulator.caPem]);
  const client = tenpayAt(simulator.baseUrl);
  const pay = (out_trade_no: string, scenario: string) =>
    client.micropay({ out_trade_no, auth_code: simulator.freshCode(scenario), body: '苹果, 1kg', total_fee: 1230 });
  await pay('T1', 'pays');
  await pay('T2', 'coupon');
  now += 1_000;
  await client.refund({ out_trade_no: 'T1', out_refund_no: 'R1', total_fee: 1230, refund_fee: 230 });
  now = MORNING + DAY_MS;
});

afterAll(async () => {
  setDefaultCACertificates(usualCas);
  await simulator.close();
});

function tenpayAt(baseUrl: string): Payment {
  const client = new Payment({ appid, mchid: mch_id, partnerKey: apiKey.reveal(), pfx: simulator.clientP12 });
  client.urls = Object.fromEntries(
    Object.entries(client.urls).map(([name, url]) => [name, `${baseUrl}${new URL(url).pathname}`]),
  );
  return client;
}

/** Its own options are axios's; a bill has to be asked for as bytes, and cut by its own Formatter. */
function axiosAt(baseURL: string) {
  const { caPem: ca, clientCertPem: cert, clientKeyPem: key } = simulator;
  const { serialNumber: serial, publicKey } = new X509Certificate(ca);
  const { client } = new Wechatpay({
    mchid: mch_id,
    secret: apiKey.reveal(),
    merchant: { ca, cert, key },
    baseURL,
    httpsAgent: new Agent({ ca }),
    proxy: false,
    serial: new X509Certificate(cert).serialNumber,
    privateKey: key,
    certs: { [serial]: publicKey.export({ type: 'spki', format: 'pem' }) },
  });
  return async (path: string, fields: Fields, more: object = {}): Promise<unknown> => {
    const bytes = { responseType: 'arraybuffer' as const, transformResponse: [(body: Buffer) => body] };
    const { data } = await client.request<unknown>(
      `v2/${path}`,
      'POST',
      { appid, mch_id, ...fields },
      { ...bytes, ...more },
    );
    return data;
  };
}

describe.each([
  { line: 'HTTPS', baseUrl: () => simulator.baseUrl },
  { line: 'plain HTTP', baseUrl: () => `http://127.0.0.1:${simulator.plainPort}` },
])('over $line', ({ baseUrl }) => {
  describe.each(['MD5', 'HMAC-SHA256'])('tenpay, signing with %s', (sign_type) => {
    it('cuts a trade bill into its cells', async () => {
      const bill = await tenpayAt(baseUrl()).downloadBill({ bill_date: TODAY, sign_type }, true);
      const column = (name: string) => bill.list_data.map((cells) => cells[bill.list_title.indexOf(name)]);
      expect(bill.list_data.map((cells) => cells.length)).toEqual([27, 27, 27]);
      expect(column('商户订单号')).toEqual(['T1', 'T2', 'T1']);
      expect(column('商品名称')).toEqual(['苹果, 1kg', '苹果, 1kg', '苹果, 1kg']);
      expect(column('代金券金额')).toEqual(['0.00', '1.23', '0.00']);
      expect(column('申请退款金额')).toEqual(['0.00', '0.00', '2.30']);
      const totals = Object.fromEntries(bill.total_title.map((name, at) => [name, bill.total_data[at]]));
      expect(totals).toMatchObject({
        总交易单数: '3',
        订单总金额: '24.60',
        申请退款总金额: '2.30',
        手续费总金额: '0.13000',
      });
    });

    it('is told that there is none', async () => {
      const none = tenpayAt(baseUrl()).downloadBill({ bill_date: '20260101', sign_type });
      await expect(none).rejects.toThrow('No Bill Exist');
    });
  });

  it('tenpay cuts the movements of the account into their cells', async () => {
    const flow = await tenpayAt(baseUrl()).downloadFundflow({ bill_date: TODAY }, true);
    expect(flow.list_title).toHaveLength(11);
    expect(flow.list_data.map((cells) => [cells[3], cells[6]])).toEqual([
      ['交易', '12.30'],
      ['扣除交易手续费', '0.07'],
      ['交易', '12.30'],
      ['扣除交易手续费', '0.07'],
      ['退款', '2.30'],
      ['退回交易手续费', '0.01'],
    ]);
    expect(flow.total_data).toEqual(['6.0', '3.0', '24.61', '3.0', '2.44']);
    const other = tenpayAt(baseUrl()).downloadFundflow({ bill_date: TODAY, account_type: 'Fees' }, true);
    await expect(other).rejects.toThrow('NO_BILL_EXIST');
  });

  it.each<Fields>([{}, { sign_type: 'MD5' }, { sign_type: 'HMAC-SHA256' }])(
    'wechatpay-axios-plugin casts a trade bill, plain and packed (%o)',
    async (type) => {
      const post = axiosAt(`${baseUrl()}/`);
      const fields = { bill_date: TODAY, bill_type: 'ALL', ...type };
      const plain = Buffer.from((await post('pay/downloadbill', fields)) as Buffer);
      expect(Formatter.castCsvBill(plain)).toMatchObject({
        rows: [
          { 商户订单号: 'T1', 订单金额: '12.30', 费率备注: '' },
          { 商户订单号: 'T2', 代金券金额: '1.23' },
          { 商户订单号: 'T1', 商户退款单号: 'R1', 交易状态: 'REFUND', 手续费: '-0.01000' },
        ],
        summary: { 总交易单数: '3', 订单总金额: '24.60' },
      });
      const packed = Buffer.from((await post('pay/downloadbill', { ...fields, tar_type: 'GZIP' })) as Buffer);
      expect(gunzipSync(packed)).toEqual(plain);
    },
  );

  it('wechatpay-axios-plugin casts the movements of the account, and is told that there are none', async () => {
    const post = axiosAt(`${baseUrl()}/`);
    const fields = { bill_date: TODAY, account_type: 'Basic', sign_type: 'HMAC-SHA256' };
    const flow = Buffer.from((await post('pay/downloadfundflow', fields, { security: true })) as Buffer);
    expect(Formatter.castCsvBill(flow)).toMatchObject({ summary: { 资金流水总笔数: '6.0', 收入金额: '24.61' } });
    const none = { ...fields, bill_date: '20260101' };
    await expect(
      post('pay/downloadfundflow', none, { security: true, responseType: 'text', transformResponse: undefined }),
    ).rejects.toMatchObject({ response: { data: { err_code: 'NO_BILL_EXIST' } } });
  });
});

describe('over HTTPS without the merchant’s certificate', () => {
  it('there is a trade bill, and no word of the account', async () => {
    const stranger = new Payment({ appid, mchid: mch_id, partnerKey: apiKey.reveal() });
    stranger.urls = {
      downloadbill: `${simulator.baseUrl}/pay/downloadbill`,
      downloadfundflow: `${simulator.baseUrl}/pay/downloadfundflow`,
    };
    expect(await stranger.downloadBill({ bill_date: TODAY })).toContain('总交易单数');
    await expect(stranger.downloadFundflow({ bill_date: TODAY }, true)).rejects.toThrow('CERT_ERROR');
  });
});
