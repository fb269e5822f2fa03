import type { Clock } from '../../../../core/time.ts';
import type { HostLine, LineState } from '../../gateway.ts';
import type { SideCallName } from '../side-calls.ts';
import { type Host, openHost, type TlsOptions } from './host.ts';
import { createHostLines } from './host-lines.ts';
import { errorCode, isCertificateTrouble, notSent, type WireOutcome } from './outcome.ts';
import { sendOnce, type WireRequest } from './send-once.ts';
import { type StreamOutcome, type StreamRequest, streamOnce } from './stream-once.ts';

export type CallName =
  | SideCallName
  | 'pay'
  | 'query'
  | 'reverse'
  | 'refund'
  | 'refundQuery'
  | 'lookUp'
  | 'placeOrder'
  | 'closeOrder'
  | 'openid'
  | 'report'
  | 'bill'
  | 'fundFlow';

export interface WireCall extends WireRequest {
  readonly call: CallName;
  readonly certified: boolean;
  /** A call that changes nothing may also go to the next host when the first left it in doubt. */
  readonly readOnly: boolean;
}

/** A call that only reads, and whose reply is read as it comes. */
export interface StreamCall extends StreamRequest {
  readonly call: CallName;
  readonly certified: boolean;
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
  /** After a host's state has changed. */
  readonly onLine?: (() => void) | undefined;
}

export interface Transport {
  /** Sends one call within its time-out, whichever hosts that takes. Never rejects. */
  send(call: WireCall): Promise<WireOutcome>;
  /** The same for a reply of any size; once its head has come, it is this host's. Never rejects. */
  stream(call: StreamCall): Promise<StreamOutcome>;
  /** Makes a connection ahead where one is to be had, and says whether it was. Never rejects. */
  warmUp(): Promise<boolean>;
  /** A fresh TLS handshake with every host at once, and nothing asked; each is noted as it comes. Never rejects. */
  probe(): Promise<void>;
  /** The best host's. */
  line(): LineState;
  hosts(): readonly HostLine[];
  close(): Promise<void>;
}

/**
 * HTTP over TLS to the gateway's hosts. A call whose bytes cannot have left the machine goes on to the next host, each
 * host once; a call that may have been received is never repeated here, unless it only reads.
 */
export function openTransport(options: TransportOptions): Transport {
  const { clock, onWire } = options;
  const hosts = options.hosts.map((baseUrl) => openHost(baseUrl, options));
  const lines = createHostLines(hosts, clock, options.onLine ?? (() => undefined));
  let closed = false;

  async function attempt(host: Host, call: WireCall, timeoutMs: number): Promise<WireOutcome> {
    const begunMs = clock.monotonicMs();
    const about = { call: call.call, host: host.name };
    const request = { path: host.prefix + call.path, body: call.body, timeoutMs };
    const pool = await host.pool(call.certified);
    const outcome = await sendOnce(pool, request, clock, () => onWire({ type: 'sending', ...about, at: clock.now() }));
    const detail = 'detail' in outcome ? { detail: outcome.detail } : {};
    if (!(call.certified && isCertificateTrouble(outcome))) lines.note(host, outcome.outcome, detail.detail);
    const [at, tookMs] = [clock.now(), clock.monotonicMs() - begunMs];
    onWire({ type: 'outcome', ...about, at, tookMs, outcome: outcome.outcome, ...detail });
    return outcome;
  }

  async function attemptStream(host: Host, call: StreamCall, headMs: number): Promise<StreamOutcome> {
    const begunAt = clock.now();
    const about = { call: call.call, host: host.name };
    const pool = await host.pool(call.certified);
    const request = { ...call, path: host.prefix + call.path, headMs };
    const result = await streamOnce(pool, request, clock, () => onWire({ type: 'sending', ...about, at: clock.now() }));
    const outcome = result.outcome === 'stream' ? 'reply' : result.outcome;
    const detail = 'detail' in result ? { detail: result.detail } : {};
    const isOurs = call.signal?.aborted === true || (result.outcome !== 'stream' && isCertificateTrouble(result));
    if (!isOurs) lines.note(host, outcome, detail.detail);
    const at = clock.now();
    onWire({ type: 'outcome', ...about, at, tookMs: at - begunAt, outcome, ...detail });
    return result;
  }

  async function probeHost(host: Host): Promise<void> {
    try {
      await host.probe();
      lines.note(host, 'connected');
    } catch (error) {
      if (!closed) lines.note(host, 'not-sent', errorCode(error));
    }
  }

  return {
    async send(call) {
      const endMs = clock.monotonicMs() + call.timeoutMs;
      let best: WireOutcome = notSent('NO_HOST');
      for (const host of lines.inOrder()) {
        const leftMs = Math.ceil(endMs - clock.monotonicMs());
        if (leftMs <= 0) break;
        const outcome = await attempt(host, call, leftMs);
        // A doubt once raised stays: a later "not sent" is only about the later host.
        if (outcome.outcome !== 'not-sent' || best.outcome === 'not-sent') best = outcome;
        if (outcome.outcome === 'reply' || (outcome.outcome === 'unknown' && !call.readOnly)) break;
      }
      return best;
    },
    async stream(call) {
      const endAt = clock.now() + call.headMs;
      let best: StreamOutcome = notSent('NO_HOST');
      for (const host of lines.inOrder()) {
        const leftMs = Math.ceil(endAt - clock.now());
        if (leftMs <= 0) break;
        const outcome = await attemptStream(host, call, leftMs);
        if (outcome.outcome !== 'not-sent' || best.outcome === 'not-sent') best = outcome;
        if (outcome.outcome === 'stream' || call.signal?.aborted === true) break;
      }
      return best;
    },
    async warmUp() {
      for (const host of lines.inOrder()) {
        try {
          if (await host.warmUp()) lines.note(host, 'connected');
          return true;
        } catch (error) {
          lines.note(host, 'not-sent', errorCode(error));
        }
      }
      return false;
    },
    async probe() {
      await Promise.all(hosts.map(probeHost));
    },
    line: lines.line,
    hosts: lines.hosts,
    async close() {
      closed = true;
      await Promise.all(hosts.map((host) => host.close()));
    },
  };
}
