import type { Clock } from '../core/time.ts';

export interface SystemClock extends Clock {
  /** How far the wall clock has moved away from where it should be, milliseconds. Not 0: somebody set it. */
  driftMs(): number;
  /** Takes the wall clock's word from now on. Only while nothing is being timed. */
  rebase(): void;
}

/** The wall clock, read once; from then on the monotonic clock counts, so that a jump cannot stretch a deadline. */
export function createSystemClock(wall: () => number = Date.now): SystemClock {
  let base = wall() - performance.now();
  const now = () => base + performance.now();

  return {
    now,
    driftMs: () => wall() - now(),
    rebase() {
      base = wall() - performance.now();
    },
    sleep(ms, signal) {
      if (signal?.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        const wake = () => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', wake);
          resolve();
        };
        const timer = setTimeout(wake, Math.max(0, ms));
        signal?.addEventListener('abort', wake, { once: true });
      });
    },
  };
}
