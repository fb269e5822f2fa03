import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const rootDir = fileURLToPath(new URL('../../', import.meta.url));
const LINK = /^120000 /;

/** Somebody's link to a shared node_modules, once committed, makes `npm ci` in a clone empty what it points to. */
it.skipIf(!existsSync(join(rootDir, '.git')))('the repository holds no links: they lead out of a clone', () => {
  const files = execFileSync('git', ['ls-files', '--stage'], { cwd: rootDir, encoding: 'utf8' }).split('\n');
  expect(files.filter((file) => LINK.test(file))).toEqual([]);
});
