import { describe, expect, it } from 'vitest';
import { codeOf, wordsOf } from '../../src/core/caught.ts';

describe('what was caught', () => {
  it.each([
    ['an error of the system', Object.assign(new Error('no such file'), { code: 'ENOENT' }), 'no such file', 'ENOENT'],
    ['an error without a code', new TypeError('not a function'), 'not a function', ''],
    ['a text', 'thrown', 'thrown', ''],
    ['nothing', undefined, 'undefined', ''],
    ['something that only looks like an error', { code: 'ENOENT' }, '[object Object]', ''],
  ])('%s has its words and its code', (_, caught, words, code) => {
    expect([wordsOf(caught), codeOf(caught)]).toEqual([words, code]);
  });
});
