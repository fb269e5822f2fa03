import type { Clock } from '../../core/time.ts';
import { type FramingRules, feed, openFrame, quietAt, SCAN_FRAMING, settle } from './framer.ts';

/** Always-on scanners read a phone again and again while it stays in view: that is one scan. */
const REPEAT_MS = 1_500;

export interface ScanReader {
  /** Bytes as they come off the line. */
  receive(chunk: Uint8Array): void;
  /** The line is gone: what had come in of an unfinished code is forgotten. */
  end(): void;
}

/** Knows what was scanned last, across a scanner's unplugging. */
export type RepeatFilter = (text: string, at: number) => boolean;

export function createRepeatFilter(windowMs: number = REPEAT_MS): RepeatFilter {
  let last: { readonly text: string; readonly at: number } | undefined;
  return function isRepeat(text, at) {
    const repeated = last !== undefined && last.text === text && at - last.at < windowMs;
    last = { text, at };
    return repeated;
  };
}

/** Reads one opening of one line: frames its bytes, times its silences, and passes each scan on once. */
export function createScanReader(
  onScan: (text: string) => void,
  isRepeat: RepeatFilter,
  clock: Clock,
  rules: FramingRules = SCAN_FRAMING,
): ScanReader {
  const ended = new AbortController();
  let frame = openFrame(clock.monotonicMs());
  let waiting = false;

  return {
    receive(chunk) {
      if (ended.signal.aborted) return;
      const at = clock.monotonicMs();
      const framed = feed(frame, chunk, at, rules);
      frame = framed.frame;
      pass(framed.texts, at);
      void waitForSilence();
    },
    end: () => ended.abort(),
  };

  async function waitForSilence(): Promise<void> {
    if (waiting) return;
    waiting = true;
    for (let due = quietAt(frame, rules); due !== undefined; due = quietAt(frame, rules)) {
      await clock.sleep(Math.max(0, due - clock.monotonicMs()), ended.signal);
      if (ended.signal.aborted) return;
      const at = clock.monotonicMs();
      const settled = settle(frame, at, rules);
      frame = settled.frame;
      pass(settled.texts, at);
    }
    waiting = false;
  }

  function pass(texts: readonly string[], at: number): void {
    for (const text of texts) {
      if (!isRepeat(text, at)) onScan(text);
    }
  }
}
