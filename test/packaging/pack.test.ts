import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AsarFile, extractAsar, listAsar } from './asar.ts';
import { readFuses, writeFakeElectron } from './fake-electron.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const PLATFORM = `linux-${process.arch}`;

const packageJson = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
const electronVersion: string = packageJson.devDependencies.electron;

// Only the layout for Linux can be made without tools from the network; the files are chosen alike everywhere.
describe.skipIf(process.platform !== 'linux')('the packed application', () => {
  let dir: string;
  let app: string;
  let files: readonly AsarFile[];

  beforeAll(() => {
    dir = mkdtempSync(path.join(tmpdir(), 'saoma-pack-'));
    const fake = path.join(dir, 'electron');
    writeFakeElectron(fake, electronVersion);
    const cli = path.join(ROOT, 'node_modules/electron-builder/cli.js');
    const options = [`-c.electronDist=${fake}`, `-c.directories.output=${dir}/dist`, '--publish', 'never'];
    const packed = spawnSync(process.execPath, [cli, '--dir', ...options], { cwd: ROOT, encoding: 'utf8' });
    expect(packed.status, packed.stdout + packed.stderr).toBe(0);

    const folder = readdirSync(path.join(dir, 'dist')).find((name) => name.endsWith('-unpacked')) ?? '';
    app = path.join(dir, 'dist', folder);
    files = listAsar(path.join(app, 'resources/app.asar'));
  }, 60_000);
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  const names = () => files.map(({ file }) => file);

  it('is made for the Electron that is tested', () => {
    const config = readFileSync(path.join(ROOT, 'electron-builder.yml'), 'utf8');
    expect(/^electronVersion: (\S+)$/m.exec(config)?.[1]).toBe(electronVersion);
  });

  it('holds the build and what the build needs, and nothing of how it was made', () => {
    for (const file of ['out/main/electron.js', 'out/main/cli.js', 'out/preload/preload.cjs']) {
      expect(names()).toContain(file);
    }
    expect(names()).toEqual(expect.arrayContaining(['out/renderer/electron.html', 'package.json']));
    expect(names()).toContain('out/main/migrations/0001_create_ledger.sql');

    const roots = new Set(names().map((file) => file.split('/', 1)[0]));
    expect([...roots].sort()).toEqual(['node_modules', 'out', 'package.json']);
    expect(names().filter((file) => /\.(ts|map|md|p12|pem|db|log|h|gyp)$|config\.json$/.test(file))).toEqual([]);
  });

  it('brings of its dependencies only what cannot be bundled', () => {
    const modules = names()
      .filter((file) => file.startsWith('node_modules/'))
      .map((file) => file.split('/')[1]);
    expect([...new Set(modules)].sort()).toEqual([
      '@serialport',
      'better-sqlite3',
      'debug',
      'ms',
      'node-gyp-build',
      'node-hid',
      'pkg-prebuilds',
      'serialport',
    ]);
  });

  it('keeps native modules outside the archive, and those of this platform only', () => {
    const native = files.filter(({ file }) => file.endsWith('.node'));
    expect(new Set(native.map(({ file }) => file.split('/prebuilds/')[0]))).toEqual(
      new Set(['node_modules/better-sqlite3', 'node_modules/node-hid', 'node_modules/@serialport/bindings-cpp']),
    );
    for (const { file, unpacked } of native) {
      expect({ file, unpacked }).toEqual({ file: expect.stringContaining(PLATFORM), unpacked: true });
      expect(existsSync(path.join(app, 'resources/app.asar.unpacked', file))).toBe(true);
    }
  });

  it('speaks the two languages of the till', () => {
    expect(readdirSync(path.join(app, 'locales')).sort()).toEqual(['en-US.pak', 'zh-CN.pak']);
  });

  it('has its fuses set: no Node, no inspector, only its own archive, unaltered', () => {
    const [runAsNode, cookieEncryption, nodeOptions, inspect, integrity, onlyAsar, , fileProtocol] = readFuses(
      readFileSync(path.join(app, 'saoma')),
    );
    expect({ runAsNode, cookieEncryption, nodeOptions, inspect, integrity, onlyAsar, fileProtocol }).toEqual({
      runAsNode: '0',
      cookieEncryption: '1',
      nodeOptions: '0',
      inspect: '0',
      integrity: '1',
      onlyAsar: '1',
      fileProtocol: '0',
    });
  });

  it('has every module it asks for: its books open, its devices are listed, its till answers', async () => {
    const copy = path.join(dir, 'copy');
    extractAsar(path.join(app, 'resources/app.asar'), copy);
    const data = path.join(dir, 'data');
    const env = { ...process.env, NODE_PATH: '', SAOMA_LANG: 'en' };
    const command = (...args: string[]) => [path.join(copy, 'out/main/cli.js'), ...args, '--data', data];

    const till = spawn(process.execPath, command('kiosk', '--no-open'), { env, stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = await once(createInterface({ input: till.stdout }), 'line');
    till.kill('SIGTERM');
    expect(line).toContain('http://127.0.0.1:');
    expect(await once(till, 'exit')).toEqual([0, null]);

    const doctor = spawnSync(process.execPath, command('doctor', '--json'), { env, encoding: 'utf8' });
    const checks = doctor.stdout
      .trim()
      .split('\n')
      .map((text) => JSON.parse(text));
    for (const name of ['data', 'serial', 'hid']) {
      expect(checks.find((check) => check.name === name)).toMatchObject({ name, state: 'ok' });
    }
  });
});
