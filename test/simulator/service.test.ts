import { describe, expect, it } from 'vitest';
import { Secret } from '../../src/core/secret.ts';
import { isSigned, openCounter, PAY_FIELDS, someCode } from './support/counter.ts';

describe('the service', () => {
  it('answers with the kind of signature it was asked with', () => {
    expect(openCounter({ signType: 'MD5' }).pay('T0000001', someCode())?.sign).toMatch(/^[0-9A-F]{32}$/);
    expect(openCounter({ signType: 'HMAC-SHA256' }).pay('T0000001', someCode())?.sign).toMatch(/^[0-9A-F]{64}$/);
  });

  it('says on whose behalf a service provider asked', () => {
    const sub = { sub_mch_id: '10000999', sub_appid: 'wx0000000000000009' };
    const paid = openCounter().pay('T0000001', someCode(), sub) ?? {};
    expect(paid).toMatchObject({ result_code: 'SUCCESS', ...sub });
    expect(isSigned(paid)).toBe(true);
  });

  it('demands a certificate on /secapi/, and says so before it looks at anything else', () => {
    const call = { method: 'POST', path: '/secapi/pay/reverse', body: Buffer.from('<xml></xml>'), certified: false };
    const delivery = openCounter().service.handle(call);
    expect(delivery).toMatchObject({ status: 200, code: 'CERT_ERROR' });
    expect(delivery).toMatchObject({ body: expect.stringContaining('<return_code><![CDATA[FAIL]]>') });
  });

  it('has a page that says 404 for everything it does not serve', () => {
    const call = { method: 'POST', path: '/pay/unheard-of', body: Buffer.alloc(0), certified: true };
    expect(openCounter().service.handle(call)).toMatchObject({ status: 404 });
  });

  it('never repeats a payment code in what it answers', () => {
    const code = someCode();
    const fields = { ...PAY_FIELDS, out_trade_no: 'T0000001', auth_code: code };
    expect(JSON.stringify(openCounter().hand('/pay/micropay', fields))).not.toContain(code);
  });

  it('will not work with a key that WeChat Pay could not have given out', () => {
    expect(() => openCounter({ merchant: { appId: 'a', mchId: 'b', apiKey: new Secret('short') } })).toThrow(
      /32 characters/,
    );
  });
});
