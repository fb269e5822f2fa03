import { describe, expect, it } from 'vitest';
import { isOurPage } from '../../src/main/electron-names.ts';

describe('our own page', () => {
  it.each(['app://saoma/', 'app://saoma/index.html?x#y'])('is %s', (url) => {
    expect(isOurPage(url)).toBe(true);
  });

  it.each([
    'app://saoma.evil.example/',
    'app://other/',
    'app://saoma:1/',
    'https://saoma/',
    'file:///saoma/',
    'about:blank',
    'data:text/html,app://saoma/',
    '',
  ])('is not "%s"', (url) => {
    expect(isOurPage(url)).toBe(false);
  });
});
