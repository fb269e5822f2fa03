import type { Clock } from '../../core/time.ts';
import type { HostLine, LineState } from './gateway.ts';

export interface LineWatchOptions {
  readonly gateway: {
    /** Tries each host by a TLS handshake, bounded in time; never rejects. */
    probe(): Promise<void>;
    line(): LineState;
    hosts(): readonly HostLine[];
  };
  readonly clock: Clock;
  /** A customer is being waited for: the state of the line is worth a fresher look. */
  readonly isScanAwaited: () => boolean;
  /** The line was down and is not any more. */
  readonly onBack: () => void;
}

export interface LineWatch {
  /** A host's state has changed: looks after it, and tells when the line has come back. */
  noteChange(): void;
  /**
   * Somebody wants to pay, or has just been refused: a line in trouble is looked at soon, whatever was planned. One that
   * is fine needs no more than the connection that is made ahead anyway.
   */
  hurry(): void;
  /** No new probe begins. One under way ends by itself, or when the gateway is closed. */
  stop(): void;
}

/** Waits between looks at a line in trouble; the last one repeats. */
export const WATCH_BACKOFF_MS = [1_000, 2_000, 5_000, 10_000, 30_000] as const;
/** While a customer is waited for, a line in trouble is looked at no more seldom, so that nobody is refused for long. */
export const AWAITED_TROUBLE_MS = 2_000;
/** While a customer is waited for, a line believed to be fine is looked at as often as this. */
export const AWAITED_FINE_MS = 5_000;
/** An eager scanner hurries the watch many times a second; the gateway's hosts must not feel that. */
export const HURRY_GAP_MS = 500;

/** Nobody asks why it was woken; an exception with its stack, which is what comes without a reason, takes its time. */
const NEWS = 'news';

/**
 * Looks after the gateway's hosts while one of them is in trouble, and now and then while a customer is waited for. So
 * the till knows that the line is down before a payment code is read, and the first host is used again once it is back.
 */
export function watchLine(options: LineWatchOptions): LineWatch {
  const { gateway, clock, isScanAwaited, onBack } = options;
  const stopping = new AbortController();
  let wake = new AbortController();
  let hurried = false;
  let wasDown = false;
  let tries = 0;
  let probedAt = -Infinity;

  /** How long after the last look the next one is due; undefined: nothing has to be looked at. */
  function gapMs(): number | undefined {
    if (hurried) return HURRY_GAP_MS;
    const isAwaited = isScanAwaited();
    if (!isInTrouble(gateway)) return isAwaited ? AWAITED_FINE_MS : undefined;
    // What a call has stumbled over may be gone again: the first look follows soon.
    if (tries === 0) return HURRY_GAP_MS;
    const backoffMs = WATCH_BACKOFF_MS[Math.min(tries, WATCH_BACKOFF_MS.length) - 1] ?? HURRY_GAP_MS;
    return isAwaited ? Math.min(backoffMs, AWAITED_TROUBLE_MS) : backoffMs;
  }

  async function watch(): Promise<void> {
    while (!stopping.signal.aborted) {
      const gap = gapMs();
      const waitMs = gap === undefined ? Infinity : probedAt + gap - clock.monotonicMs();
      if (waitMs > 0) {
        await waitFor(waitMs);
        continue;
      }
      hurried = false;
      probedAt = clock.monotonicMs();
      await gateway.probe();
      // Each wait counts from the end of the look: one into a black hole takes a while by itself.
      probedAt = clock.monotonicMs();
      tries = isInTrouble(gateway) ? tries + 1 : 0;
    }
  }

  async function waitFor(ms: number): Promise<void> {
    const signal = AbortSignal.any([wake.signal, stopping.signal]);
    if (ms !== Infinity) await clock.sleep(ms, signal);
    else if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
    wake = new AbortController();
  }

  void watch();

  return {
    noteChange() {
      const line = gateway.line();
      const isBack = wasDown && (line === 'online' || line === 'shaky');
      wasDown = line === 'offline';
      if (!isInTrouble(gateway)) tries = 0;
      wake.abort(NEWS);
      if (isBack && !stopping.signal.aborted) onBack();
    },
    hurry() {
      if (isInTrouble(gateway)) hurried = true;
      else probedAt = clock.monotonicMs();
      wake.abort(NEWS);
    },
    stop() {
      stopping.abort();
    },
  };
}

/** A host not used yet is in no trouble. */
function isInTrouble(gateway: LineWatchOptions['gateway']): boolean {
  return gateway.hosts().some(({ state }) => state === 'shaky' || state === 'offline');
}
