import { describe, expect, it } from 'vitest';
import { Secret } from '../../../../src/core/secret.ts';
import { appParams, jsapiParams } from '../../../../src/main/gateway/wechat-v2/call-up.ts';
import { isSignedBy, type SignType } from '../../../../src/main/gateway/wechat-v2/wire/sign.ts';
import vectors from '../../../fixtures/wechat-v2-vectors.json' with { type: 'json' };
import { MERCHANT } from './support/replies.ts';

const fresh = { now: 1_601_234_567_999, nonce: 'mock-nonce' };

describe('the parameters that call up a payment', () => {
  const published = vectors.signatures.filter(({ params }) => 'package' in params);

  it('has known answers', () => expect(published.map(({ sign_type }) => sign_type)).toEqual(['MD5', 'HMAC-SHA256']));

  it.each(published)('in a page have the known signature of $id', ({ params, key, sign_type, expected_sign }) => {
    const { appId = '', package: prepay = '' } = params;
    const merchant = { ...MERCHANT, appId, apiKey: new Secret(key), signType: sign_type as SignType };
    const given = jsapiParams(merchant, prepay.replace('prepay_id=', ''), fresh);
    expect(given).toEqual({ ...params, paySign: expected_sign });
  });

  it.each<SignType>(['MD5', 'HMAC-SHA256'])(
    'in an app are signed with %s, and say by nothing but its length',
    (type) => {
      const given = appParams({ ...MERCHANT, signType: type }, 'wx2012', fresh);
      expect(given).toMatchObject({
        appid: MERCHANT.appId,
        partnerid: MERCHANT.mchId,
        prepayid: 'wx2012',
        package: 'Sign=WXPay',
        noncestr: 'mock-nonce',
        timestamp: '1601234567',
      });
      expect(isSignedBy({ ...given }, MERCHANT.apiKey, type)).toBe(true);
    },
  );

  it('are the sub-merchant’s own, where a service provider asks for one', () => {
    const merchant = { ...MERCHANT, subAppId: 'wxsub', subMchId: '1900000109' };
    expect(jsapiParams(merchant, 'wx2012', fresh).appId).toBe('wxsub');
    expect(appParams(merchant, 'wx2012', fresh)).toMatchObject({ appid: 'wxsub', partnerid: '1900000109' });
    expect(jsapiParams({ ...MERCHANT, subMchId: '1900000109' }, 'wx2012', fresh).appId).toBe(MERCHANT.appId);
  });
});
