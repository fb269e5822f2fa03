import { parentPort, workerData } from 'node:worker_threads';
import { wordsOf } from '../../core/caught.ts';
import { troubleOf } from '../trouble.ts';
import type { WorkerReply } from './backup-thread.ts';
import { type BackupOrder, takeBackup } from './take-backup.ts';

/* The thread that takes one backup and ends: see backup-thread.ts. */

async function reply(order: BackupOrder): Promise<WorkerReply> {
  try {
    return { taken: await takeBackup(order) };
  } catch (error) {
    const { code, detail } = troubleOf(error);
    return { code, detail: detail || wordsOf(error) };
  }
}

parentPort?.postMessage(await reply(workerData as BackupOrder));
