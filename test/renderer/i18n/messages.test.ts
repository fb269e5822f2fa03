import { describe, expect, it } from 'vitest';
import { messagesIn } from '../../../src/renderer/i18n/messages.ts';

type Words = { readonly [key: string]: string | readonly string[] | ((...args: never[]) => string) | Words };

/** Every word of a language with the path to it; words with blanks are filled with figures. */
function leaves(words: unknown, path: string): [path: string, text: string][] {
  if (typeof words === 'string') return [[path, words]];
  if (typeof words === 'function') return [[path, String(words(...new Array(words.length).fill(1)))]];
  return Object.entries(words as Words).flatMap(([key, value]) => leaves(value, `${path}.${key}`));
}

const zh = leaves(messagesIn('zh-CN'), '');
const en = leaves(messagesIn('en'), '');
/** What is left empty on purpose: a scanner has no paper, and a sale without a receipt needs no word for it. */
const MAY_BE_EMPTY = /mend\.scanner\.(paper-out|cover-open)$|receiptState\.none$/;

describe('the words', () => {
  it('are the same in number and place in both languages', () => {
    expect(en.map(([path]) => path)).toEqual(zh.map(([path]) => path));
  });

  it('are never missing', () => {
    const empty = [...zh, ...en].filter(([path, text]) => text.trim() === '' && !MAY_BE_EMPTY.test(path));
    expect(empty).toEqual([]);
  });

  it('do not mix: no Chinese character in English, and nothing left in English in Chinese', () => {
    expect(en.filter(([, text]) => /\p{Script=Han}/u.test(text))).toEqual([]);
    expect(zh.filter(([, text]) => text !== '' && !/\p{Script=Han}/u.test(text))).toEqual([]);
  });

  it('write money with the full-width sign, which every printer and font has', () => {
    expect([...zh, ...en].filter(([, text]) => text.includes('¥'))).toEqual([]);
  });
});
