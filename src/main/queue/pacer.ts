import type { Clock } from '../../core/time.ts';

export interface PacerOptions {
  readonly clock: Clock;
  /** Background calls that may begin in one second; 0 = no limit. */
  readonly ratePerSecond: number;
  /** Background calls at one time; 0 = no limit. */
  readonly concurrency: number;
  /** In [0, 1): spreads the waits of tasks that failed together. */
  readonly random: () => number;
  /** Lets everything else that is ready go first. Without it, answers that come together are handled together. */
  readonly yieldTurn?: () => Promise<void>;
}

export type Pacer = ReturnType<typeof createPacer>;

/** WeChat Pay's documented limit for one merchant's queries and reversals. */
export const DEFAULT_RATE_PER_SECOND = 30;
/** Enough for that rate at a reply time of a quarter of a second. */
export const DEFAULT_CONCURRENCY = 8;

/** So long a background call lets a sale's call pass. No longer: a line that never answers must not stop the queue. */
const HOLD_MS = 250;
const JITTER_SHARE = 0.2;
const LATE_TIMER_MS = 20;

interface Waiting {
  readonly order: number;
  readonly start: () => void;
}

/**
 * When calls may begin. A sale's at once, always; the queue's oldest first, so many a second, so many at a time, and
 * behind a sale's call that is on its way. It only ever delays: a call that waits for long holds one place, no more.
 */
export function createPacer({ clock, ratePerSecond, concurrency, random, yieldTurn }: PacerOptions) {
  let gapMs = ratePerSecond === 0 ? 0 : 1_000 / ratePerSecond;
  let places = concurrency === 0 ? Number.POSITIVE_INFINITY : concurrency;
  const waiting: Waiting[] = [];
  let underWay = 0;
  let salesUnderWay = 0;
  let nextStartAt = Number.NEGATIVE_INFINITY;
  let heldUntil = Number.NEGATIVE_INFINITY;
  let alarm: AbortController | undefined;
  let lastTurn = Promise.resolve();

  /** Starts whatever may start now, and sets an alarm for the next that may not yet. */
  function pump(): void {
    alarm?.abort();
    alarm = undefined;
    while (waiting.length > 0 && underWay < places) {
      const now = clock.monotonicMs();
      const startAt = Math.max(nextStartAt, salesUnderWay > 0 ? heldUntil : now);
      if (startAt > now) {
        pumpIn(startAt - now);
        return;
      }
      underWay++;
      // A timer that came late is made up for; a quiet hour is not.
      nextStartAt = (nextStartAt < now - LATE_TIMER_MS ? now : nextStartAt) + gapMs;
      waiting.shift()?.start();
    }
  }

  function pumpIn(ms: number): void {
    const mine = new AbortController();
    alarm = mine;
    void clock.sleep(ms, mine.signal).then(() => {
      if (!mine.signal.aborted) pump();
    });
  }

  /** Behind all that are as old or older. Most come oldest first, so the search from the end is short. */
  function enqueue(entry: Waiting): void {
    let index = waiting.length;
    while (index > 0 && (waiting[index - 1]?.order ?? 0) > entry.order) index--;
    waiting.splice(index, 0, entry);
  }

  /** One answer at a time: each costs a commit, and a scan that comes meanwhile waits for one of them, not for all. */
  function turn(): Promise<void> {
    if (yieldTurn) lastTurn = lastTurn.then(yieldTurn);
    return lastTurn;
  }

  return {
    /** A call that a customer waits for. */
    async sale<T>(call: () => Promise<T>): Promise<T> {
      if (salesUnderWay++ === 0) heldUntil = clock.monotonicMs() + HOLD_MS;
      try {
        return await call();
      } finally {
        if (--salesUnderWay === 0) pump();
      }
    },

    /** A call of the queue, in its turn. `order`: the smaller goes first; when the task began, say. */
    async background<T>(order: number, call: () => Promise<T>): Promise<T> {
      await new Promise<void>((start) => {
        enqueue({ order, start });
        pump();
      });
      try {
        const answer = await call();
        await turn();
        return answer;
      } finally {
        underWay--;
        pump();
      }
    },

    /** For work that has a pace of its own: resolves when no sale's call is on its way, or has been for long enough. */
    async afterSales(): Promise<void> {
      const waitMs = salesUnderWay > 0 ? Math.min(heldUntil - clock.now(), HOLD_MS) : 0;
      if (waitMs > 0) await clock.sleep(waitMs);
    },

    /** The day is over: whoever still waits is let through at once, to find that out. */
    release(): void {
      gapMs = 0;
      places = Number.POSITIVE_INFINITY;
      nextStartAt = Number.NEGATIVE_INFINITY;
      heldUntil = Number.NEGATIVE_INFINITY;
      pump();
    },

    /** A wait of the queue, a little longer than asked: tasks that failed together come back one by one. */
    spread(waitMs: number): number {
      return waitMs * (1 + JITTER_SHARE * random());
    },
  };
}
