import { describe, expect, it } from 'vitest';
import { findBrowser } from '../../../src/main/launch/find-browser.ts';

const machineWith =
  (...files: string[]) =>
  (file: string) =>
    files.includes(file);

describe('the browser for the till', () => {
  it('on Linux is Chromium before Chrome before Edge', () => {
    const all = machineWith('/usr/local/bin/microsoft-edge', '/usr/bin/google-chrome', '/usr/bin/chromium');
    expect(findBrowser({ PATH: '/usr/local/bin:/usr/bin' }, 'linux', all)).toBe('/usr/bin/chromium');
    expect(findBrowser({ PATH: '/usr/bin' }, 'linux', machineWith('/usr/bin/microsoft-edge'))).toBe(
      '/usr/bin/microsoft-edge',
    );
  });

  it('on Linux is found though PATH does not lead to it', () => {
    expect(findBrowser({}, 'linux', machineWith('/opt/google/chrome/google-chrome'))).toBe(
      '/opt/google/chrome/google-chrome',
    );
  });

  it('is a snap only when there is nothing else: a snap cannot write to our data folder', () => {
    const env = { PATH: '/snap/bin:/usr/bin' };
    const both = machineWith('/snap/bin/chromium', '/usr/bin/google-chrome');
    expect(findBrowser(env, 'linux', both)).toBe('/usr/bin/google-chrome');
    expect(findBrowser(env, 'linux', machineWith('/snap/bin/chromium'))).toBe('/snap/bin/chromium');
  });

  it('on Windows may be the Edge that every Windows has', () => {
    const edge = 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe';
    const env = { PROGRAMFILES: 'C:\\Program Files', 'PROGRAMFILES(X86)': 'C:\\Program Files (x86)' };
    expect(findBrowser(env, 'win32', machineWith(edge))).toBe(edge);
  });

  it("on macOS may be in the user's own applications", () => {
    const chrome = '/Users/wang/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';
    expect(findBrowser({ HOME: '/Users/wang' }, 'darwin', machineWith(chrome))).toBe(chrome);
  });

  it('is the one that SAOMA_BROWSER names, and then no other', () => {
    const env = { PATH: '/usr/bin', SAOMA_BROWSER: '/opt/kiosk/browser' };
    expect(findBrowser(env, 'linux', machineWith('/opt/kiosk/browser', '/usr/bin/chromium'))).toBe(
      '/opt/kiosk/browser',
    );
    expect(findBrowser(env, 'linux', machineWith('/usr/bin/chromium'))).toBeUndefined();
  });

  it('is not there on a bare machine', () => {
    expect(findBrowser({ PATH: '/usr/bin' }, 'linux', machineWith())).toBeUndefined();
  });
});
