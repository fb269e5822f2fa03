import { stat } from 'node:fs/promises';
import type { Clock } from '../../core/time.ts';

/** How often an open port's name is looked up: one `stat` call. */
const LOOK_MS = 500;

/**
 * Resolves when the device file that `path` names is no longer the one it was, or when the signal aborts.
 *
 * serialport reports most unpluggings by itself. But when one falls into a read that is under way, the read returns
 * nothing, serialport reads again at once, and so on for ever: no event, and a processor kept busy. Nor does it notice
 * that a name such as /dev/serial/by-id/… has moved on to a device plugged in anew. The file system knows both.
 */
export async function untilReplaced(path: string, clock: Clock, signal: AbortSignal): Promise<void> {
  const original = await identity(path);
  // COM3 is no file: there is nothing to look up.
  const lookable = original !== undefined;
  do await clock.sleep(LOOK_MS, signal);
  while (!signal.aborted && (!lookable || (await identity(path)) === original));
}

async function identity(path: string): Promise<string | undefined> {
  try {
    const { dev, ino, rdev } = await stat(path);
    return `${dev}:${ino}:${rdev}`;
  } catch {
    return undefined;
  }
}
