import { readFileSync, rmSync, utimesSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Clone, freshClone } from './clone.ts';

// One clone through its life: each chapter begins where the one before it ended, with everything up to date.
describe('setting up', () => {
  let clone: Clone;
  beforeAll(() => {
    clone = freshClone();
  });
  afterAll(() => clone.remove());

  it('makes a fresh clone ready, and says step by step what it does and how long it took', () => {
    const { code, stdout, stderr } = clone.setup('start');
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toContain('saoma: dependencies: not installed yet');
    for (const title of ['npm ci', 'build renderer', 'build main', 'build preload']) {
      expect(stderr).toMatch(new RegExp(`saoma: ${title} …[\\s\\S]*saoma: ${title}: done in \\d+\\.\\d s`));
    }
    expect(clone.builds()).toEqual(['vite.config.ts', 'vite.main.config.ts', 'vite.preload.config.ts']);
  });

  it('is silent and quick when there is nothing to do', () => {
    const { code, stderr, tookMs } = clone.setup('start');
    expect({ code, stderr, builds: clone.builds() }).toEqual({ code: 0, stderr: '', builds: [] });
    expect(tookMs).toBeLessThan(2_000);
  });

  it.each([
    ['a screen', 'src/renderer/app.tsx', ['vite.config.ts']],
    ['what both sides use', 'src/core/money.ts', ['vite.config.ts', 'vite.main.config.ts']],
    ['the preload', 'src/main/preload.ts', ['vite.main.config.ts', 'vite.preload.config.ts']],
    ['the way it is built', 'vite.main.config.ts', ['vite.main.config.ts']],
    ['a file that was not there', 'src/devices/new.ts', ['vite.main.config.ts']],
  ])('builds only what reads %s when that changed', (_, file, builds) => {
    clone.write(file, `changed ${file}`);
    expect(clone.setup('start').code).toBe(0);
    expect(clone.builds()).toEqual(builds);
  });

  it('builds nothing for a new date on the same content, as a checkout leaves it', () => {
    utimesSync(path.join(clone.dir, 'src/core/money.ts'), new Date(), new Date());
    expect(clone.setup('start').stderr).toBe('');
  });

  it('builds again what somebody deleted', () => {
    rmSync(path.join(clone.dir, 'out/renderer'), { recursive: true });
    clone.setup('start');
    expect(clone.builds()).toEqual(['vite.config.ts']);
  });

  it('says what broke when a build fails, and tries it again the next time', () => {
    clone.write('src/renderer/app.tsx', 'a mistake');
    clone.write('broken', '');
    const failed = clone.setup('start');
    expect(failed.code).toBe(1);
    expect(failed.stderr).toMatch(/unexpected token[\s\S]*The build of vite.config.ts failed/);
    expect(failed.stderr).not.toContain('at async');

    rmSync(path.join(clone.dir, 'broken'));
    clone.builds();
    expect(clone.setup('start').code).toBe(0);
    expect(clone.builds()).toEqual(['vite.config.ts']);
  });

  it('installs again when the lock file asks for another version', () => {
    clone.setVite('1.1.0');
    const { code, stderr } = clone.setup('start');
    expect(code).toBe(0);
    expect(stderr).toContain('node_modules/vite is 1.0.0, 1.1.0 is wanted');
    expect(JSON.parse(readFileSync(path.join(clone.dir, 'node_modules/vite/package.json'), 'utf8')).version).toBe(
      '1.1.0',
    );
  });

  it('installs again after an installation that was broken off', () => {
    rmSync(path.join(clone.dir, 'node_modules/.package-lock.json'));
    expect(clone.setup('start').stderr).toContain('dependencies: not installed yet');
  });

  it('says what to do when the dependencies cannot be had', () => {
    const lock = readFileSync(path.join(clone.dir, 'package-lock.json'), 'utf8');
    clone.write('package-lock.json', lock.replaceAll('vite-1.1.0.tgz', 'vite-9.9.9.tgz').replaceAll('1.1.0', '9.9.9'));
    const { code, stderr } = clone.setup('start');
    expect(code).toBe(1);
    expect(stderr).toContain('saoma: The dependencies could not be installed');
    expect(stderr).toContain('Check the network');
    expect(stderr).not.toContain('at async');
  });

  it('does not guess what it is for', () => {
    expect(clone.setup('stop')).toMatchObject({ code: 1, stderr: 'saoma: Usage: node scripts/setup.mjs start|test\n' });
  });
});
