import { spawn } from 'node:child_process';

const STILL_AT_IT_MS = 15_000;

/** Something a person has to mend; its message is all they need to see. */
export class SetupError extends Error {
  name = 'SetupError';
}

/** Everything is said on stderr: stdout belongs to the command that comes after, which may print JSON. */
export function say(line) {
  process.stderr.write(`saoma: ${line}\n`);
}

/** Says what begins, now and then that it goes on, and how long it took. */
export async function step(title, work) {
  say(`${title} …`);
  const began = performance.now();
  const seconds = () => ((performance.now() - began) / 1000).toFixed(1);
  const heartbeat = setInterval(() => say(`${title}: still at it, ${seconds()} s`), STILL_AT_IT_MS);
  try {
    await work();
    say(`${title}: done in ${seconds()} s`);
  } finally {
    clearInterval(heartbeat);
  }
}

/** Runs a program to its end with its output on our stderr. Rejects with what it was and how it ended. */
export function run(command, args, { cwd, env = process.env, stdout = 'stderr' }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', stdout === 'stdout' ? 1 : 2, 2] });
    const what = [command, ...args].join(' ');
    child.once('error', (cause) => reject(new Error(`${what} could not be started: ${cause.message}`, { cause })));
    child.once('exit', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`${what} ended with ${signal ?? `code ${code}`}`));
    });
  });
}
