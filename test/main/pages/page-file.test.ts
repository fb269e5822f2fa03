import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { pageFile } from '../../../src/main/pages/page-file.ts';

const ROOT = path.resolve('/srv/renderer');
const find = (urlPath: string) => pageFile(ROOT, urlPath, 'kiosk.html');

describe('the file behind a URL', () => {
  it('is the index for the root', () => {
    expect(find('/')).toEqual({
      filePath: path.join(ROOT, 'kiosk.html'),
      contentType: 'text/html; charset=utf-8',
      cacheControl: 'no-store',
    });
  });

  it('is kept for ever when its name holds its hash, and never otherwise', () => {
    expect(find('/assets/kiosk-B1a2_3-d.js')?.cacheControl).toBe('public, max-age=31536000, immutable');
    expect(find('/assets/kiosk.js')?.cacheControl).toBe('no-store');
    expect(find('/kiosk-B1a2_3-d.html')?.cacheControl).toBe('no-store');
  });

  it('may have a Chinese name', () => {
    expect(find(`/${encodeURIComponent('收款')}.svg`)?.filePath).toBe(path.join(ROOT, '收款.svg'));
  });

  it.each([
    ['/../secret.js'],
    ['/%2e%2e/secret.js'],
    ['/assets/../../secret.js'],
    ['/%2e%2e%2fsecret.js'],
    ['/..%5csecret.js'],
    ['/../renderer-old/secret.js'],
    ['//etc/../../secret.js'],
    ['/ok.js%00.png'],
    ['/%'],
    ['ok.js'],
    ['/.'],
  ])('never lies outside the root: %s is nothing', (urlPath) => {
    expect(find(urlPath)).toBeUndefined();
  });

  it.each(['/data.sqlite', '/notes', '/.env', '/app.js.map', '/x.pem'])(
    'is of a kind a screen needs: %s is nothing',
    (urlPath) => {
      expect(find(urlPath)).toBeUndefined();
    },
  );
});
