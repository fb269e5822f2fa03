import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { electronPackageDir, findElectron } from '../../../src/main/launch/find-electron.ts';

let packageDir: string;

beforeEach(async () => {
  packageDir = await mkdtemp(path.join(tmpdir(), 'saoma-electron-'));
  await writeFile(path.join(packageDir, 'package.json'), '{"name":"electron","version":"45.4.1"}');
});
afterEach(() => rm(packageDir, { recursive: true }));

async function unpack(version: string, executable = 'electron'): Promise<string> {
  const file = path.join(packageDir, 'dist', executable);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(path.join(packageDir, 'dist', 'version'), version);
  await writeFile(file, '#!/bin/sh\n', { mode: 0o755 });
  return file;
}

describe("Electron's binary", () => {
  it('is not there after a mere npm install', () => {
    expect(findElectron(packageDir, {}, 'linux')).toBeUndefined();
  });

  it('is found once it was unpacked', async () => {
    const file = await unpack('45.4.1');
    expect(findElectron(packageDir, {}, 'linux')).toBe(file);
  });

  it.each([
    ['win32', 'electron.exe'],
    ['darwin', 'Electron.app/Contents/MacOS/Electron'],
  ] as const)('on %s is %s', async (platform, executable) => {
    const file = await unpack('v45.4.1\n', executable);
    expect(findElectron(packageDir, {}, platform)).toBe(file);
  });

  it('of an earlier version, left over from before an update, does not count', async () => {
    await unpack('44.0.0');
    expect(findElectron(packageDir, {}, 'linux')).toBeUndefined();
  });

  it('that cannot be executed does not count', async () => {
    await chmod(await unpack('45.4.1'), 0o644);
    expect(findElectron(packageDir, {}, 'linux')).toBeUndefined();
  });

  it('may be brought along in a folder of its own', async () => {
    const file = await unpack('44.0.0');
    const env = { ELECTRON_OVERRIDE_DIST_PATH: path.join(packageDir, 'dist') };
    expect(findElectron(undefined, env, 'linux')).toBe(file);
    expect(findElectron(packageDir, { ELECTRON_OVERRIDE_DIST_PATH: '/nowhere' }, 'linux')).toBeUndefined();
  });

  it('is looked for without asking the electron module, which would download it', () => {
    const began = performance.now();
    findElectron(electronPackageDir(), {}, 'linux');
    expect(performance.now() - began).toBeLessThan(100);
  });
});
