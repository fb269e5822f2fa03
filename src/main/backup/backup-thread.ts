import { Worker } from 'node:worker_threads';
import { Trouble } from '../trouble.ts';
import type { TroubleCode } from '../trouble-texts.ts';
import type { BackupOrder, BackupTaken } from './take-backup.ts';

export type WorkerReply = { readonly taken: BackupTaken } | { readonly code: TroubleCode; readonly detail: string };

/** Bundled it lies beside this file as JavaScript; from the sources it is TypeScript. */
const WORKER = new URL(`./backup-worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url);

/**
 * Takes a backup in a thread of its own. Copying, checking and flushing a large ledger to a slow USB stick takes
 * minutes in which the till's own thread must not wait for anything.
 *
 * @throws Trouble as `takeBackup`; UNEXPECTED when the thread ended without a word.
 */
export async function takeBackupInThread(order: BackupOrder, signal: AbortSignal): Promise<BackupTaken> {
  const worker = new Worker(WORKER, { workerData: order });
  const stop = () => void worker.terminate();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const reply = await firstWord(worker);
    if ('taken' in reply) return reply.taken;
    throw new Trouble(reply.code, reply.detail);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function firstWord(worker: Worker): Promise<WorkerReply> {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (status) => reject(new Trouble('UNEXPECTED', `the backup's thread ended with ${status}`)));
  });
}
