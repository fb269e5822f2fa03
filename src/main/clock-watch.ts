import { isInDoubt } from '../core/refund.ts';
import type { Ledger } from './ledger/open-ledger.ts';
import type { SystemClock } from './system-clock.ts';

export interface ClockWatchOptions {
  readonly clock: SystemClock;
  readonly ledger: Pick<Ledger, 'append' | 'paymentsOwed' | 'refundsOpen'>;
  readonly terminalId: string;
  /** The wall clock has just been believed again: times that were planned by the old one mean nothing now. */
  readonly onBelieved: () => void;
  /** The books could not be written. It is tried again at the next look. */
  readonly onTrouble: (error: unknown) => void;
}

export const CLOCK_CHECK_MS = 10_000;
export const CLOCK_JUMP_MS = 2_000;

/** A wall clock that somebody set is believed only while no deadline is running. Returns how to end the watch. */
export function watchClock(options: ClockWatchOptions): () => void {
  const { clock, ledger, terminalId, onBelieved, onTrouble } = options;
  const stopping = new AbortController();

  function check(): void {
    const drift = clock.driftMs();
    if (Math.abs(drift) < CLOCK_JUMP_MS) return;
    try {
      // One that waits for a person is timed by nobody.
      if (ledger.paymentsOwed().some(({ state }) => state !== 'attention')) return;
      if (ledger.refundsOpen().some(isInDoubt)) return;
      ledger.append({ kind: 'clock.jumped', subject: terminalId, payload: { byMs: Math.round(drift) } });
    } catch (error) {
      // Books that cannot be written now are told elsewhere; the clock can wait.
      onTrouble(error);
      return;
    }
    clock.rebase();
    onBelieved();
  }

  async function watch(): Promise<void> {
    for (;;) {
      await clock.sleep(CLOCK_CHECK_MS, stopping.signal);
      if (stopping.signal.aborted) return;
      check();
    }
  }

  void watch();
  return () => stopping.abort();
}
