import type { Ledger } from './ledger/open-ledger.ts';
import type { SystemClock } from './system-clock.ts';

export interface WallClockOptions {
  readonly ledger: Pick<Ledger, 'append' | 'paymentsOwed'>;
  readonly clock: Pick<SystemClock, 'driftMs' | 'rebase'>;
  readonly terminalId: string;
  /** The labels of time have changed: whatever shows them is stale. */
  readonly onRebased: () => void;
  readonly onFault: (error: unknown) => void;
}

const CHECK_MS = 10_000;
const JUMP_MS = 2_000;

/** A wall clock that somebody set is believed only while no deadline is running, and the journal says when. */
export function watchWallClock({ ledger, clock, terminalId, onRebased, onFault }: WallClockOptions) {
  const checking = setInterval(check, CHECK_MS);

  function check(): void {
    const drift = clock.driftMs();
    if (Math.abs(drift) < JUMP_MS) return;
    try {
      // One that waits for a person is timed by nobody.
      if (ledger.paymentsOwed().some(({ state }) => state !== 'attention')) return;
      ledger.append({ kind: 'clock.jumped', subject: terminalId, payload: { byMs: Math.round(drift) } });
      clock.rebase();
      onRebased();
    } catch (error) {
      // Books that cannot be written now are told elsewhere; the clock can wait.
      onFault(error);
    }
  }

  return { stop: () => clearInterval(checking) };
}
