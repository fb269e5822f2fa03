import { writeSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { machineMs } from './figures.ts';

/*
 * A scanner on a thread of its own: it types a code into the serial line when it is told to, whatever the till's thread
 * is busy with, and says when the last byte had left it.
 */

const { scannerFd } = workerData as { readonly scannerFd: number };

parentPort?.on('message', (code: string) => {
  writeSync(scannerFd, `${code}\r`);
  parentPort?.postMessage(machineMs());
});
