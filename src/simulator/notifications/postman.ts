import type { SimulatorClock } from '../clock.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { type Letter, lettersOf, nextLetterAt } from '../ledger/letters.ts';
import type { SimOrder } from '../ledger/order.ts';
import type { Merchant } from '../options.ts';
import { letterXml } from './letter-text.ts';
import { post } from './post.ts';
import { nextAttemptAt } from './schedule.ts';

/** Tells the merchant of payments and refunds, again and again as the documents say, until it confirms. */
export interface Postman {
  /** Something may have happened that is to be told. */
  wake(): void;
  /** Cuts short what is on its way; resolves when nothing is. */
  stop(): Promise<void>;
}

export interface PostmanParts {
  readonly ledger: Ledger;
  readonly merchant: Merchant;
  readonly clock: SimulatorClock;
  readonly newNonce: () => string;
}

/** Letters on their way at a time; the rest wait for the next of them to come back. */
const ON_THE_WAY_MAX = 16;
/** Longer than this a timer cannot be trusted to sleep. */
const SLEEP_MAX_MS = 86_400_000;
/** From a ledger that could not be written to another try. */
const LOOK_AGAIN_MS = 60_000;

export function startPostman({ ledger, merchant, clock, newNonce }: PostmanParts): Postman {
  const closing = new AbortController();
  const onTheWay = new Map<string, Promise<void>>();
  /** Forgotten when the simulator ends: the next one tries at once, and then goes on by the schedule. */
  const triedAt = new Map<string, number>();
  let alarm = new AbortController();

  const loop = run();

  async function run(): Promise<void> {
    while (!closing.signal.aborted) {
      alarm = new AbortController();
      const next = sendDue();
      const sleepMs = Math.min(SLEEP_MAX_MS, Math.max(0, next - clock.now()));
      const signal = AbortSignal.any([alarm.signal, closing.signal]);
      await (next === Number.POSITIVE_INFINITY ? aborted(signal) : clock.sleep(sleepMs, signal));
    }
    await Promise.all(onTheWay.values());
  }

  /** Sends what is due, and says when something will be. */
  function sendDue(): number {
    const now = clock.now();
    try {
      ledger.settle(now);
    } catch {
      // A ledger that cannot be written at the moment; whoever calls the service is told.
      return now + LOOK_AGAIN_MS;
    }
    let next = Number.POSITIVE_INFINITY;
    for (const order of [...ledger.toBeAnnounced()]) {
      next = Math.min(next, nextLetterAt(order) ?? next);
      for (const letter of lettersOf(order)) {
        if (onTheWay.has(nameOf(letter))) continue;
        const dueAt = dueAtOf(letter, now) ?? Number.POSITIVE_INFINITY;
        if (dueAt > now) next = Math.min(next, dueAt);
        else if (onTheWay.size < ON_THE_WAY_MAX) deliver(letter, order, now);
      }
    }
    return next;
  }

  function dueAtOf(letter: Letter, now: number): number | undefined {
    const tried = triedAt.get(nameOf(letter));
    return tried === undefined ? now : nextAttemptAt(letter.bornAt, tried);
  }

  function deliver(letter: Letter, order: SimOrder, now: number): void {
    const name = nameOf(letter);
    triedAt.set(name, now);
    const way = post(letter.url, letterXml(letter, order, merchant, newNonce()), clock, closing.signal)
      .then((confirmed) => {
        if (!confirmed || closing.signal.aborted) return;
        triedAt.delete(name);
        ledger.noteNotified(letter.outTradeNo, letter.outRefundNo, clock.now());
      })
      // A confirmation that cannot be written down: the letter goes again, which is harmless.
      .catch(() => undefined)
      .finally(() => {
        onTheWay.delete(name);
        alarm.abort();
      });
    onTheWay.set(name, way);
  }

  return {
    wake: () => alarm.abort(),
    async stop() {
      closing.abort();
      await loop;
    },
  };
}

function nameOf({ outTradeNo, outRefundNo }: Letter): string {
  return outRefundNo === undefined ? outTradeNo : `${outTradeNo} ${outRefundNo}`;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
