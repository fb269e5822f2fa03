import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../../src/core/random.ts';
import { Secret } from '../../../../../src/core/secret.ts';
import {
  decryptReqInfo,
  encryptReqInfo,
  ReqInfoError,
} from '../../../../../src/main/gateway/wechat-v2/wire/req-info.ts';
import { parseXml } from '../../../../../src/main/gateway/wechat-v2/wire/xml.ts';
import vectors from '../../../../fixtures/wechat-v2-notifications.json' with { type: 'json' };

const KEY = new Secret('192006250b4c09247ec02edce69f6a2d');
const random = seededRandom(16);

describe('req_info', () => {
  it.each(vectors.refunds)('of $id decrypts to its known fields', ({ key, req_info, expected_fields }) => {
    expect(parseXml(decryptReqInfo(req_info, new Secret(key)), 'root')).toEqual(expected_fields);
  });

  it('encrypts to a known answer', () => {
    const text =
      '<root><out_refund_no><![CDATA[R1]]></out_refund_no><refund_status><![CDATA[SUCCESS]]></refund_status></root>';
    expect(encryptReqInfo(text, KEY)).toBe(
      'WBzGpzQuNpcFxIlFjUUD9BZv+lpBMzd2SHiKCkwfALWid5G8ZvfOussfMIHLbKJmcnxPKdb1ZJEqTAp8ysQv+xa1fj+Eorgndx3fNxf3KAYa' +
        '3LPgsjvZgxaeYyrhV05Kbjkj6ywg27cEyTTaPZFYNg==',
    );
  });

  it('comes back as it went, whatever its text and however its lines are broken', () => {
    for (let round = 0; round < 200; round++) {
      const key = new Secret(Array.from({ length: 32 }, () => Math.floor(random() * 36).toString(36)).join(''));
      const text = Array.from({ length: Math.floor(random() * 60) }, () =>
        String.fromCodePoint(32 + Math.floor(random() * 0x9fff)),
      ).join('');
      const sent = encryptReqInfo(text, key);
      expect(decryptReqInfo(sent, key).toString()).toBe(text);
      expect(decryptReqInfo(sent.replace(/.{20}/g, '$&\r\n'), key).toString()).toBe(text);
    }
  });

  it.each<[what: string, text: string]>([
    ['nothing', ''],
    ['no base64', '<root>R1</root>'],
    ['half a block', Buffer.alloc(17).toString('base64')],
    ['blocks of nobody’s', Buffer.alloc(32, 7).toString('base64')],
    ['a message of another key', encryptReqInfo('<root><a>1</a></root>', new Secret('0'.repeat(32)))],
  ])('that is %s is refused, and not quoted', (_, text) => {
    const decrypt = () => decryptReqInfo(text, KEY);
    expect(decrypt).toThrow(ReqInfoError);
    expect(decrypt).toThrow(/^(not base64|not whole blocks|another key, or damaged)$/);
  });
});
