import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultDataDir } from '../../../src/main/launch/data-dir.ts';

describe('the data folder, when none is named', () => {
  it.each([
    ['linux', {}, '/home/wang/.local/share/saoma'],
    ['linux', { XDG_DATA_HOME: '/data' }, '/data/saoma'],
    ['linux', { XDG_DATA_HOME: 'not/absolute' }, '/home/wang/.local/share/saoma'],
    ['darwin', {}, '/home/wang/Library/Application Support/Saoma'],
    ['win32', { LOCALAPPDATA: 'C:\\Users\\wang\\AppData\\Local' }, 'C:\\Users\\wang\\AppData\\Local\\Saoma'],
  ] as const)('on %s with %o is %s', (platform, env, expected) => {
    expect(defaultDataDir(env, platform, '/home/wang')).toBe(expected);
  });

  it('is the one that SAOMA_DATA names, made absolute', () => {
    expect(defaultDataDir({ SAOMA_DATA: 'till' }, 'linux', '/home/wang')).toBe(path.resolve('till'));
  });
});
