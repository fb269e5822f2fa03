import { describe, expect, it } from 'vitest';
import { LedgerError, type LedgerErrorCode } from '../../src/main/ledger/errors.ts';
import { describeTrouble, languageOf, Trouble, troubleOf } from '../../src/main/trouble.ts';
import { TROUBLE_TEXTS, type TroubleCode } from '../../src/main/trouble-texts.ts';

const CODES = Object.keys(TROUBLE_TEXTS) as TroubleCode[];

describe('every trouble', () => {
  it.each(CODES)('%s is said in three lines, in Chinese and in English', (code) => {
    for (const language of ['zh', 'en'] as const) {
      const lines = Object.values(describeTrouble(new Trouble(code, ''), language));
      expect(lines).toHaveLength(3);
      for (const line of lines) {
        expect(line.length).toBeGreaterThan(3);
        expect(/[\u4e00-\u9fff]/.test(line)).toBe(language === 'zh');
      }
    }
  });
});

describe('an error', () => {
  it.each<[LedgerErrorCode, TroubleCode]>([
    ['IN_USE', 'DATA_IN_USE'],
    ['NEWER_VERSION', 'DATA_NEWER'],
    ['DAMAGED', 'DATA_DAMAGED'],
    ['DISK_FULL', 'DISK_FULL'],
    ['OTHER_TERMINAL', 'DATA_OTHER_TERMINAL'],
  ])('of the ledger, %s, becomes %s and keeps its details', (code, expected) => {
    expect(troubleOf(new LedgerError(code, 'ledger.db', 'why'))).toMatchObject({
      code: expected,
      detail: 'ledger.db: why',
    });
  });

  it('of the network is a busy port', () => {
    expect(troubleOf(Object.assign(new Error('listen'), { code: 'EADDRINUSE' })).code).toBe('PORT_BUSY');
  });

  it('that nobody foresaw keeps its words for support', () => {
    expect(troubleOf(new TypeError('x is not a function'))).toMatchObject({
      code: 'UNEXPECTED',
      detail: 'x is not a function',
    });
  });
});

describe('the language of a command line', () => {
  it.each([
    [{ LANG: 'zh_CN.UTF-8' }, 'zh'],
    [{ LANG: 'en_US.UTF-8' }, 'en'],
    [{ LANG: 'C' }, 'en'],
    [{ LC_ALL: 'zh_CN.UTF-8', LANG: 'en_US.UTF-8' }, 'zh'],
    [{ SAOMA_LANG: 'en', LANG: 'zh_CN.UTF-8' }, 'en'],
    [{}, 'en'],
  ])('under %j is %s', (env, language) => {
    expect(languageOf(env)).toBe(language);
  });
});
