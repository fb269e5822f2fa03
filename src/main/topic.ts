import type { Clock } from '../core/time.ts';

/** Live state for those who watch it: the present value at once, then the newest after each change. */
export interface Topic<T> {
  publish(): void;
  watch(signal?: AbortSignal): AsyncGenerator<T, void>;
}

/** How often a view that costs something to read may be read for one watcher. */
export interface Pace {
  readonly clock: Clock;
  /** From one view to the next, milliseconds. */
  readonly gapMs: number;
}

/** Whoever has changed something first finishes with it: a request on its way to the wire does not wait for a list. */
const AFTERWARDS_MS = 10;

/**
 * A watcher that is slower than the changes skips those in between: it is owed the present, not the past, and nothing
 * piles up behind a window that has stopped reading. With a pace, changes that follow each other closely are shown
 * together, and the last of them always is.
 */
export function createTopic<T>(read: () => T, pace?: Pace): Topic<T> {
  let version = 0;
  // Each watcher waits for a promise of its own and leaves nothing behind: a till runs for weeks.
  const waiting = new Set<() => void>();

  return {
    publish(): void {
      version++;
      for (const wake of [...waiting]) wake();
    },

    async *watch(signal?: AbortSignal): AsyncGenerator<T, void> {
      let wake = () => {};
      const abort = () => wake();
      signal?.addEventListener('abort', abort, { once: true });
      let readAt = Number.NEGATIVE_INFINITY;
      try {
        for (let seen = -1; !signal?.aborted; ) {
          if (seen === version) {
            await new Promise<void>((resolve) => {
              wake = resolve;
              waiting.add(wake);
            });
            waiting.delete(wake);
          }
          if (pace && seen >= 0) await pace.clock.sleep(restMs(pace, readAt), signal);
          if (signal?.aborted) return;
          seen = version;
          if (pace) readAt = pace.clock.now();
          yield read();
        }
      } finally {
        waiting.delete(wake);
        signal?.removeEventListener('abort', abort);
      }
    },
  };
}

/** A clock that was set back since must not make anybody wait for more than the gap. */
function restMs({ clock, gapMs }: Pace, readAt: number): number {
  return Math.max(AFTERWARDS_MS, Math.min(gapMs, readAt + gapMs - clock.now()));
}
