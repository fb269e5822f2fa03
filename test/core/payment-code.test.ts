import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { readScan } from '../../src/core/payment-code.ts';

describe('a scanned text', () => {
  it.each([
    ['134567890123456789', 'wechat'],
    ['100000000000000000', 'wechat'],
    ['154567890123456789', 'wechat'],
    ['164567890123456789', 'garbage'],
    ['4200000000202601020000000007', 'transaction'],
    ['420000000020260102000000000', 'garbage'],
    ['13456789012345678', 'garbage'],
    ['1345678901234567890', 'garbage'],
    ['134567890123456789134567890123456780', 'garbage'],
    ['2512345678901234', 'alipay'],
    ['281234567890123456', 'alipay'],
    ['301234567890123456789012', 'alipay'],
    ['3012345678901234567890123', 'garbage'],
    ['6212345678901234567', 'unionpay'],
    ['0112345678901234567', 'ecny'],
    ['6901234567892', 'product'],
    ['96385074', 'product'],
    ['036000291452', 'product'],
    ['6901234567890', 'garbage'],
    ['https://example.com/pay', 'link'],
    ['wxp://f2f0abc', 'link'],
    ['', 'garbage'],
    ['hello', 'garbage'],
  ])('%s is %s', (text, kind) => {
    expect(readScan(text).kind).toBe(kind);
  });

  it.each([
    ['an AIM identifier', ']Q1134567890123456789'],
    ['a Code 128 identifier', ']C0134567890123456789'],
    ['CR and LF', '\r\n134567890123456789\r\n'],
    ['blanks and NULs', ' 134567890123456789\u0000 '],
    ['full-width digits from an input method', '１３４５６７８９０１２３４５６７８９'],
  ])('is read through %s', (_, text) => {
    const scanned = readScan(text);
    expect(scanned.kind === 'wechat' && scanned.code.reveal()).toBe('134567890123456789');
  });

  it('keeps a payment code out of anything that is printed', () => {
    const scanned = readScan('134567890123456789');
    expect(JSON.stringify(scanned) + inspect(scanned, { depth: 9 }) + String(Object.values(scanned))).not.toContain(
      '1345',
    );
  });
});
