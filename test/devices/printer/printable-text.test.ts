import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { columnsOf, encodeGb, printableText, SUBSTITUTE } from '../../../src/devices/printer/printable-text.ts';

describe('text for a Chinese receipt printer', () => {
  it.each([
    [
      'what it has stays',
      '老王家 Café-Bar （人民路店） ①㎡',
      '老王家 Cafe-Bar （人民路店） ①㎡'.replace('Cafe', 'Café'),
    ],
    ['the half-width yen, which GB18030 has in four bytes only', '¥12.30', '￥12.30'],
    ['the euro, which is one byte in one Chinese code and two in the other', '€5', 'EUR5'],
    ['accents that it lacks are taken off', 'ñandú Łódź', `nandú ${SUBSTITUTE}ódz`],
    ['decomposed accents are the same as composed ones', 'cafe\u0301', 'café'],
    ['rare characters', '㐀𠮷', SUBSTITUTE.repeat(2)],
    ['an emoji of seven code points', '👨‍👩‍👧‍👦面', `${SUBSTITUTE}面`],
    ['other scripts', '한', SUBSTITUTE],
    ['half a surrogate pair', '\ud800x', `${SUBSTITUTE}x`],
    ['a private character, which no font has', '\ue000', SUBSTITUTE],
    ['invisible characters', 'a\u200bb\u202ec\ufeff', 'abc'],
    ['compatibility ideographs become the ordinary ones', '\uf92c', '郎'],
    ['controls, tabs and line ends become one blank', ' a\u0000\u001b\t\r\nb\u0085\u2028c ', 'a b c'],
    ['blanks of any width become one', 'a\u00a0\u3000 b', 'a b'],
  ])('%s', (_what, text, printable) => {
    expect(printableText(text)).toBe(printable);
  });

  it('takes one byte and one column, or two bytes and two columns, for every character there is', () => {
    for (let code = 0; code < 0x30_000; code++) {
      const printable = printableText(String.fromCodePoint(code));
      const bytes = encodeGb(printable);
      if (bytes.length !== columnsOf(printable)) expect.fail(`U+${code.toString(16)}: ${bytes.length} bytes`);
      if (iconv.decode(Buffer.from(bytes), 'cp936') !== printable) expect.fail(`U+${code.toString(16)}: ${printable}`);
    }
  });

  it('is final: nothing about it changes when it is made printable or normalised once more', () => {
    for (let code = 0; code < 0x30_000; code += 7) {
      const printable = printableText(String.fromCodePoint(code));
      expect(printableText(printable)).toBe(printable);
      expect(printable.normalize()).toBe(printable);
    }
  });
});

it('counts a Chinese character as two columns', () => {
  expect(columnsOf('合计 12.30')).toBe(10);
  expect(encodeGb('微信收款')).toEqual(Buffer.from('cea2d0c5cad5bfee', 'hex'));
});
