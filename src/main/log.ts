import { appendFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beijingRfc3339 } from '../core/time.ts';

/** What support needs and the journal does not tell: starts, device trouble, bugs. JSON lines; never a secret. */
export type Log = (event: string, fields?: Readonly<Record<string, unknown>>) => void;

const LOG_MAX_BYTES = 4 * 1024 * 1024;

/** Appends to `saoma.log` in the data folder and keeps one older file. A log that cannot be written stops nothing. */
export function createLog(dataDir: string, now: () => number): Log {
  const path = join(dataDir, 'saoma.log');
  return (event, fields = {}) => {
    try {
      if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > LOG_MAX_BYTES) renameSync(path, `${path}.1`);
      appendFileSync(path, `${JSON.stringify({ at: beijingRfc3339(now()), event, ...fields })}\n`, { mode: 0o600 });
    } catch {
      // A full disk is told by the ledger, in a place where somebody looks.
    }
  };
}

/** An error for the log: its kind, words and place. */
export function faultFields(error: unknown): Record<string, unknown> {
  return error instanceof Error
    ? { name: error.name, message: error.message, stack: error.stack }
    : { message: String(error) };
}
