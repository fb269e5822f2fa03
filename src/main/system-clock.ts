import type { Clock } from '../core/time.ts';

export interface SystemClock extends Clock {
  /** How far the wall clock has moved away from where it should be, milliseconds. Not 0: somebody set it. */
  driftMs(): number;
  /** Takes the wall clock's word from now on. Only while nothing is being timed. */
  rebase(): void;
}

/** Where a machine's time comes from; a simulation has its own. */
export interface TimeSources extends Pick<Clock, 'monotonicMs' | 'sleep'> {
  /** What the wall clock says, epoch milliseconds: anybody may set it at any time. */
  wall(): number;
}

const MACHINE: TimeSources = { wall: Date.now, monotonicMs: () => performance.now(), sleep };

/** The wall clock, read once; from then on the monotonic clock counts, so that a jump cannot stretch a deadline. */
export function createSystemClock(sources: Partial<TimeSources> = {}): SystemClock {
  const { wall, monotonicMs, sleep } = { ...MACHINE, ...sources };
  let base = wall() - monotonicMs();
  const now = () => base + monotonicMs();

  return {
    now,
    monotonicMs,
    sleep,
    driftMs: () => wall() - now(),
    rebase() {
      base = wall() - monotonicMs();
    },
  };
}

function sleep(ms: number, signal?: AbortSignal): Promise<void> {
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
}
