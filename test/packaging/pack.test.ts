import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { extractAll, extractFile, listPackage } from '@electron/asar';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { fusesIn, makeFakeElectron } from './fake-electron.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const run = promisify(execFile);

let dir: string;
beforeAll(async () => {
  dir = mkdtempSync(path.join(tmpdir(), 'saoma-pack-'));
  makeFakeElectron(path.join(dir, 'electron'), packageJson.devDependencies.electron);
  await pack('--linux');
  await pack('--win');
}, 120_000);
afterAll(() => rmSync(dir, { recursive: true, force: true }));

/** Packs a plain folder with our configuration; only what needs a real executable or a network is left out. */
async function pack(platform: '--linux' | '--win'): Promise<void> {
  const settings = {
    electronDist: path.join(dir, 'electron'),
    'directories.output': path.join(dir, 'dist'),
    disableAsarIntegrity: true,
    'win.signAndEditExecutable': false,
  };
  const args = Object.entries(settings).map(([name, value]) => `--config.${name}=${value}`);
  const builder = path.join(ROOT, 'node_modules/electron-builder/cli.js');
  await run(process.execPath, [builder, platform, 'dir', '--x64', ...args], { cwd: ROOT });
}

const packed = (name: string) => {
  const app = path.join(dir, 'dist', name);
  const asar = path.join(app, 'resources/app.asar');
  const files = listPackage(asar, { isPack: false }).map((file) => file.replaceAll('\\', '/'));
  return { app, asar, files, unpacked: path.join(app, 'resources/app.asar.unpacked') };
};
const nativesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.node'))
    .sort();

describe('the packed terminal', () => {
  it('is made for the Electron that the package asks for', () => {
    const config = readFileSync(path.join(ROOT, 'electron-builder.yml'), 'utf8');
    expect(config).toContain(`electronVersion: ${packageJson.devDependencies.electron}\n`);
  });

  it('holds the build, its package.json, the native modules and what those need, and nothing else', () => {
    const { files } = packed('linux-unpacked');
    const at = (depth: number, under = '') =>
      [...new Set(files.filter((file) => file.startsWith(`${under}/`)).map((file) => file.split('/')[depth]))].sort();
    expect(at(1)).toEqual(['node_modules', 'out', 'package.json']);
    expect(at(2, '/out')).toEqual(['THIRD-PARTY-NOTICES.txt', 'main', 'preload', 'renderer']);
    expect(at(2, '/node_modules')).toEqual([
      '@serialport',
      'better-sqlite3',
      'debug',
      'ms',
      'node-gyp-build',
      'node-hid',
      'pkg-prebuilds',
      'serialport',
    ]);
    for (const file of ['main/electron.js', 'main/migrations', 'preload/preload.cjs', 'renderer/electron.html']) {
      expect(files).toContain(`/out/${file}`);
    }
    expect(
      files.filter((file) =>
        /\.(ts|map|md|pem|p12|key|sqlite|env|log)$|\/(test|deps|hidapi|bindings-cpp\/src)(\/|$)/.test(file),
      ),
    ).toEqual([]);
  });

  it('names everybody whose code it carries, bundled or not', () => {
    const { asar, files } = packed('linux-unpacked');
    const notices = extractFile(asar, 'out/THIRD-PARTY-NOTICES.txt').toString('utf8');
    const modules = files.flatMap((file) => /^\/node_modules\/(.+)\/package\.json$/.exec(file)?.[1] ?? []);
    const unbundled = modules.filter((name) => /^(@[^/]+\/)?[^/]+$/.test(name));
    expect(unbundled).toContain('serialport');
    for (const name of ['react', 'undici', ...unbundled]) expect(notices).toContain(`\n${name} `);
    expect(notices).not.toContain(ROOT);
  });

  it("unpacks the native binaries, and only this platform's", () => {
    expect(nativesIn(packed('linux-unpacked').unpacked)).toEqual([
      'node_modules/@serialport/bindings-cpp/prebuilds/linux-x64/@serialport+bindings-cpp.glibc.node',
      'node_modules/@serialport/bindings-cpp/prebuilds/linux-x64/@serialport+bindings-cpp.musl.node',
      'node_modules/better-sqlite3/prebuilds/linux-x64.node',
      'node_modules/node-hid/prebuilds/HID-linux-x64/node-napi-v4.node',
      'node_modules/node-hid/prebuilds/HID_hidraw-linux-x64/node-napi-v4.node',
    ]);
  });

  it("carries the target's binaries also when it is packed on another system", () => {
    expect(nativesIn(packed('win-unpacked').unpacked)).toEqual([
      'node_modules/@serialport/bindings-cpp/prebuilds/win32-x64/@serialport+bindings-cpp.node',
      'node_modules/better-sqlite3/prebuilds/win32-x64.node',
      'node_modules/node-hid/prebuilds/HID-win32-x64/node-napi-v4.node',
    ]);
  });

  it("speaks both languages, and carries no other's texts", () => {
    expect(readdirSync(path.join(packed('linux-unpacked').app, 'locales')).sort()).toEqual(['en-US.pak', 'zh-CN.pak']);
  });

  it.each(['linux-unpacked/saoma', 'win-unpacked/Saoma.exe'])(
    'cannot be turned into a Node or opened from outside: %s',
    (executable) => {
      expect(fusesIn(readFileSync(path.join(dir, 'dist', executable)))).toEqual({
        runAsNode: false,
        enableCookieEncryption: true,
        enableNodeOptionsEnvironmentVariable: false,
        enableNodeCliInspectArguments: false,
        enableEmbeddedAsarIntegrityValidation: true,
        onlyLoadAppFromAsar: true,
        loadBrowserProcessSpecificV8Snapshot: false,
        grantFileProtocolExtraPrivileges: false,
        wasmTrapHandlers: true,
      });
    },
  );

  it.runIf(process.platform === 'linux' && process.arch === 'x64')(
    'finds all it needs within itself, native modules included',
    async () => {
      const app = path.join(dir, 'extracted');
      extractAll(packed('linux-unpacked').asar, app);
      const probe = `
      const db = require('better-sqlite3')(':memory:');
      console.log(JSON.stringify([
        db.prepare('SELECT 1 AS one').get().one,
        typeof require('serialport').SerialPort.list,
        Array.isArray(require('node-hid').devices()),
      ]));`;
      expect(JSON.parse((await run(process.execPath, ['-e', probe], { cwd: app })).stdout)).toEqual([
        1,
        'function',
        true,
      ]);

      const doctor = [path.join(app, 'out/main/cli.js'), 'doctor', '--json', '--data', path.join(dir, 'data')];
      expect((await run(process.execPath, doctor, { cwd: app })).stdout).toMatch(
        /"name":"serial","state":"ok"[\s\S]*"name":"hid","state":"ok"/,
      );
    },
  );

  it('leaves the books alone when it is uninstalled', () => {
    expect(readFileSync(path.join(ROOT, 'electron-builder.yml'), 'utf8')).toContain('deleteAppDataOnUninstall: false');
  });
});
