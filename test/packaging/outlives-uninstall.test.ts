import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultDataDir } from '../../src/main/launch/data-dir.ts';

const text = (file: string) => readFileSync(path.resolve(import.meta.dirname, '../..', file), 'utf8');

describe('the data folder', () => {
  it('is not touched when the program is uninstalled', () => {
    expect(text('electron-builder.yml')).toMatch(/^ {2}deleteAppDataOnUninstall: false$/m);
  });

  it.each([
    ['linux', {}],
    ['darwin', {}],
    ['win32', { LOCALAPPDATA: '%LOCALAPPDATA%' }],
  ] as const)('is documented where it really lies on %s, so that it can be found and kept', (platform, env) => {
    const folder = defaultDataDir(env, platform, '~');
    expect(text('docs/operations.md')).toContain(`\`${folder}\``);
    expect(text('README.md')).toContain(`\`${folder}\``);
  });
});
