import type { Clock } from '../core/time.ts';

/** All that the simulator asks of a clock. */
export type SimulatorClock = Pick<Clock, 'now' | 'sleep'>;

/** Real time: monotonic within the process, and never the reason why a process stays alive. */
export const systemClock: SimulatorClock = {
  now: () => Math.floor(performance.timeOrigin + performance.now()),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted) return resolve();
      const finish = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', finish);
        resolve();
      };
      const timer = setTimeout(finish, ms);
      timer.unref();
      signal?.addEventListener('abort', finish);
    }),
};
