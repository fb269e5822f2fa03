import { describe, expect, it } from 'vitest';
import { fen } from '../../../src/core/money.ts';
import type { Fields } from '../../../src/main/gateway/wechat-v2/wire/sign.ts';
import { buildXml } from '../../../src/main/gateway/wechat-v2/wire/xml.ts';
import type { LedgerEvent } from '../../../src/simulator/ledger/events.ts';
import { SAMPLE_MERCHANT } from '../../../src/simulator/options.ts';
import { SIDE_ENDPOINTS } from '../../../src/simulator/side-endpoints.ts';
import {
  type Counter,
  type CounterOptions,
  isSigned,
  openCounter,
  readDelivery,
  someCode,
} from '../support/counter.ts';
import { PACKET, packet, TRANSFER, toBank, transfer } from '../support/payouts.ts';

const { appId, mchId } = SAMPLE_MERCHANT;
const DAY_MS = 86_400_000;

/** A counter that signs as these calls want it, and says so to nobody. */
function counterOf(options: CounterOptions = {}): Counter {
  return openCounter({ signType: 'MD5', ...options });
}

/** gethbinfo's answer is not flat: what stands before its list. */
function packetState(counter: Counter, mch_billno = 'B0000001'): string {
  const delivery = counter.hand('/mmpaymkttransfers/gethbinfo', { mch_billno, bill_type: 'MCHT' });
  return delivery.kind === 'reply' ? delivery.body : '';
}

describe('the merchant’s account', () => {
  it('holds sales, and pays out of them and of the float, to the fen', () => {
    const counter = counterOf({ payouts: { floatFen: fen(12) } });
    counter.pay('T0000001', someCode());
    expect(transfer(counter, { amount: '901' })?.err_code).toBe('NOTENOUGH');
    expect(transfer(counter, { amount: '900' })?.result_code).toBe('SUCCESS');
    expect(counter.ledger.books()).toMatchObject({ chargedFen: 888, paidOutFen: 900, netFen: -12 });
    expect(packet(counter)?.err_code).toBe('NOTENOUGH');
  });

  it('is charged the bank’s fee: a thousandth, 1 yuan at least and 25 at most', () => {
    const counter = counterOf();
    const fee = (nth: number, amount: string) =>
      toBank(counter, { partner_trade_no: `P000000${nth}`, amount })?.cmms_amt;
    expect([fee(1, '1'), fee(2, '200000'), fee(3, '5000000')]).toEqual(['100', '200', '2500']);
    expect(counter.ledger.books()).toMatchObject({ paidOutFen: 5_200_001, payoutFeesFen: 2_800, netFen: -5_202_801 });
  });

  it('has back what failed, fee and all', () => {
    const counter = counterOf({ payouts: { end: 'RETURNED', delayMs: 1_000 } });
    toBank(counter);
    expect(counter.ledger.books().netFen).toBe(-200_200);
    counter.pass(1_000);
    counter.ledger.settle(counter.now());
    expect(counter.ledger.books()).toMatchObject({ paidOutFen: 0, payoutFeesFen: 0, netFen: 0 });
  });

  it('is the same after a restart, and so is every payout', () => {
    const events: LedgerEvent[] = [];
    const append = (more: readonly LedgerEvent[]) => void events.push(...more);
    const counter = counterOf({ store: { load: () => [], append, close: () => {} } });
    packet(counter);
    transfer(counter);
    counter.pass(DAY_MS);
    counter.ledger.settle(counter.now());
    const again = counterOf({
      store: { load: () => structuredClone(events), append: () => {}, close: () => {} },
    });
    expect(again.ledger.books()).toEqual(counter.ledger.books());
    expect(again.ledger.payouts.payouts()).toEqual(counter.ledger.payouts.payouts());
    expect(transfer(again)?.payment_no).toBe(transfer(counter)?.payment_no);
  });
});

