#!/usr/bin/env node
/**
 * `node scripts/test.mjs [what vitest takes]`: types, lint and import rules, then every test. The last line says
 * `N passed, N failed, N skipped`; a failed check, or a run that broke without a failing test, counts as one failed.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { NODE_MISSING, nodeBinary } from './setup/node-binary.mjs';
import { npm } from './setup/npm.mjs';
import { run, say } from './setup/steps.mjs';

const rootDir = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const resultDir = mkdtempSync(path.join(tmpdir(), 'saoma-test-'));

const began = performance.now();

try {
  const checked = await succeeds(
    'npm run check',
    npm(['run', '--silent', 'check'], { cwd: rootDir, stdout: 'stdout' }),
  );
  const tested = await succeeds('vitest', vitest(process.argv.slice(2)));
  const { passed, failed, skipped } = readResult();
  const broken = (checked ? 0 : 1) + (tested || failed > 0 ? 0 : 1);
  process.exitCode = failed + broken > 0 ? 1 : 0;
  process.stdout.write(`took ${((performance.now() - began) / 1000).toFixed(0)} s in all\n`);
  process.stdout.write(`${passed} passed, ${failed + broken} failed, ${skipped} skipped\n`);
} finally {
  rmSync(resultDir, { recursive: true, force: true });
}

async function succeeds(what, work) {
  try {
    await work;
    return true;
  } catch (error) {
    say(`${what} failed: ${error.message}`);
    return false;
  }
}

async function vitest(args) {
  const node = nodeBinary(rootDir);
  if (node === undefined) throw new Error(NODE_MISSING);
  const bin = path.join(rootDir, 'node_modules', 'vitest', 'vitest.mjs');
  const reporters = [
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${path.join(resultDir, 'result.json')}`,
  ];
  await run(node, [bin, 'run', ...reporters, ...args], { cwd: rootDir, stdout: 'stdout' });
}

/** A file that could not even be loaded has no tests to fail, so it is counted by itself. */
function readResult() {
  try {
    const result = JSON.parse(readFileSync(path.join(resultDir, 'result.json'), 'utf8'));
    const unloadable = result.testResults.filter(
      (file) => file.status === 'failed' && file.assertionResults.length === 0,
    );
    return {
      passed: result.numPassedTests,
      failed: result.numFailedTests + unloadable.length,
      skipped: result.numPendingTests + result.numTodoTests,
    };
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
}
