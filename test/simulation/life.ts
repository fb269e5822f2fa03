import { createSystemClock, type SystemClock } from '../../src/main/system-clock.ts';
import type { Chance } from './chance.ts';
import type { VirtualTime } from './virtual-time.ts';
import type { Sky } from './weather.ts';

/** The process is gone in the middle of a step. Thrown where a call must not return, since nobody is left to return to. */
export class ProcessDeath extends Error {
  override name = 'ProcessDeath';
}

/** One life of the terminal's process: from a start to a death. */
export interface Life {
  isAlive(): boolean;
  /** A moment at which the plug may be pulled. */
  mayDie(where: string): void;
  /** Which of so many steps the process does not survive; undefined when it survives all of them. */
  drawLastOf(steps: number): number | undefined;
  die(where: string): void;
}

export interface LifeOptions {
  readonly chance: Chance;
  readonly sky: Sky;
  readonly onDeath: (where: string) => void;
}

export function createLife({ chance, sky, onDeath }: LifeOptions): Life {
  let alive = true;
  const isDoomed = () => alive && !sky.healed && chance.happens(sky.weather.death);
  const life: Life = {
    isAlive: () => alive,
    mayDie(where) {
      if (isDoomed()) life.die(where);
    },
    drawLastOf: (steps) => (isDoomed() ? chance.between(1, steps) : undefined),
    die(where) {
      alive = false;
      onDeath(where);
    },
  };
  return life;
}

/** What a call of a dead process comes to. */
export function never<T>(): Promise<T> {
  return new Promise(() => {});
}

/**
 * The clock of one life, as a till has it: the world's time measures, and `wallAheadMs` is how far somebody has set the
 * wall clock away from it. The dead do not wake, and whoever wakes may die of it.
 */
export function clockOf(life: Life, time: VirtualTime, wallAheadMs: () => number): SystemClock {
  return createSystemClock({
    wall: () => time.now() + wallAheadMs(),
    monotonicMs: time.now,
    sleep(ms, signal) {
      if (signal?.aborted) return Promise.resolve();
      return new Promise((resolve) => {
        const wake = () => {
          callOff();
          signal?.removeEventListener('abort', wake);
          life.mayDie('as it wakes');
          if (life.isAlive()) resolve();
        };
        const callOff = time.after(ms, wake);
        signal?.addEventListener('abort', wake, { once: true });
      });
    },
  });
}
