import type { LineState } from '../../gateway.ts';
import type { WireOutcome } from './outcome.ts';

/** The state of the line, from what really came of the latest attempts. */
export interface LineGauge {
  note(outcome: WireOutcome['outcome']): void;
  state(): LineState;
}

const REMEMBERED = 3;

/**
 * online: the latest attempts were all answered. shaky: answered again after trouble, or one attempt in doubt.
 * offline: the latest attempt reached nobody, or two in a row got no answer.
 */
export function createLineGauge(): LineGauge {
  let latest: readonly WireOutcome['outcome'][] = [];

  return {
    note(outcome) {
      latest = [outcome, ...latest].slice(0, REMEMBERED);
    },
    state() {
      const [last, before] = latest;
      if (last === undefined) return 'unknown';
      if (last === 'not-sent') return 'offline';
      if (last === 'unknown') return before === undefined || before === 'reply' ? 'shaky' : 'offline';
      return latest.every((outcome) => outcome === 'reply') ? 'online' : 'shaky';
    },
  };
}
