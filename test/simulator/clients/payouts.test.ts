import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Rsa } from 'wechatpay-axios-plugin';
import { SAMPLE_MERCHANT } from '../../../src/simulator/options.ts';
import { type Simulator, startSimulator } from '../../../src/simulator/simulator.ts';
import { axiosPluginAt, tenpayAt } from '../support/published-clients.ts';

/* Payouts, coupons and the sandbox key by npm clients written by others, which know nothing of this simulator. */

const { appId: appid, mchId: mch_id } = SAMPLE_MERCHANT;
const usualCas = getCACertificates('default');
let simulator: Simulator;
let numbers = 0;

beforeAll(async () => {
  simulator = await startSimulator({ plainPort: 0, payouts: { delayMs: 0 } });
  setDefaultCACertificates([...usualCas, simulator.caPem]);
});

afterAll(async () => {
  setDefaultCACertificates(usualCas);
  await simulator.close();
});

function newNumber(): string {
  numbers += 1;
  return `PAYOUT${String(numbers).padStart(8, '0')}`;
}

/** A customer who has had no red packet yet. */
function newOpenid(): string {
  return `oPayee${newNumber()}`;
}

const PACKET = {
  send_name: '扫码便利店',
  total_amount: 100,
  wishing: '恭喜 & <发财>',
  act_name: '开业',
  remark: '快来抢',
};

