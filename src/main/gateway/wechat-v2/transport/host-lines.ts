import type { Clock } from '../../../../core/time.ts';
import type { HostLine, LineState } from '../../gateway.ts';
import type { Host } from './host.ts';
import { createHostOrder } from './host-order.ts';
import { createLineGauge, type LineGauge, type LineOutcome } from './line-gauge.ts';

/** What is known of each host's line, and so which host to try first. */
export interface HostLines {
  /** All hosts, the one to try first in front. */
  inOrder(): readonly Host[];
  /** @param detail a short code for support: "ECONNREFUSED" */
  note(host: Host, outcome: LineOutcome, detail?: string): void;
  /** The best host's state: a call goes to whichever can be reached. */
  line(): LineState;
  hosts(): readonly HostLine[];
}

interface Known {
  readonly gauge: LineGauge;
  lastAnsweredAt?: number;
  lastFailure?: { readonly at: number; readonly detail: string };
}

const BEST_FIRST: readonly LineState[] = ['online', 'shaky', 'unknown', 'offline'];

export function createHostLines(
  hosts: readonly Host[],
  clock: Pick<Clock, 'now' | 'monotonicMs'>,
  onChange: () => void,
): HostLines {
  const order = createHostOrder(hosts, () => clock.monotonicMs());
  const known = new Map<Host, Known>(hosts.map((host) => [host, { gauge: createLineGauge() }]));

  function note(host: Host, outcome: LineOutcome, detail = 'UNKNOWN'): void {
    const about = known.get(host);
    if (about === undefined) return;
    const before = about.gauge.state();
    about.gauge.note(outcome);
    if (outcome === 'reply' || outcome === 'connected') about.lastAnsweredAt = clock.now();
    else about.lastFailure = { at: clock.now(), detail };
    // A host that takes connections and answers no calls has not earned its place back.
    if (outcome === 'reply' || (outcome === 'connected' && !about.gauge.isDoubtful())) order.answered(host);
    else if (outcome !== 'connected') order.failed(host);
    if (about.gauge.state() !== before) onChange();
  }

  return {
    inOrder: order.inOrder,
    note,
    line() {
      const states = [...known.values()].map(({ gauge }) => gauge.state());
      return BEST_FIRST.find((state) => states.includes(state)) ?? 'unknown';
    },
    hosts: () =>
      [...known].map(([{ name }, { gauge, ...seen }]) => ({
        name,
        state: gauge.state(),
        unreachable: gauge.isUnreachable(),
        ...seen,
      })),
  };
}
