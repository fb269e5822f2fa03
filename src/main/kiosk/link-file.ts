import { rename, rm, writeFile } from 'node:fs/promises';
import type { Clock } from '../../core/time.ts';
import { TICKET_LIFE_MS } from './tickets.ts';

/** Its name in the data folder. */
export const LINK_FILE = 'kiosk-url';

export interface LinkFile {
  /** Puts a fresh link in place of the present one. */
  renew(): void;
  /** Takes the file away: its link leads nowhere any more. */
  close(): Promise<void>;
}

/**
 * Keeps a launch link that works in a file which only this user can read: after a reload gone wrong, or from a remote
 * shell, that is the way back in. It is written anew when its ticket was used, and before its ticket is too old.
 */
export async function keepLinkFile(
  file: string,
  freshUrl: () => string,
  clock: Pick<Clock, 'sleep'>,
): Promise<LinkFile> {
  const closing = new AbortController();
  let writing: Promise<void> = write(file, freshUrl());
  await writing;

  const renew = () => {
    // A file that cannot be written any more is no reason to stop selling; the printed link has served already.
    writing = writing.then(() => write(file, freshUrl())).catch(() => {});
  };
  const renewing = renewInTime();

  return {
    renew,
    async close() {
      closing.abort();
      await renewing;
      await writing;
      await rm(file, { force: true });
    },
  };

  async function renewInTime(): Promise<void> {
    while (!closing.signal.aborted) {
      await clock.sleep(TICKET_LIFE_MS / 2, closing.signal);
      if (!closing.signal.aborted) renew();
    }
  }
}

/** Whoever reads the file gets the old link or the new one, never half of one. */
async function write(file: string, url: string): Promise<void> {
  await writeFile(`${file}.new`, `${url}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
}
