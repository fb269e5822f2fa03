import { describe, expect, it } from 'vitest';
import { couponAdvice } from '../../../../../src/core/coupon-advice.ts';
import type { CouponReasonCode } from '../../../../../src/core/coupon-answer.ts';
import {
  readCouponQueryAnswer,
  readCouponSendAnswer,
  readCouponStockAnswer,
} from '../../../../../src/main/gateway/wechat-v2/coupons/coupon-answer.ts';
import {
  COUPON_QUERY_ERRORS,
  COUPON_SEND_ERRORS,
} from '../../../../../src/main/gateway/wechat-v2/errors/coupon-errors.ts';
import type { Fields } from '../../../../../src/main/gateway/wechat-v2/wire/sign.ts';
import { payoutShops } from '../support/payout-shop.ts';
import { failedFields, MERCHANT, signed } from '../support/replies.ts';

const openShop = payoutShops();
const SENDING = { stockId: '1757', sendingNo: '1000010020260102000001', openid: 'onqOjjrXT-776SpHnfexGm1_P7iE' };
const MD5_MERCHANT = { ...MERCHANT, signType: 'MD5' } as const;
const sealed = (fields: Fields) => signed(fields, MERCHANT.apiKey, 'MD5');

describe('a coupon', () => {
  it('is sent once for each number, and found with the customer', async () => {
    const { coupons } = await openShop();
    const sent = await coupons.sendCoupon(SENDING);
    if (sent.verdict !== 'SENT') throw new Error(JSON.stringify(sent));
    expect(await coupons.sendCoupon(SENDING)).toEqual(sent);
    const { couponId } = sent;
    expect(await coupons.couponQuery({ ...SENDING, couponId })).toMatchObject({
      verdict: 'FOUND',
      coupon: { couponId, stockId: '1757', valueFen: 500, minimumFen: 1000, state: 'sent', usedAt: '' },
    });
    expect(await coupons.couponStock('1757')).toMatchObject({ stock: { state: 'active', sent: 1, perCustomerMax: 1 } });
  });

  it.each<[what: string, sending: typeof SENDING, code: CouponReasonCode]>([
    ['whose batch has ended', { ...SENDING, stockId: '9757' }, 'COUPONS_ENDED'],
    ['whose batch never was', { ...SENDING, stockId: '0757' }, 'COUPONS_ENDED'],
    ['for nobody', { ...SENDING, openid: 'x' }, 'PAYEE_UNKNOWN'],
  ])('%s is REFUSED', async (_, sending, code) => {
    const { coupons } = await openShop();
    expect(await coupons.sendCoupon(sending)).toMatchObject({ verdict: 'REFUSED', reason: { code } });
  });

  it('that the customer has already is REFUSED', async () => {
    const { coupons } = await openShop();
    await coupons.sendCoupon(SENDING);
    expect(await coupons.sendCoupon({ ...SENDING, sendingNo: '2' })).toMatchObject({
      verdict: 'REFUSED',
      reason: { code: 'COUPON_HELD_ALREADY' },
    });
  });

  it('whose sending was not answered is UNKNOWN, and told by the same call', async () => {
    const when = { endpoint: 'send_coupon', nth: 1 } as const;
    const { coupons } = await openShop({
      rules: [{ when, fault: { work: 'done', reply: { kind: 'lost' } } }],
    });
    expect((await coupons.sendCoupon(SENDING)).verdict).toBe('UNKNOWN');
    expect((await coupons.sendCoupon(SENDING)).verdict).toBe('SENT');
    expect(await coupons.couponStock(SENDING.stockId)).toMatchObject({ stock: { sent: 1 } });
  });

  it('that could not be asked for was surely not sent', async () => {
    const { coupons, simulator } = await openShop();
    await simulator.close();
    expect(await coupons.sendCoupon(SENDING)).toMatchObject({ verdict: 'AGAIN', reason: { code: 'NOT_SENT' } });
  });

  it('or a batch that is not there is NOT_FOUND', async () => {
    const { coupons } = await openShop();
    expect(await coupons.couponQuery({ ...SENDING, couponId: '1' })).toEqual({ verdict: 'NOT_FOUND' });
    expect(await coupons.couponStock('0757')).toEqual({ verdict: 'NOT_FOUND' });
    expect(await coupons.couponStock('no number')).toEqual({ verdict: 'NOT_FOUND' });
  });
});

