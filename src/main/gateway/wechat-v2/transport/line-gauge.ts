import type { LineState } from '../../gateway.ts';
import type { WireOutcome } from './outcome.ts';

/** What came of an attempt: a call's outcome, or a connection that was made ahead and has carried nothing yet. */
export type LineOutcome = WireOutcome['outcome'] | 'connected';

/** The state of one host's line, from what really came of the latest attempts. */
export interface LineGauge {
  note(outcome: LineOutcome): void;
  state(): LineState;
  /** The latest attempt reached nobody at all. */
  isUnreachable(): boolean;
  /** A call went unanswered lately. A mere connection does not clear this: only answers do. */
  isDoubtful(): boolean;
}

const REMEMBERED = 3;

/**
 * online: the latest attempts were all answered. shaky: answered again after trouble, or one attempt in doubt.
 * offline: the latest attempt reached nobody, or two in a row got no answer.
 */
export function createLineGauge(): LineGauge {
  let latest: readonly LineOutcome[] = [];
  const isDoubtful = () => latest.includes('unknown');

  return {
    note(outcome) {
      // Connections come by the dozen while a host is watched, and must not push the last unanswered call out of sight.
      const before: readonly LineOutcome[] = outcome === 'connected' && isDoubtful() ? ['unknown'] : latest;
      latest = [outcome, ...before].slice(0, REMEMBERED);
    },
    state() {
      const [last, before] = latest;
      if (last === undefined) return 'unknown';
      if (last === 'not-sent') return 'offline';
      if (last === 'unknown') return before === 'unknown' || before === 'not-sent' ? 'offline' : 'shaky';
      return latest.every((outcome) => outcome === 'reply' || outcome === 'connected') ? 'online' : 'shaky';
    },
    isUnreachable: () => latest[0] === 'not-sent',
    isDoubtful,
  };
}
