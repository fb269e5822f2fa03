#!/usr/bin/env node
/**
 * The `saoma` command: the built command line under a Node that can run it. On an older Node it runs itself again
 * with the one from the npm package `node`; in a clone that was never built it builds first.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { isNewEnough, NODE_MISSING, nodeBinary } from '../scripts/setup/node-binary.mjs';

const PARENT_CHECK_MS = 500;

const rootDir = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const cli = path.join(rootDir, 'out', 'main', 'cli.js');

endWithNpm();
if (isNewEnough(process.version)) {
  endWithWrapper();
  if (existsSync(cli) || (await build())) await import(pathToFileURL(cli).href);
} else {
  runWithNewerNode();
}

async function build() {
  const { ensureBuilds } = await import('../scripts/setup/builds.mjs');
  const { ensureDependencies } = await import('../scripts/setup/dependencies.mjs');
  const { SetupError, say } = await import('../scripts/setup/steps.mjs');
  try {
    await ensureDependencies(rootDir);
    await ensureBuilds(rootDir);
    return true;
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(error.message);
    process.exitCode = 1;
    return false;
  }
}

/**
 * `npm start` and `npx saoma` run us in a shell, which ends at a signal without handing it on; and npm, killed
 * outright, leaves the shell to itself. When either is gone we end as if the signal had come to us.
 */
function endWithNpm() {
  if (!['start', 'npx'].includes(process.env.npm_lifecycle_event ?? '') || process.platform === 'win32') return;
  const shell = process.ppid;
  const npm = parentOf(shell);
  const watching = setInterval(() => {
    if (process.ppid === shell && (parentOf(shell) ?? npm) === npm) return;
    clearInterval(watching);
    process.kill(process.pid, 'SIGTERM');
  }, PARENT_CHECK_MS);
  watching.unref();
}

/** Where the system shows it as a file, as Linux does; elsewhere undefined. */
function parentOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The program's name stands in brackets and may hold anything; the state and the parent follow it.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1];
  } catch {
    return undefined;
  }
}

/**
 * A wrapper that was killed outright can hand nothing on, but its end of the channel closes: then this process ends
 * as well, at once, as if it had been killed itself. The books stand that at any moment. Other parents, with or
 * without a channel, have nothing to do with it.
 */
function endWithWrapper() {
  const { SAOMA_WRAPPED } = process.env;
  delete process.env.SAOMA_WRAPPED;
  if (SAOMA_WRAPPED === undefined || process.channel === undefined) return;
  process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
  // The channel is no reason to go on when all work is done.
  process.channel.unref();
}

/** Signals go on to the child, and its end becomes ours, so that a supervisor sees one process. */
function runWithNewerNode() {
  const node = nodeBinary(rootDir);
  if (node === undefined) {
    process.stderr.write(`saoma: ${NODE_MISSING}\n`);
    process.exitCode = 1;
    return;
  }
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, SAOMA_WRAPPED: '1' },
  });
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  // A terminal sends Ctrl+C to the child as well; a second one from us would count as impatience.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  child.once('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}
