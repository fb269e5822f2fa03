import { describe, expect, it } from 'vitest';
import { Secret } from '../../../../../src/core/secret.ts';
import { isSignedBy, type SignType, sign } from '../../../../../src/main/gateway/wechat-v2/wire/sign.ts';
import vectors from '../../../../fixtures/wechat-v2-vectors.json' with { type: 'json' };

describe('the v2 signature', () => {
  it.each(vectors.signatures)('gives the known answer of $id', ({ params, key, sign_type, expected_sign }) => {
    const fields = params as unknown as Record<string, string>;
    expect(sign(fields, new Secret(key), sign_type as SignType)).toBe(expected_sign);
    expect(isSignedBy({ ...fields, sign: expected_sign }, new Secret(key), sign_type as SignType)).toBe(true);
  });

  it('sorts names by their bytes, so coupon_fee_10 comes before coupon_fee_2 and capitals before both', () => {
    const key = new Secret('k');
    const inOrder = sign({ Z: '1', coupon_fee_10: '2', coupon_fee_2: '3' }, key, 'MD5');
    expect(sign({ coupon_fee_2: '3', Z: '1', coupon_fee_10: '2' }, key, 'MD5')).toBe(inOrder);
  });

  it.each([
    ['a changed amount', { total_fee: '2' }],
    ['an added field', { extra: 'x' }],
    ['no sign', { sign: '' }],
    ['a sign of another length', { sign: 'ABC' }],
  ])('refuses %s', (_, change) => {
    const key = new Secret('k');
    const fields = { total_fee: '1', nonce_str: 'n' };
    const signed = { ...fields, sign: sign(fields, key, 'HMAC-SHA256'), ...change };
    expect(isSignedBy(signed, key, 'HMAC-SHA256')).toBe(false);
  });

  it('does not take an MD5 signature where HMAC-SHA256 was agreed', () => {
    const key = new Secret('k');
    const fields = { total_fee: '1' };
    expect(isSignedBy({ ...fields, sign: sign(fields, key, 'MD5') }, key, 'HMAC-SHA256')).toBe(false);
  });
});
