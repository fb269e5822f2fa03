import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Reachable } from './client.ts';

const PROGRAM = new URL('./simulator-program.ts', import.meta.url).pathname;

/**
 * A simulator in a process of its own, for tests that kill it.
 *
 * @param fileBlocksMax how large a file it may write, in the shell's blocks: a disk that is full
 */
export async function startSimulatorProcess(
  dir: string,
  fileBlocksMax?: number,
): Promise<{ child: ChildProcess; reachable: Reachable }> {
  const limit = fileBlocksMax === undefined ? 'unlimited' : String(fileBlocksMax);
  const args = ['-c', `ulimit -f ${limit} && exec "$0" "$@"`, process.execPath, PROGRAM, dir];
  const child = spawn('sh', args, { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout })) {
    return { child, reachable: JSON.parse(line) };
  }
  throw new Error('The simulator ended before it was ready');
}