describe('a red packet', () => {
  it('waits, is opened, and is listed with its share', () => {
    const counter = counterOf({ payouts: { delayMs: 1_000 } });
    packet(counter);
    expect(packetState(counter)).toContain('SENT');
    counter.pass(1_000);
    expect(packetState(counter)).toMatch(/RECEIVED[\s\S]*<hbinfo>.*<amount>100<\/amount>/);
  });

  it('that nobody opens comes back after a day, and not sooner', () => {
    const counter = counterOf({ payouts: { end: 'RETURNED' } });
    packet(counter);
    counter.pass(DAY_MS - 1);
    expect(packetState(counter)).toContain('SENT');
    counter.pass(1);
    expect(packetState(counter)).toMatch(/REFUND[\s\S]*<refund_amount>100</);
    expect(counter.ledger.books().paidOutFen).toBe(0);
  });

  it.each<[what: string, changes: Fields, errCode: string]>([
    ['99 fen', { total_amount: '99' }, 'MONEY_LIMIT'],
    ['over 200 yuan', { total_amount: '20001' }, 'MONEY_LIMIT'],
    ['a long number', { mch_billno: '1'.repeat(29) }, 'PARAM_ERROR'],
    ['a number with a dash', { mch_billno: 'B-1' }, 'PARAM_ERROR'],
    ['two people', { total_num: '2' }, 'PARAM_ERROR'],
    ['no wishing', { wishing: '' }, 'PARAM_ERROR'],
    ['a long sender', { send_name: '长'.repeat(11) }, 'PARAM_ERROR'],
    ['no address', { client_ip: '' }, 'PARAM_ERROR'],
    ['no such scene', { scene_id: 'PRODUCT_9' }, 'PARAM_ERROR'],
    ['nobody', { re_openid: '?' }, 'OPENID_ERROR'],
    ['HMAC', { sign_type: 'HMAC-SHA256' }, 'SIGN_ERROR'],
  ])('with %s is refused', (_, changes, errCode) => {
    const counter = counterOf(changes.sign_type ? { signType: 'HMAC-SHA256' } : {});
    expect(packet(counter, changes)).toMatchObject({ result_code: 'FAIL', err_code: errCode });
    expect(counter.ledger.books().paidOutFen).toBe(0);
  });

  it('is the tenth of a day at most for one customer, and is itself again all day', () => {
    const counter = counterOf();
    for (let nth = 1; nth <= 10; nth++) expect(packet(counter, { mch_billno: `B${nth}` })?.result_code).toBe('SUCCESS');
    expect(packet(counter, { mch_billno: 'B11' })?.err_code).toBe('SENDNUM_LIMIT');
    expect(packet(counter, { mch_billno: 'B10' })?.result_code).toBe('SUCCESS');
    counter.pass(DAY_MS);
    expect(packet(counter, { mch_billno: 'B11' })?.result_code).toBe('SUCCESS');
  });

  it.each<[what: string, changes: Fields, errCode: string | undefined]>([
    ['three', { total_num: '3', total_amount: '300' }, undefined],
    ['two', { total_num: '2', total_amount: '300' }, 'PARAM_ERROR'],
    ['twenty-one', { total_num: '21', total_amount: '2100' }, 'PARAM_ERROR'],
    ['three with less than 1 yuan each', { total_num: '3', total_amount: '299' }, 'MONEY_LIMIT'],
    ['three in equal shares', { total_num: '3', total_amount: '300', amt_type: 'ALL_EQUAL' }, 'PARAM_ERROR'],
  ])('for %s people', (_, changes, errCode) => {
    const counter = counterOf();
    const group = { ...PACKET, client_ip: '', amt_type: 'ALL_RAND', ...changes };
    expect(counter.ask('/mmpaymkttransfers/sendgroupredpack', group)?.err_code).toBe(errCode);
  });
});

describe('a payment to a balance', () => {
  it.each<[what: string, changes: Fields, errCode: string]>([
    ['29 fen', { amount: '29' }, 'AMOUNT_LIMIT'],
    ['over 20,000 yuan', { amount: '2000001' }, 'AMOUNT_LIMIT'],
    ['a number with a dash', { partner_trade_no: 'P-1' }, 'PARAM_ERROR'],
    ['no word about the name', { check_name: '' }, 'PARAM_ERROR'],
    ['a name to check and none given', { check_name: 'FORCE_CHECK' }, 'PARAM_ERROR'],
    ['no description', { desc: '' }, 'PARAM_ERROR'],
    ['an address that is none', { spbill_create_ip: 'here' }, 'PARAM_ERROR'],
    ['nobody', { openid: '?' }, 'OPENID_ERROR'],
  ])('with %s is refused', (_, changes, errCode) => {
    const counter = counterOf();
    expect(transfer(counter, changes)).toMatchObject({ result_code: 'FAIL', err_code: errCode });
    expect(counter.ledger.books().paidOutFen).toBe(0);
  });

  it('under the same number for another customer is FATAL_ERROR', () => {
    const counter = counterOf();
    transfer(counter);
    expect(transfer(counter, { openid: 'oAnother' })?.err_code).toBe('FATAL_ERROR');
    expect(transfer(counter, { spbill_create_ip: '127.0.0.2' })?.result_code).toBe('SUCCESS');
    expect(counter.ledger.books().paidOutFen).toBe(500);
  });

  it('is found for 30 days', () => {
    const counter = counterOf();
    transfer(counter);
    const ask = () => counter.ask('/mmpaymkttransfers/gettransferinfo', { partner_trade_no: 'P0000001' });
    counter.pass(30 * DAY_MS);
    expect(ask()).toMatchObject({ status: 'SUCCESS', payment_amount: '500' });
    counter.pass(1);
    expect(ask()?.err_code).toBe('NOT_FOUND');
  });
});

