import { describe, expect, it } from 'vitest';
import { readRedPacketMessage } from '../../../../../src/main/gateway/wechat-v2/payouts/red-packet-list.ts';
import { XmlError } from '../../../../../src/main/gateway/wechat-v2/wire/xml.ts';

const read = (text: string) => readRedPacketMessage(Buffer.from(text));
const share = (amount: number, at = '2026-01-02 10:00:00') =>
  `<hbinfo><openid><![CDATA[o1]]></openid><amount>${amount}</amount><rcv_time><![CDATA[${at}]]></rcv_time></hbinfo>`;

describe('gethbinfo’s answer', () => {
  it('is read without its list when there is none', () => {
    expect(read('<xml><status>SENT</status></xml>')).toEqual({ status: 'SENT' });
    expect(read('<xml><status>SENT</status><hblist></hblist></xml>')).toMatchObject({ status: 'SENT', rcv_time: '' });
  });

  it('tells when the last share was opened', () => {
    const list = share(50, '2026-01-02 10:00:00') + share(50, '2026-01-02 11:00:00');
    expect(read(`<xml><status>RECEIVED</status>\n<hblist>\n${list}\n</hblist></xml>`)).toMatchObject({
      status: 'RECEIVED',
      rcv_time: '2026-01-02 11:00:00',
    });
  });

  it('tells what came back of a packet that a group opened in part', () => {
    const back = `<xml><status>REFUND</status><total_amount>300</total_amount><hblist>${share(100)}</hblist></xml>`;
    expect(read(back)).toMatchObject({ refund_amount: '200' });
    const said = back.replace('<hblist>', '<refund_amount>150</refund_amount><hblist>');
    expect(read(said)).toMatchObject({ refund_amount: '150' });
  });

  it('is not misled by tags that are only text', () => {
    expect(read('<xml><wishing><![CDATA[<hblist>]]></wishing></xml>')).toEqual({ wishing: '<hblist>' });
  });

  it.each([
    ['a list without an end', '<xml><hblist></xml>'],
    ['a list of something else', '<xml><hblist><other>1</other></hblist></xml>'],
    ['two lists', '<xml><hblist></hblist><hblist></hblist></xml>'],
    ['a share within a share', `<xml><hblist><hbinfo>${share(1)}</hbinfo></hblist></xml>`],
    ['more shares than there can be', `<xml><hblist>${'<hbinfo></hbinfo>'.repeat(101)}</hblist></xml>`],
    ['a share without its amount', '<xml><hblist><hbinfo><amount>1.00</amount></hbinfo></hblist></xml>'],
    ['a declaration', '<!DOCTYPE x><xml></xml>'],
    ['another root', '<html></html>'],
  ])('is refused as %s', (_, text) => {
    expect(() => read(text)).toThrow(XmlError);
  });

  it('is refused when it is not UTF-8, or larger than any answer', () => {
    expect(() => readRedPacketMessage(Buffer.from([0x3c, 0xff]))).toThrow(XmlError);
    expect(() => read(`<xml><a>${'x'.repeat(70_000)}</a></xml>`)).toThrow(XmlError);
  });
});
