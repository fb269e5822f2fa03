import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Clone, freshClone } from '../scripts/clone.ts';

/** A Node on this machine that is too old for us, if there is one: it is what `saoma` must get along with. */
function oldNode(): string | undefined {
  const places = (process.env.PATH ?? '').split(path.delimiter).map((folder) => path.join(folder, 'node'));
  return places.find((place) => {
    if (!existsSync(place)) return false;
    const { stdout } = spawnSync(place, ['--version'], { encoding: 'utf8' });
    return /^v(1\d|2[01])\./.test(stdout);
  });
}

describe('the saoma command', () => {
  let clone: Clone;
  beforeAll(() => {
    clone = freshClone();
  });
  afterAll(() => clone.remove());

  const saoma = (node: string, ...args: string[]) => clone.run(node, ['bin/saoma.mjs', ...args]);

  it('builds itself in a clone that was never built, and keeps stdout for the command', () => {
    const { code, stdout, stderr } = saoma(process.execPath, 'sell', '--amount', '12.30');
    expect({ code, stdout }).toEqual({ code: 0, stdout: '["sell","--amount","12.30"]\n' });
    expect(stderr).toContain('build main: done');
  });

  it('builds nothing when it was built', () => {
    expect(saoma(process.execPath, 'doctor')).toMatchObject({ stdout: '["doctor"]\n', stderr: '' });
  });

  describe.skipIf(process.platform === 'win32')('started by npm', () => {
    const COMMAND = `'${process.execPath}' bin/saoma.mjs start`;
    it.each([
      ['the shell around it', 'SIGTERM', `${COMMAND}; true`],
      // Two shells, as npm is one more process around the first one.
      ...(process.platform === 'linux'
        ? ([['npm itself', 'SIGKILL', `/bin/sh -c "${COMMAND}; true"; true`]] as const)
        : []),
    ] as const)('closes when %s is gone', async (_, signal, script) => {
      const closing = "process.on('SIGTERM', () => { console.log('closing'); process.exit(); });";
      clone.write('out/main/cli.js', `${closing} setInterval(() => {}, 1e6); console.log('ready');`);
      const npm = spawn('/bin/sh', ['-c', script], {
        cwd: clone.dir,
        stdio: ['ignore', 'pipe', 'inherit'],
        env: { ...process.env, npm_lifecycle_event: 'start' },
      });
      const said: string[] = [];
      npm.stdout.setEncoding('utf8').on('data', (text: string) => {
        said.push(text);
        if (text.includes('ready')) npm.kill(signal);
      });
      // The pipe closes with the command, which outlives them.
      await once(npm, 'close');
      expect(said.join('')).toBe('ready\nclosing\n');
    });
  });

  it('says so, and fails, when it cannot be built', () => {
    rmSync(path.join(clone.dir, 'out'), { recursive: true });
    clone.write('broken', '');
    const { code, stderr } = saoma(process.execPath, 'doctor');
    expect(code).toBe(1);
    expect(stderr).toContain('The build of vite.config.ts failed');
    rmSync(path.join(clone.dir, 'broken'));
  });

  const old = oldNode();
  if (old === undefined) console.warn('No Node older than 22 was found: what saoma does under one is not tested.');

  describe.skipIf(old === undefined)('under a Node that is too old', () => {
    const tooOld = old ?? '';
    const bringNode = (script: string) => {
      clone.write('node_modules/node/bin/node', script);
      spawnSync('chmod', ['+x', path.join(clone.dir, 'node_modules/node/bin/node')]);
    };

    it('says what is needed when there is no newer one', () => {
      const { code, stderr } = saoma(tooOld, 'doctor');
      expect(code).toBe(1);
      expect(stderr).toMatch(/Saoma needs Node 22\.12 or newer; this is v\d+/);
    });

    it('runs itself with the one that npm brought, arguments and exit code included', () => {
      bringNode(`#!/bin/sh\nexec '${process.execPath}' "$@"\n`);
      clone.write('src/main/cli.ts', 'console.log(process.version, process.argv.slice(2)); process.exitCode = 7;');
      const { code, stdout } = saoma(tooOld, 'sell', '--data', 'a b');
      expect(code).toBe(7);
      expect(stdout).toContain(`${process.version} [ 'sell', '--data', 'a b' ]`);
    });

    it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
      'hands %s on, and lets the command end in its own way',
      async (signal) => {
        clone.write(
          'out/main/cli.js',
          `process.on('${signal}', () => { console.log('closing'); process.exit(3); }); setInterval(() => {}, 1e6); console.log('ready');`,
        );
        const child = spawn(tooOld, ['bin/saoma.mjs'], { cwd: clone.dir, stdio: ['ignore', 'pipe', 'inherit'] });
        const heard: string[] = [];
        child.stdout.setEncoding('utf8').on('data', (text: string) => {
          heard.push(text);
          if (text.includes('ready')) child.kill(signal);
        });
        const [code] = await once(child, 'close');
        expect({ code, heard: heard.join('') }).toEqual({ code: 3, heard: 'ready\nclosing\n' });
      },
    );

    it('leaves no command behind when it is killed outright', async () => {
      clone.write('out/main/cli.js', "setInterval(() => {}, 1e6); console.log('ready');");
      const child = spawn(tooOld, ['bin/saoma.mjs'], { cwd: clone.dir, stdio: ['ignore', 'pipe', 'inherit'] });
      await once(child.stdout, 'data');
      child.kill('SIGKILL');
      // The pipe closes when the last process that writes to it has ended: the command, not only its wrapper.
      expect(await once(child, 'close')).toEqual([null, 'SIGKILL']);
    });

    it('ends by the same signal as the command', async () => {
      clone.write('out/main/cli.js', "process.kill(process.pid, 'SIGTERM');");
      const child = spawn(tooOld, ['bin/saoma.mjs'], { cwd: clone.dir, stdio: 'ignore' });
      expect(await once(child, 'close')).toEqual([null, 'SIGTERM']);
    });
  });
});
