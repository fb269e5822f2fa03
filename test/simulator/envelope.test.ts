import { describe, expect, it } from 'vitest';
import { type Fields, sign } from '../../src/main/gateway/wechat-v2/wire/sign.ts';
import { buildXml } from '../../src/main/gateway/wechat-v2/wire/xml.ts';
import { openLetter } from '../../src/simulator/envelope.ts';
import { SAMPLE_MERCHANT } from '../../src/simulator/options.ts';

const { appId, mchId, apiKey } = SAMPLE_MERCHANT;
const WHOLE: Fields = { appid: appId, mch_id: mchId, nonce_str: 'n', out_trade_no: 'T0000001' };

function post(body: string | Buffer, method = 'POST') {
  return openLetter(method, Buffer.from(body), SAMPLE_MERCHANT);
}

function signed(fields: Fields, type: 'MD5' | 'HMAC-SHA256' = 'MD5'): string {
  return buildXml({ ...fields, sign: sign(fields, apiKey, type) });
}

describe('a request', () => {
  it('is taken with an MD5 signature, and answered in kind', () => {
    expect(post(signed(WHOLE))).toMatchObject({ signType: 'MD5', fields: { out_trade_no: 'T0000001' } });
    expect(post(signed({ ...WHOLE, sign_type: 'MD5' }))).toMatchObject({ signType: 'MD5' });
  });

  it('is taken with HMAC-SHA256 only when it says so', () => {
    const said = { ...WHOLE, sign_type: 'HMAC-SHA256' };
    expect(post(signed(said, 'HMAC-SHA256'))).toMatchObject({ signType: 'HMAC-SHA256' });
    expect(post(signed(WHOLE, 'HMAC-SHA256'))).toMatchObject({ code: 'SIGNERROR' });
    expect(post(signed(said, 'MD5'))).toMatchObject({ code: 'SIGNERROR' });
  });

  it('may carry characters that XML escapes, which the signature sees bare', () => {
    expect(post(signed({ ...WHOLE, body: '苹果 <1> & "2"' }))).toMatchObject({ fields: { body: '苹果 <1> & "2"' } });
  });
});

describe('a request that is sent back unread', () => {
  const altered = signed(WHOLE).replace('T0000001', 'T0000002');
  const sample: [string, string | Buffer, string][] = [
    ['nothing in it', '', 'POST_DATA_EMPTY'],
    ['bytes that are not UTF-8', Buffer.from([0x3c, 0xb9, 0xe3]), 'NOT_UTF8'],
    ['no XML', 'out_trade_no=T0000001', 'XML_FORMAT_ERROR'],
    ['another root', signed(WHOLE).replaceAll('xml>', 'root>'), 'XML_FORMAT_ERROR'],
    ['a DOCTYPE', `<!DOCTYPE xml>${signed(WHOLE)}`, 'XML_FORMAT_ERROR'],
    ['a field twice', signed(WHOLE).replace('</xml>', '<nonce_str>n</nonce_str></xml>'), 'XML_FORMAT_ERROR'],
    ['more than 64 KiB', signed({ ...WHOLE, detail: 'x'.repeat(65_536) }), 'XML_FORMAT_ERROR'],
    ['no signature', buildXml(WHOLE), 'LACK_PARAMS'],
    ['no mch_id', signed({ ...WHOLE, mch_id: '' }), 'LACK_PARAMS'],
    ['no appid', signed({ ...WHOLE, appid: '' }), 'LACK_PARAMS'],
    ['no nonce_str', signed({ ...WHOLE, nonce_str: '' }), 'LACK_PARAMS'],
    ['a merchant nobody knows', signed({ ...WHOLE, mch_id: '10000101' }), 'MCHID_NOT_EXIST'],
    ['an appid of somebody else', signed({ ...WHOLE, appid: 'wx0000000000000001' }), 'APPID_MCHID_NOT_MATCH'],
    ['an appid of nobody', signed({ ...WHOLE, appid: 'shop' }), 'APPID_NOT_EXIST'],
    ['a field altered after signing', altered, 'SIGNERROR'],
    ['a field added after signing', signed(WHOLE).replace('</xml>', '<attach>a</attach></xml>'), 'SIGNERROR'],
    ['a signature type of its own', signed({ ...WHOLE, sign_type: 'SHA1' }), 'SIGNERROR'],
  ];

  it.each(sample)('has %s', (_what, body, code) => {
    expect(post(body)).toEqual({ code, returnMsg: expect.stringMatching(/./) });
  });

  it('is not a POST', () => {
    expect(post(signed(WHOLE), 'GET')).toMatchObject({ code: 'REQUIRE_POST_METHOD' });
  });
});
