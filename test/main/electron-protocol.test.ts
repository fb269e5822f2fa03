import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPageProtocol } from '../../src/main/electron-protocol.ts';
import { CONTENT_SECURITY_POLICY } from '../../src/main/pages/page-headers.ts';

describe('app://saoma', () => {
  let dir: string;
  let answer: (request: Request) => Promise<Response>;
  beforeAll(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'saoma-protocol-'));
    await mkdir(path.join(dir, 'renderer/assets'), { recursive: true });
    await writeFile(path.join(dir, 'secret.js'), 'secret');
    await writeFile(path.join(dir, 'renderer/electron.html'), '<title>till</title>');
    await writeFile(path.join(dir, 'renderer/assets/till-B1a2C3d4.js'), 'till()');
    answer = createPageProtocol(path.join(dir, 'renderer'));
  });
  afterAll(() => rm(dir, { recursive: true }));

  const get = (url: string, method = 'GET') => answer(new Request(url, { method }));

  it('serves the page under the strict policy, and never from a cache', async () => {
    const response = await get('app://saoma/');
    expect(await response.text()).toBe('<title>till</title>');
    expect(response.headers.get('content-security-policy')).toBe(CONTENT_SECURITY_POLICY);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });

  it('lets Chromium keep what carries its hash in its name', async () => {
    const response = await get('app://saoma/assets/till-B1a2C3d4.js');
    expect(await response.text()).toBe('till()');
    expect(response.headers.get('cache-control')).toContain('immutable');
  });

  it('answers HEAD without a body', async () => {
    const response = await get('app://saoma/', 'HEAD');
    expect([response.status, await response.text()]).toEqual([200, '']);
  });

  it.each([
    ['app://other/', 'GET', 404],
    ['app://saoma/nothing.js', 'GET', 404],
    ['app://saoma/%2e%2e/secret.js', 'GET', 404],
    ['app://saoma/..%2fsecret.js', 'GET', 404],
    ['app://saoma/assets', 'GET', 404],
    ['app://saoma/', 'POST', 405],
  ])('refuses %s by %s with %i, under the same policy', async (url, method, status) => {
    const response = await get(url, method);
    expect(response.status).toBe(status);
    expect(response.headers.get('content-security-policy')).toBe(CONTENT_SECURITY_POLICY);
    expect(await response.text()).not.toContain('secret');
  });
});

describe('the policy', () => {
  it('allows nothing by default, nothing inline, no eval and no foreign origin', () => {
    const directives = CONTENT_SECURITY_POLICY.split('; ');
    expect(directives).toContain("default-src 'none'");
    expect(directives).toContain("require-trusted-types-for 'script'");
    expect(CONTENT_SECURITY_POLICY).not.toMatch(/unsafe|https?:|\*/);
  });
});
