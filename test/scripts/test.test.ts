import { rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Clone, freshClone } from './clone.ts';

// The clone borrows our node_modules, so that the real vitest runs in it.
describe('npm test', () => {
  let clone: Clone;
  beforeAll(() => {
    clone = freshClone();
    symlinkSync(path.resolve(import.meta.dirname, '../../node_modules'), path.join(clone.dir, 'node_modules'));
    clone.write('vitest.config.ts', 'export default { test: { include: ["test/**/*.test.ts"] } };');
  });
  afterAll(() => clone.remove());

  beforeEach(() => {
    rmSync(path.join(clone.dir, 'test'), { recursive: true, force: true });
    clone.write('check.mjs', 'console.log("checked");');
    suite('sum', "it('adds', () => expect(1 + 1).toBe(2));");
  });

  const suite = (name: string, body: string) =>
    clone.write(`test/${name}.test.ts`, `import { expect, it } from 'vitest'; ${body}`);
  const test = (...args: string[]) => {
    const { code, stdout, stderr } = clone.run(process.execPath, ['scripts/test.mjs', ...args], {
      CI: 'true',
      NO_COLOR: '1',
    });
    return { code, stdout, stderr, lastLine: stdout.trimEnd().split('\n').at(-1) };
  };

  it('runs the checks, then every test, and ends with the count', () => {
    suite('more', "it('subtracts', () => expect(2 - 1).toBe(1)); it.skip('later', () => {}); it.todo('one day');");
    const { code, stdout, lastLine } = test();
    expect({ code, lastLine }).toEqual({ code: 0, lastLine: '2 passed, 0 failed, 2 skipped' });
    expect(stdout).toMatch(/checked[\s\S]*sum\.test\.ts/);
  });

  it('fails with a failing test, and shows it', () => {
    suite('more', "it('is wrong', () => expect(1).toBe(2));");
    const { code, stderr, lastLine } = test();
    expect({ code, lastLine }).toEqual({ code: 1, lastLine: '1 passed, 1 failed, 0 skipped' });
    expect(stderr).toContain('expected 1 to be 2');
  });

  it('fails with a failing check, and still runs the tests', () => {
    clone.write('check.mjs', 'process.exit(1);');
    expect(test()).toMatchObject({ code: 1, lastLine: '1 passed, 1 failed, 0 skipped' });
  });

  it('counts a file that cannot be loaded as a failure', () => {
    clone.write('test/more.test.ts', "import './nowhere.ts';");
    expect(test()).toMatchObject({ code: 1, lastLine: '1 passed, 1 failed, 0 skipped' });
  });

  it('counts an error that no test caught as a failure', () => {
    suite('more', "it('forgets', () => { setImmediate(() => { throw new Error('late'); }); });");
    const { code, lastLine } = test();
    expect(code).toBe(1);
    expect(lastLine).toMatch(/^\d passed, 1 failed, 0 skipped$/);
  });

  it('takes what vitest takes', () => {
    suite('more', "it('is wrong', () => expect(1).toBe(2));");
    expect(test('sum')).toMatchObject({ code: 0, lastLine: '1 passed, 0 failed, 0 skipped' });
  });
});
