#!/usr/bin/env node
/**
 * `node scripts/setup.mjs start|test`: makes a fresh clone ready, and is silent and quick when it is.
 * Runs on Node 18 with nothing installed. `npm start` and `npm test` call it.
 */
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilds } from './setup/builds.mjs';
import { ensureDependencies } from './setup/dependencies.mjs';
import { SetupError, say } from './setup/steps.mjs';
import { ensureTestTools } from './setup/test-tools.mjs';

const rootDir = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const [purpose] = process.argv.slice(2);

try {
  if (purpose !== 'start' && purpose !== 'test') throw new SetupError('Usage: node scripts/setup.mjs start|test');
  await ensureDependencies(rootDir);
  await ensureBuilds(rootDir);
  if (purpose === 'test') await ensureTestTools(rootDir);
} catch (error) {
  if (!(error instanceof SetupError)) throw error;
  say(error.message);
  process.exitCode = 1;
}
