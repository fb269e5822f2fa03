import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { foldersOf, formatNotices, readNotice, withNested } from '../../scripts/third-party-notices.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'saoma-notices-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

function aPackage(name: string, license: unknown, files: Readonly<Record<string, string>> = {}): string {
  const folder = path.join(dir, 'node_modules', name);
  mkdirSync(folder, { recursive: true });
  const manifest = { name: name.split('/node_modules/').at(-1), version: '1.2.3', license, repository: 'a/place' };
  for (const [file, text] of Object.entries({ 'package.json': JSON.stringify(manifest), ...files }))
    writeFileSync(path.join(folder, file), text);
  return folder;
}

describe('the notices of what others wrote', () => {
  it('find the package of each bundled module, scoped, nested and virtual ones too', () => {
    expect(
      foldersOf([
        '/p/src/main/cli.ts',
        '\0rolldown/runtime.js',
        '/p/node_modules/a/lib/x.js',
        '\0/p/node_modules/a/y.js?commonjs',
        '/p/node_modules/@s/b/x.js',
        '/p/node_modules/a/node_modules/c/x.js',
      ]),
    ).toEqual(['/p/node_modules/a', '/p/node_modules/@s/b', '/p/node_modules/a/node_modules/c']);
  });

  it('find what is installed within a package, and all of a scope', () => {
    const folders = ['@s/a', '@s/a/node_modules/c', '@s/b'].map((name) => aPackage(name, 'MIT'));
    expect(withNested(path.join(dir, 'node_modules/@s'))).toEqual(folders);
  });

  it('give each package once, sorted, with its whole text and not where it was installed', () => {
    const b = readNotice(aPackage('b', 'MIT', { 'license.md': 'Copyright B\r\nAs is\n' }));
    const a = readNotice(aPackage('a', 'ISC', { 'LICENCE-bsd.txt': 'Copyright A' }));
    const text = formatNotices([b, a, b]);
    expect(text).toBe(formatNotices([a, b]));
    expect(text.match(/^[ab] 1\.2\.3$/gm)).toEqual(['a 1.2.3', 'b 1.2.3']);
    expect(text).toContain('Licence: MIT\nRepository: a/place\n\nCopyright B\nAs is\n');
    expect(text).toContain('Copyright A');
    expect(text).not.toContain(dir);
  });

  it('say so when a package carries no text', () => {
    expect(formatNotices([readNotice(aPackage('a', 'MIT'))])).toContain(
      'Licence: MIT\nRepository: a/place\n\nThe package carries no licence text of its own.',
    );
  });

  it.each([undefined, 'GPL-3.0', 'MIT AND GPL-3.0', 'UNLICENSED'])('refuse the licence %s', (licence) => {
    const folder = aPackage('a', licence);
    expect(() => readNotice(folder)).toThrow('a@1.2.3');
  });

  it.each(['MIT', '(MIT OR X11)', 'GPL-3.0 OR ISC'])('accept the licence %s', (licence) => {
    expect(readNotice(aPackage('a', licence)).licence).toBe(licence);
  });
});
