import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** A "vite" that writes down which build it was asked for, and leaves what that build leaves. */
const RECORDING_VITE = `
const fs = require('node:fs');
const config = process.argv[process.argv.indexOf('-c') + 1];
fs.appendFileSync('builds.log', config + '\\n');
if (fs.existsSync('broken')) { console.error('unexpected token'); process.exit(1); }
const made = { 'vite.config.ts': 'out/renderer/kiosk.html', 'vite.main.config.ts': 'out/main/cli.js', 'vite.preload.config.ts': 'out/preload/preload.cjs' }[config];
fs.mkdirSync(require('node:path').dirname(made), { recursive: true });
fs.writeFileSync(made, made.endsWith('cli.js') ? fs.readFileSync('src/main/cli.ts') : '');
`;

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly tookMs: number;
}

/** A small project with our real scripts in it: what a fresh clone is to them, without our hundreds of packages. */
export function freshClone() {
  const dir = mkdtempSync(path.join(tmpdir(), 'saoma-clone-'));
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(dir, file)), { recursive: true });
    writeFileSync(path.join(dir, file), text);
  };
  const run = (command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Ended => {
    const began = performance.now();
    const ended = spawnSync(command, args, { cwd: dir, encoding: 'utf8', env: { ...process.env, ...OFFLINE, ...env } });
    return { code: ended.status, stdout: ended.stdout, stderr: ended.stderr, tookMs: performance.now() - began };
  };
  /** Another version in the lock file, as it arrives by a pull: node_modules knows nothing of it. */
  const setVite = (version: string) => {
    write('vite/package.json', JSON.stringify({ name: 'vite', version, bin: { vite: 'bin/vite.js' } }));
    write('vite/bin/vite.js', RECORDING_VITE);
    run('npm', ['pack', './vite', '--silent']);
    const devDependencies = { vite: `file:vite-${version}.tgz` };
    write(
      'package.json',
      JSON.stringify({ name: 'clone', type: 'module', scripts: { check: 'node check.mjs' }, devDependencies }),
    );

    // npm would write the new version into its record of what is installed as well, so it locks in another folder.
    const elsewhere = mkdtempSync(path.join(dir, 'lock-'));
    for (const file of ['package.json', `vite-${version}.tgz`])
      cpSync(path.join(dir, file), path.join(elsewhere, file));
    run('npm', ['install', '--package-lock-only', '--silent', '--prefix', elsewhere]);
    cpSync(path.join(elsewhere, 'package-lock.json'), path.join(dir, 'package-lock.json'));
    rmSync(elsewhere, { recursive: true });
  };

  for (const folder of ['scripts', 'bin']) cpSync(path.join(ROOT, folder), path.join(dir, folder), { recursive: true });
  for (const config of ['vite.config.ts', 'vite.main.config.ts', 'vite.preload.config.ts']) write(config, '');
  write('src/renderer/app.tsx', 'screen');
  write('src/core/money.ts', 'money');
  write('src/main/preload.ts', 'preload');
  write('src/main/cli.ts', 'console.log(JSON.stringify(process.argv.slice(2)));');
  setVite('1.0.0');

  return {
    dir,
    write,
    run,
    setVite,
    setup: (purpose: string) => run(process.execPath, ['scripts/setup.mjs', purpose]),
    /** The builds since the last call. */
    builds(): string[] {
      const log = path.join(dir, 'builds.log');
      try {
        return readFileSync(log, 'utf8').trim().split('\n');
      } catch {
        return [];
      } finally {
        rmSync(log, { force: true });
      }
    },
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}

export type Clone = ReturnType<typeof freshClone>;

/** Whatever runs the tests, npm in the clone takes its settings from the clone, and asks nobody. */
const OFFLINE = { npm_config_offline: 'true', npm_execpath: undefined, npm_config_audit: 'false' };