describe('a payment to a bank card', () => {
  it('is on its way until the bank has paid', () => {
    const counter = counterOf({ payouts: { delayMs: 1_000 } });
    toBank(counter);
    const ask = () => counter.ask('/mmpaysptrans/query_bank', { partner_trade_no: 'P0000001' });
    expect(ask()).toMatchObject({ status: 'PROCESSING', bank_no_md5: expect.stringMatching(/^[0-9a-f]{32}$/) });
    counter.pass(1_000);
    expect(ask()).toMatchObject({ status: 'SUCCESS', pay_succ_time: '2026-01-02 10:00:01' });
  });

  it('again, with ciphers that are never the same, is the same payment; to another card it is none', () => {
    const counter = counterOf();
    expect(toBank(counter)?.payment_no).toBe(toBank(counter)?.payment_no);
    expect(toBank(counter, {}, '6222020200112233446')?.err_code).toBe('FATAL_ERROR');
    expect(counter.ledger.books().paidOutFen).toBe(200_000);
  });

  it.each<[what: string, changes: Fields, errCode: string]>([
    ['a number of 7', { partner_trade_no: 'P000001' }, 'PARAM_ERROR'],
    ['a card in plain figures', { enc_bank_no: '6222020200112233445' }, 'PARAM_ERROR'],
    ['no name', { enc_true_name: '' }, 'PARAM_ERROR'],
    ['no bank', { bank_code: '' }, 'PARAM_ERROR'],
    ['over 50,000 yuan', { amount: '5000001' }, 'AMOUNT_LIMIT'],
  ])('with %s is refused', (_, changes, errCode) => {
    const counter = counterOf();
    expect(toBank(counter, changes)).toMatchObject({ result_code: 'FAIL', err_code: errCode });
    expect(counter.ledger.books().paidOutFen).toBe(0);
  });

  it('never has its card number or name written down', () => {
    const written: string[] = [];
    const append = (more: readonly unknown[]) => void written.push(JSON.stringify(more));
    toBank(counterOf({ store: { load: () => [], append, close: () => {} } }));
    expect(written.join()).toContain('payout-made');
    expect(written.join()).not.toMatch(/6222020200112233445|王小王/);
  });
});

describe('the calls beside payments', () => {
  const certified = [...SIDE_ENDPOINTS].filter(([, { certified }]) => certified).map(([path]) => path);

  it('want a certificate, but for coupon questions and the sandbox’s key', () => {
    const { service } = counterOf();
    const body = Buffer.from(buildXml({ mch_id: mchId }));
    const refused = [...SIDE_ENDPOINTS.keys()].filter((path) => {
      const delivery = service.handle({ method: 'POST', path, body, certified: false });
      return delivery.kind === 'reply' && delivery.code === 'CERT_ERROR';
    });
    expect(refused).toEqual(certified);
    expect([...SIDE_ENDPOINTS.keys()].filter((path) => !refused.includes(path))).toEqual([
      '/mmpaymkttransfers/query_coupon_stock',
      '/mmpaymkttransfers/querycouponsinfo',
      '/xdc/apiv2getsignkey/sign/getsignkey',
      '/sandboxnew/pay/getsignkey',
    ]);
  });

  it('name the merchant in their own ways, and take no other name for it', () => {
    const counter = counterOf();
    const wrong = counter.hand('/mmpaymkttransfers/promotion/transfers', { ...TRANSFER, mchid: '' });
    expect(wrong).toMatchObject({ code: 'LACK_PARAMS' });
    expect(readDelivery(counter.hand('/mmpaymkttransfers/sendredpack', { ...PACKET, wxappid: 'wx0' }))).toMatchObject({
      return_code: 'FAIL',
    });
    expect(transfer(counter)).toMatchObject({ mch_appid: appId, mchid: mchId });
    expect(packet(counter)).toMatchObject({ wxappid: appId, mch_id: mchId });
  });

  it('are answered unsigned, but for coupons and group red packets', () => {
    const counter = counterOf();
    for (const answer of [transfer(counter), packet(counter), toBank(counter)]) expect(answer?.sign).toBeUndefined();
    const group = { ...PACKET, mch_billno: 'B2', total_num: '3', total_amount: '300', amt_type: 'ALL_RAND' };
    const signedOnes = [
      counter.ask('/mmpaymkttransfers/sendgroupredpack', group),
      counter.ask('/mmpaymkttransfers/query_coupon_stock', { coupon_stock_id: '1757' }),
    ];
    for (const answer of signedOnes) expect(answer && isSigned(answer, 'MD5')).toBe(true);
  });
});
