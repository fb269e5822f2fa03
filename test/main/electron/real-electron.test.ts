import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { _electron, type ElectronApplication } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { electronPackageDir, findElectron } from '../../../src/main/launch/find-electron.ts';
import { hasDisplay, isRoot } from '../../../src/main/launch/machine.ts';
import { builtAsShipped } from './start-double.ts';

const ROOT = path.resolve(import.meta.dirname, '../../..');
const binary = findElectron(electronPackageDir());
const obstacle =
  binary === undefined ? 'there is no Electron binary' : hasDisplay() ? undefined : 'there is no display';

// A build machine that is meant to have Electron sets REQUIRE_ELECTRON=1, so that a lost binary cannot hide.
if (obstacle !== undefined && process.env.REQUIRE_ELECTRON === '1')
  throw new Error(`Electron is required: ${obstacle}.`);
if (obstacle !== undefined) console.warn(`The real Electron is not tested: ${obstacle}.`);

describe.skipIf(obstacle !== undefined)('the Electron host, on the real Electron', () => {
  let dataDir: string;
  let app: ElectronApplication;

  beforeAll(async () => {
    builtAsShipped();
    dataDir = await mkdtemp(path.join(tmpdir(), 'saoma-real-electron-'));
    app = await _electron.launch({
      // Without a path Playwright would ask the electron module, which begins a download.
      executablePath: binary ?? '',
      args: [ROOT, `--data=${dataDir}`, '--scanner=none', '--printer=none'],
      chromiumSandbox: !isRoot(),
    });
  });
  afterAll(async () => {
    await app?.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('shows a till that can be used, from app://saoma', async () => {
    const page = await app.firstWindow();
    await page.waitForFunction(() => document.querySelectorAll('button').length > 10);
    expect(page.url()).toBe('app://saoma/');
  });

  it('gives the page no Node, and a secure context', async () => {
    const page = await app.firstWindow();
    expect(
      await page.evaluate(() => [typeof Reflect.get(window, 'require'), typeof Reflect.get(window, 'process')]),
    ).toEqual(['undefined', 'undefined']);
    expect(await page.evaluate(() => isSecureContext)).toBe(true);
  });

  it('opens no second window and goes nowhere else', async () => {
    const page = await app.firstWindow();
    expect(await page.evaluate(() => window.open('https://example.com/') === null)).toBe(true);
    await page.evaluate(() => {
      location.href = 'https://example.com/';
    });
    expect(page.url()).toBe('app://saoma/');
    expect(app.windows()).toHaveLength(1);
  });
});
