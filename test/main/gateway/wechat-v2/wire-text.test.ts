import { describe, expect, it } from 'vitest';
import { wireText } from '../../../../src/main/gateway/wechat-v2/wire-text.ts';

describe('a free text on the wire', () => {
  it.each<[what: string, text: string, bytesMax: number, expected: string]>([
    ['short enough, as it is', '扫码便利店', 127, '扫码便利店'],
    ['cut by bytes, not by characters', '余'.repeat(50), 127, '余'.repeat(42)],
    ['cut before a character that only half fits', 'a余', 3, 'a'],
    ['cut before an emoji that only half fits', 'ab😀', 5, 'ab'],
    ['filled to the last byte', 'ab😀', 6, 'ab😀'],
    ['put on one line, as XML would do with a CR anyway', 'a\r\n\tb', 127, 'a b'],
    ['freed of what XML cannot carry', 'a\u0000\u0007b\ud800\uffff', 127, 'ab'],
    ['without blanks at its ends, also after the cut', '  ab cd', 3, 'ab'],
    ['empty when nothing is left', '\u0001 ', 127, ''],
  ])('is %s', (_, text, bytesMax, expected) => {
    expect(wireText(text, bytesMax)).toBe(expected);
  });
});