describe('a reply about a coupon', () => {
  const { stockId: coupon_stock_id, openid } = SENDING;
  const SENT = {
    ...failedFields('', ''),
    result_code: 'SUCCESS',
    coupon_stock_id,
    openid,
    success_count: '1',
    coupon_id: '6954',
  };
  const send = (changes: Fields) => readCouponSendAnswer(sealed({ ...SENT, ...changes }), MD5_MERCHANT, SENDING);

  it('says SENT only when it is signed, with MD5', () => {
    expect(send({})).toEqual({ verdict: 'SENT', couponId: '6954' });
    for (const reply of [SENT, signed(SENT)]) {
      expect(readCouponSendAnswer(reply, MD5_MERCHANT, SENDING)).toMatchObject({ reason: { code: 'BAD_SIGNATURE' } });
    }
  });

  it.each<Fields>([
    { openid: 'another' },
    { coupon_stock_id: '1' },
    { success_count: '0' },
    { success_count: '' },
    { coupon_id: '' },
    { mch_id: '1' },
  ])('is UNKNOWN with %o', (changes) => {
    expect(send(changes).verdict).toBe('UNKNOWN');
  });

  it.each(['268456007', 'NETWORK ERROR', 'SYSTEMERROR', ''])('of a sending, "%s", is UNKNOWN', (errCode) => {
    const reply = sealed(failedFields(errCode, '你已领取过该代金券'));
    expect(readCouponSendAnswer(reply, MD5_MERCHANT, SENDING).verdict).toBe('UNKNOWN');
  });

  it('knows the minimum by either of its names, and states in words and in figures', () => {
    const amounts = { coupon_id: '6954', coupon_value: '5' };
    const query = (fields: Fields) =>
      readCouponQueryAnswer(sealed({ ...SENT, ...amounts, ...fields }), MD5_MERCHANT, { ...SENDING, couponId: '6954' });
    for (const name of ['coupon_mininumn', 'coupon_mininum']) {
      expect(query({ [name]: '10' })).toMatchObject({ coupon: { minimumFen: 10 } });
    }
    const states = ['SENDED', 'USED', 'EXPIRED', '2', '4', '8', '1'].map((coupon_state) => {
      const answer = query({ coupon_state });
      return answer.verdict === 'FOUND' && answer.coupon.state;
    });
    expect(states).toEqual(['sent', 'used', 'expired', 'sent', 'used', 'expired', 'unknown']);
    expect(query({ coupon_value: '5.00' })).toMatchObject({ verdict: 'UNKNOWN' });
    expect(query({ coupon_id: '1' })).toMatchObject({ verdict: 'UNKNOWN', reason: { gatewayText: 'coupon_id' } });
  });

  it('knows every state of a batch', () => {
    const states = ['1', '2', '4', '8', '16', '3'].map((coupon_stock_status) => {
      const reply = sealed({ ...SENT, coupon_value: '5', coupon_stock_status });
      const answer = readCouponStockAnswer(reply, MD5_MERCHANT, SENDING.stockId);
      return answer.verdict === 'FOUND' && answer.stock.state;
    });
    expect(states).toEqual(['inactive', 'in-approval', 'active', 'void', 'stopped', 'unknown']);
  });
});

describe('the errors of coupons', () => {
  it('are listed, every documented one', () => {
    const both = ['SIGN_ERROR', 'REQ_PARAM_XML_ERR', 'COUPON_STOCK_ID_EMPTY', 'MCH_ID_EMPTY', 'CODE_2_ID_ERR'];
    const sending = [
      ...['USER_AL_GET_COUPON', 'NETWORK ERROR', 'AL_STOCK_OVER', 'FREQ_OVER_LIMIT', 'PARAM_ERROR', 'CA_ERROR'],
      ...['OPEN_ID_EMPTY', 'ERR_VERIFY_SSL_SERIAL', 'ERR_VERIFY_SSL_SN', 'CA_VERIFY_FAILED', 'STOCK_IS_NOT_VALID'],
    ];
    const asking = [
      ...['COUPON_STOCK_ID_NOT_VALID', 'GET_COUPON_STOCK_FAIL', 'COUPON_STOCK_NOT_FOUND', 'COUPON_NOT_FOUND'],
      'NETWORKERROR',
    ];
    expect([...both, ...sending].filter((code) => !COUPON_SEND_ERRORS.has(code))).toEqual([]);
    expect([...both, ...asking].filter((code) => !COUPON_QUERY_ERRORS.has(code))).toEqual([]);
  });

  it('say what to do, and refuse only where nothing was sent', () => {
    for (const [code, { money, does, reason = 'UNLISTED' }] of COUPON_SEND_ERRORS) {
      expect([code, does === 'unsure']).toEqual([code, money === 'unknown']);
      expect(couponAdvice(reason).next.en).toMatch(/\w/);
    }
  });
});