describe.each([
  { line: 'HTTPS with a certificate', baseUrl: () => simulator.baseUrl },
  { line: 'plain HTTP', baseUrl: () => `http://127.0.0.1:${simulator.plainPort}` },
])('tenpay over $line', ({ baseUrl }) => {
  it('sends a red packet, once, and sees it opened', async () => {
    const client = tenpayAt(simulator, baseUrl());
    const packet = { ...PACKET, mch_billno: newNumber(), re_openid: newOpenid() };
    const outBefore = simulator.books().paidOutFen;
    const sent = await client.sendRedpack(packet);
    expect(sent).toMatchObject({ mch_billno: packet.mch_billno, total_amount: '100', wxappid: appid });
    expect(await client.sendRedpack(packet)).toMatchObject({ send_listid: sent.send_listid });
    expect(simulator.books().paidOutFen - outBefore).toBe(100);
    expect(await client.redpackQuery({ mch_billno: packet.mch_billno })).toMatchObject({
      status: 'RECEIVED',
      hblist: { hbinfo: { openid: packet.re_openid, amount: '100' } },
    });
  });

  it('sends a red packet for several', async () => {
    const client = tenpayAt(simulator, baseUrl());
    const mch_billno = newNumber();
    const packet = { ...PACKET, mch_billno, re_openid: newOpenid(), total_amount: 1000, total_num: 3 };
    expect(await client.sendGroupRedpack(packet)).toMatchObject({ result_code: 'SUCCESS', total_amount: '1000' });
    expect(await client.redpackQuery({ mch_billno })).toMatchObject({ hb_type: 'GROUP', total_num: '3' });
  });

  it('pays to a balance, and asks what became of it', async () => {
    const client = tenpayAt(simulator, baseUrl());
    const partner_trade_no = newNumber();
    const payout = { partner_trade_no, openid: newOpenid(), re_user_name: '王小王', amount: 500, desc: '退押金' };
    const paid = await client.transfers(payout);
    expect(paid).toMatchObject({ partner_trade_no, payment_time: expect.stringMatching(/^\d{4}-/) });
    expect(await client.transfers(payout)).toMatchObject({ payment_no: paid.payment_no });
    expect(await client.transfersQuery({ partner_trade_no })).toMatchObject({
      status: 'SUCCESS',
      payment_amount: '500',
    });
    await expect(client.transfers({ ...payout, amount: 501 })).rejects.toThrow('FATAL_ERROR');
    await expect(client.transfersQuery({ partner_trade_no: 'nobody' })).rejects.toThrow('NOT_FOUND');
  });

  it('pays to a bank card with the key it fetches, and asks what became of it', async () => {
    const client = tenpayAt(simulator, baseUrl());
    const partner_trade_no = newNumber();
    const account = { enc_bank_no: '6222020200112233445', enc_true_name: '王小王', bank_code: '1002' };
    const paid = await client.payBank({ ...account, partner_trade_no, amount: 200_000, desc: '货款' });
    expect(paid).toMatchObject({ partner_trade_no, amount: '200000', cmms_amt: '200' });
    expect(await client.queryBank({ partner_trade_no })).toMatchObject({ status: 'SUCCESS', cmms_amt: '200' });
    await expect(client.queryBank({ partner_trade_no: 'nobody00' })).rejects.toThrow('ORDERNOTEXIST');
  });

  it('sends a coupon, and asks about it and its batch', async () => {
    const client = tenpayAt(simulator, baseUrl());
    const openid = newOpenid();
    const sent = await client.sendCoupon({ coupon_stock_id: '1757', partner_trade_no: newNumber(), openid });
    expect(sent).toMatchObject({ success_count: '1', ret_code: 'SUCCESS' });
    const { coupon_id = '' } = sent;
    expect(await client.queryCouponInfo({ coupon_id, stock_id: '1757', openid })).toMatchObject({
      coupon_state: 'SENDED',
    });
    expect(await client.queryCouponStock({ coupon_stock_id: '1757' })).toMatchObject({ coupon_stock_status: '4' });
    const again = { coupon_stock_id: '1757', partner_trade_no: newNumber(), openid };
    await expect(client.sendCoupon(again)).rejects.toThrow('USER_AL_GET_COUPON');
  });

  it('gets the sandbox’s key', async () => {
    const { sandbox_signkey } = await tenpayAt(simulator, baseUrl()).getSignkey();
    expect(sandbox_signkey).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe.each([
  { line: 'HTTPS with a certificate', baseUrl: () => simulator.baseUrl },
  { line: 'plain HTTP', baseUrl: () => `http://127.0.0.1:${simulator.plainPort}` },
])('wechatpay-axios-plugin over $line', ({ baseUrl }) => {
  const security = { security: true };

  it('sends both kinds of red packet, and verifies what it knows to be signed', async () => {
    const post = axiosPluginAt(simulator, baseUrl());
    const { total_amount, ...texts } = PACKET;
    const packet = { ...texts, wxappid: appid, mch_id, re_openid: newOpenid(), total_amount: String(total_amount) };
    const mch_billno = newNumber();
    const one = { ...packet, mch_billno, total_num: '1', client_ip: '127.0.0.1' };
    expect(await post('mmpaymkttransfers/sendredpack', one, security)).toMatchObject({ mch_billno });
    const question = { appid, mch_id, mch_billno, bill_type: 'MCHT' };
    expect(await post('mmpaymkttransfers/gethbinfo', question, security)).toMatchObject({ status: 'RECEIVED' });
    const several = { ...packet, mch_billno: newNumber(), total_num: '3', amt_type: 'ALL_RAND', total_amount: '300' };
    expect(await post('mmpaymkttransfers/sendgroupredpack', several, security)).toMatchObject({ total_amount: '300' });
  });

  it('pays to a balance and to a bank card', async () => {
    const post = axiosPluginAt(simulator, baseUrl());
    const partner_trade_no = newNumber();
    const payee = { openid: newOpenid(), check_name: 'NO_CHECK', spbill_create_ip: '127.0.0.1' };
    const payout = { mch_appid: appid, mchid: mch_id, partner_trade_no, ...payee, amount: '30', desc: '退押金' };
    expect(await post('mmpaymkttransfers/promotion/transfers', payout, security)).toMatchObject({ partner_trade_no });
    const question = { appid, mch_id, partner_trade_no };
    expect(await post('mmpaymkttransfers/gettransferinfo', question, security)).toMatchObject({ status: 'SUCCESS' });

    const { pub_key = '' } = await post('risk/getpublickey', { mch_id, sign_type: 'MD5' }, security);
    const [enc_bank_no, enc_true_name] = ['6222020200112233445', '王小王'].map((text) => Rsa.encrypt(text, pub_key));
    const account = { enc_bank_no: enc_bank_no ?? '', enc_true_name: enc_true_name ?? '', bank_code: '1002' };
    const toBank = { mch_id, partner_trade_no, ...account, amount: '100' };
    expect(await post('mmpaysptrans/pay_bank', toBank, security)).toMatchObject({ cmms_amt: '100' });
    expect(await post('mmpaysptrans/query_bank', { mch_id, partner_trade_no }, security)).toMatchObject({
      status: 'SUCCESS',
    });
  });

  it('sends a coupon, asks about its batch, and gets the sandbox’s key', async () => {
    const post = axiosPluginAt(simulator, baseUrl());
    const coupon = { appid, mch_id, coupon_stock_id: '1758', openid_count: '1', openid: newOpenid() };
    const sending = { ...coupon, partner_trade_no: newNumber() };
    expect(await post('mmpaymkttransfers/send_coupon', sending, security)).toMatchObject({ success_count: '1' });
    const stock = { appid, mch_id, coupon_stock_id: '1758' };
    expect(await post('mmpaymkttransfers/query_coupon_stock', stock)).toMatchObject({ coupon_value: '500' });
    expect(await post('xdc/apiv2getsignkey/sign/getsignkey', { mch_id })).toMatchObject({
      sandbox_signkey: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
  });

  it('is refused without its certificate, where the line can tell', async () => {
    const payout = { mch_appid: appid, mchid: mch_id, partner_trade_no: newNumber() };
    const asked = axiosPluginAt(simulator, simulator.baseUrl)('mmpaymkttransfers/promotion/transfers', payout);
    await expect(asked).rejects.toMatchObject({ response: { data: { return_msg: expect.stringContaining('证书') } } });
  });
});
