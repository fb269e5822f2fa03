import type { Clock } from '../../../../core/time.ts';
import type { LineState } from '../../gateway.ts';
import { type Host, openHost, type TlsOptions } from './host.ts';
import { createHostOrder } from './host-order.ts';
import { createLineGauge } from './line-gauge.ts';
import { isCertificateTrouble, notSent, type WireOutcome } from './outcome.ts';
import { sendOnce, type WireRequest } from './send-once.ts';

export type CallName = 'pay' | 'query' | 'reverse' | 'refund' | 'refundQuery';

export interface WireCall extends WireRequest {
  readonly call: CallName;
  readonly certified: boolean;
  /** A call that changes nothing may also go to the next host when the first left it in doubt. */
  readonly readOnly: boolean;
}

/** For meters and support. Holds no secret and nothing of a message's content. */
export type WireEvent =
  | { readonly type: 'sending'; readonly call: CallName; readonly host: string; readonly at: number }
  | {
      readonly type: 'outcome';
      readonly call: CallName;
      readonly host: string;
      readonly at: number;
      readonly tookMs: number;
      readonly outcome: WireOutcome['outcome'];
      readonly detail?: string;
    };

export interface TransportOptions extends TlsOptions {
  /** Base URLs; the first is the primary. */
  readonly hosts: readonly string[];
  readonly clock: Clock;
  readonly onWire: (event: WireEvent) => void;
}

export interface Transport {
  /** Sends one call within its time-out, whichever hosts that takes. Never rejects. */
  send(call: WireCall): Promise<WireOutcome>;
  /** Makes a connection ahead where one is to be had, and says whether it was. Never rejects. */
  warmUp(): Promise<boolean>;
  line(): LineState;
  close(): Promise<void>;
}

/**
 * HTTP over TLS to the gateway's hosts. A call whose bytes cannot have left the machine goes on to the next host, each
 * host once; a call that may have been received is never repeated here, unless it only reads.
 */
export function openTransport(options: TransportOptions): Transport {
  const { clock, onWire } = options;
  const hosts = options.hosts.map((baseUrl) => openHost(baseUrl, options));
  const order = createHostOrder(hosts, () => clock.now());
  const line = createLineGauge();

  function note(host: Host, outcome: WireOutcome['outcome']): void {
    line.note(outcome);
    if (outcome === 'reply') order.answered(host);
    else order.failed(host);
  }

  async function attempt(host: Host, call: WireCall, timeoutMs: number): Promise<WireOutcome> {
    const begunAt = clock.now();
    const about = { call: call.call, host: host.name };
    const request = { path: host.prefix + call.path, body: call.body, timeoutMs };
    const pool = await host.pool(call.certified);
    const outcome = await sendOnce(pool, request, clock, () => onWire({ type: 'sending', ...about, at: clock.now() }));
    if (!(call.certified && isCertificateTrouble(outcome))) note(host, outcome.outcome);
    const at = clock.now();
    const detail = 'detail' in outcome ? { detail: outcome.detail } : {};
    onWire({ type: 'outcome', ...about, at, tookMs: at - begunAt, outcome: outcome.outcome, ...detail });
    return outcome;
  }

  return {
    async send(call) {
      const endAt = clock.now() + call.timeoutMs;
      let best: WireOutcome = notSent('NO_HOST');
      for (const host of order.inOrder()) {
        const leftMs = Math.ceil(endAt - clock.now());
        if (leftMs <= 0) break;
        const outcome = await attempt(host, call, leftMs);
        // A doubt once raised stays: a later "not sent" is only about the later host.
        if (outcome.outcome !== 'not-sent' || best.outcome === 'not-sent') best = outcome;
        if (outcome.outcome === 'reply' || (outcome.outcome === 'unknown' && !call.readOnly)) break;
      }
      return best;
    },
    async warmUp() {
      for (const host of order.inOrder()) {
        try {
          if (await host.warmUp()) note(host, 'reply');
          return true;
        } catch {
          note(host, 'not-sent');
        }
      }
      return false;
    },
    line: () => line.state(),
    async close() {
      await Promise.all(hosts.map((host) => host.close()));
    },
  };
}
