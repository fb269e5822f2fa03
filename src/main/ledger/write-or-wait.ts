import type { Clock } from '../../core/time.ts';
import { LedgerError } from './errors.ts';

const RETRY_MS = 2_000;

export interface WriteOrWait {
  readonly clock: Pick<Clock, 'sleep'>;
  /** Whoever stops leaves the rest to the next start. */
  readonly stopping: AbortSignal;
  /** The books could not be written; undefined: they can again. */
  readonly onTrouble: (error: LedgerError | undefined) => void;
}

/**
 * Writes what the gateway has answered, again and again until the books take it. Until then the answer is held and
 * nobody is told: not durable is not known.
 *
 * @throws what `write` throws, unless it is that the books cannot be written now; that too, once it is stopping.
 */
export async function writeOrWait(write: () => unknown, { clock, stopping, onTrouble }: WriteOrWait): Promise<void> {
  for (let troubled = false; ; troubled = true) {
    try {
      write();
      if (troubled) onTrouble(undefined);
      return;
    } catch (error) {
      if (!(error instanceof LedgerError) || stopping.aborted) throw error;
      onTrouble(error);
      await clock.sleep(RETRY_MS, stopping);
    }
  }
}
