import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AppWindowOptions, appSwitches, openApp } from '../../../src/main/launch/open-app.ts';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'saoma-app-'));
});
afterEach(() => rm(dir, { recursive: true }));

const options = (more: Partial<AppWindowOptions> = {}): AppWindowOptions => ({
  browser: '/usr/bin/chromium',
  url: 'http://127.0.0.1:1/?ticket=t',
  profileDir: path.join(dir, 'browser'),
  isRoot: false,
  ...more,
});

describe("the browser's command line", () => {
  it('shows one page without tabs, in a profile of its own', () => {
    const switches = appSwitches(options());
    expect(switches).toContain('--app=http://127.0.0.1:1/?ticket=t');
    expect(switches).toContain(`--user-data-dir=${path.join(dir, 'browser')}`);
  });

  it('gives up the sandbox for root alone', () => {
    expect(appSwitches(options())).not.toContain('--no-sandbox');
    expect(appSwitches(options({ isRoot: true }))).toContain('--no-sandbox');
  });

  it('fills the screen only when asked', () => {
    expect(appSwitches(options())).not.toContain('--kiosk');
    expect(appSwitches(options({ fullscreen: true }))).toContain('--kiosk');
  });
});

describe('the window', () => {
  it('that was closed by hand is no trouble', async () => {
    expect(await openApp(options({ browser: '/bin/true' })).closed).toBeUndefined();
  });

  it('whose browser breaks or is not there says so', async () => {
    expect(await openApp(options({ browser: '/bin/false' })).closed).toBe('It ended with code 1');
    expect(await openApp(options({ browser: '/nowhere' })).closed).toContain('/nowhere could not be started');
  });
});
