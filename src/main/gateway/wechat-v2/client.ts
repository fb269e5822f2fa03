import type { CallTrouble, PayAnswer, QueryAnswer, ReverseAnswer } from '../../../core/gateway-answer.ts';
import type { Clock } from '../../../core/time.ts';
import type { HostLine, LookUpGateway, PaymentGateway, RefundGateway } from '../gateway.ts';
import type { ExpectedReply } from './answers/check-reply.ts';
import { readPayAnswer } from './answers/pay-answer.ts';
import { readQueryAnswer } from './answers/query-answer.ts';
import { readReverseAnswer } from './answers/reverse-answer.ts';
import type { ClientCertificate } from './certificate/client-certificate.ts';
import type { Exchange } from './exchange.ts';
import { localAddress } from './local-address.ts';
import type { Merchant } from './merchant.ts';
import { createOrders } from './orders.ts';
import { createRefunds } from './refunds.ts';
import { PATHS, payFields, signedXml } from './requests.ts';
import { isCertificateTrouble, type UnknownCause, type WireOutcome } from './transport/outcome.ts';
import { type CallName, openTransport, type Transport, type WireEvent } from './transport/transport.ts';
import type { Fields, SignType } from './wire/sign.ts';
import { parseXml } from './wire/xml.ts';

export interface WechatV2Options extends Omit<Merchant, 'signType'> {
  /** HMAC-SHA256 when absent. Answers have to be signed by the same. */
  readonly signType?: SignType | undefined;
  /** Base URLs, https except on this machine itself; the first is the primary. WeChat Pay's own two when absent. */
  readonly hosts?: readonly string[] | undefined;
  /** PEM. Trust these and no others; the system's roots when absent. */
  readonly ca?: string | readonly string[] | undefined;
  /** Without it payments work; WeChat Pay then refuses reversals and refunds, and they stay owed. */
  readonly clientCertificate?: ClientCertificate | undefined;
  readonly timeouts?: Partial<GatewayTimeouts> | undefined;
  /** Unpredictable bytes: crypto.randomBytes. */
  readonly random: (size: number) => Uint8Array;
  readonly clock: Clock;
  /** For meters and support; sees no secret. What it throws is ignored. */
  readonly onWire?: ((event: WireEvent) => void) | undefined;
  /** Carries the calls instead of HTTP over TLS to the hosts: a simulation's line, in its own time. */
  readonly transport?: Transport | undefined;
  /** After the state of a host's line has changed. */
  readonly onLine?: (() => void) | undefined;
}

/** In milliseconds. Each call's time-out holds for the whole call, whichever hosts it took. */
export interface GatewayTimeouts {
  readonly connectMs: number;
  readonly payMs: number;
  readonly queryMs: number;
  readonly reverseMs: number;
  readonly refundMs: number;
}

export interface WechatV2Gateway extends PaymentGateway, RefundGateway, LookUpGateway {
  /**
   * Connects ahead, so that the next call finds the TLS handshake done. Worth calling while a scan is waited for.
   * Says whether any host took the connection; never rejects.
   */
  warmUp(): Promise<boolean>;
  /** Tries each host's line by a fresh TLS handshake, without asking anything of the gateway. Never rejects. */
  probe(): Promise<void>;
  /** The state of each host's line; `line()` is that of the best. */
  hosts(): readonly HostLine[];
}

/** The nearest site, and the remote one it fails over to. */
export const WECHAT_PAY_HOSTS = ['https://api.mch.weixin.qq.com', 'https://api2.mch.weixin.qq.com'] as const;

export const DEFAULT_TIMEOUTS: GatewayTimeouts = {
  connectMs: 3_000,
  payMs: 10_000,
  queryMs: 5_000,
  reverseMs: 10_000,
  refundMs: 10_000,
};

/**
 * WeChat Pay's merchant API v2 as a payment gateway.
 *
 * @throws TypeError when a host's URL is not acceptable. Its calls never reject.
 */
export function createWechatV2Gateway(options: WechatV2Options): WechatV2Gateway {
  const { clock, random, appId, mchId, subAppId, subMchId, apiKey, signType = 'HMAC-SHA256' } = options;
  const merchant: Merchant = { appId, mchId, subAppId, subMchId, apiKey, signType };
  const timeouts = { ...DEFAULT_TIMEOUTS, ...options.timeouts };
  const transport =
    options.transport ??
    openTransport({
      hosts: options.hosts ?? WECHAT_PAY_HOSTS,
      connectMs: timeouts.connectMs,
      clock,
      onWire: shielded(options.onWire),
      onLine: options.onLine,
      ca: options.ca,
      clientCertificate: options.clientCertificate,
    });

  async function exchange(call: CallName, fields: Fields, timeoutMs: number): Promise<Exchange> {
    const nonce = Buffer.from(random(16)).toString('hex');
    const outcome = await transport.send({
      call,
      path: PATHS[call],
      body: signedXml(merchant, fields, nonce),
      timeoutMs,
      certified: CERTIFIED.has(call),
      readOnly: READ_ONLY.has(call),
    });
    if (outcome.outcome !== 'reply') {
      const reason = { code: reasonFor(call, outcome), gatewayCode: outcome.detail };
      return { got: 'nothing', sent: outcome.outcome === 'unknown', reason };
    }
    try {
      return { got: 'message', fields: parseXml(outcome.body) };
    } catch {
      return { got: 'nothing', sent: true, reason: { code: 'BAD_REPLY' } };
    }
  }

  function expectedFor(order: { readonly outTradeNo: string }): ExpectedReply {
    return { ...merchant, outTradeNo: order.outTradeNo };
  }

  return {
    async pay(order, code): Promise<PayAnswer> {
      const reply = await exchange('pay', payFields(order, code, localAddress()), timeouts.payMs);
      if (reply.got === 'message') {
        return readPayAnswer(reply.fields, { ...expectedFor(order), amountFen: order.amountFen });
      }
      return { verdict: reply.sent ? 'UNKNOWN' : 'NOT_SENT', reason: reply.reason };
    },
    async query(order): Promise<QueryAnswer> {
      const reply = await exchange('query', { out_trade_no: order.outTradeNo }, timeouts.queryMs);
      if (reply.got === 'message') {
        return readQueryAnswer(reply.fields, { ...expectedFor(order), amountFen: order.amountFen });
      }
      return { verdict: 'UNKNOWN', reason: reply.reason };
    },
    async reverse(order): Promise<ReverseAnswer> {
      const reply = await exchange('reverse', { out_trade_no: order.outTradeNo }, timeouts.reverseMs);
      if (reply.got === 'message') return readReverseAnswer(reply.fields, expectedFor(order));
      return { verdict: 'AGAIN', reason: reply.reason };
    },
    ...createRefunds({ merchant, timeouts, exchange }),
    ...createOrders({ merchant, timeouts, exchange }),
    line: () => transport.line(),
    hosts: () => transport.hosts(),
    warmUp: () => transport.warmUp(),
    probe: () => transport.probe(),
    close: () => transport.close(),
  };
}

/** Calls that show the client certificate: money goes out. */
const CERTIFIED: ReadonlySet<CallName> = new Set(['reverse', 'refund']);
const READ_ONLY: ReadonlySet<CallName> = new Set(['query', 'refundQuery', 'lookUp']);

type NoReply = Exclude<WireOutcome, { readonly outcome: 'reply' }>;

function reasonFor(call: CallName, outcome: NoReply): CallTrouble {
  if (CERTIFIED.has(call) && isCertificateTrouble(outcome)) return 'BAD_CERTIFICATE';
  if (outcome.outcome === 'unknown') return REASONS[outcome.cause];
  if (call === 'pay' || call === 'refund') return 'NOT_SENT';
  // NOT_SENT says that nothing was taken; a question that could not be asked says nothing of the payment it was about.
  return 'NO_REPLY';
}

const REASONS: Readonly<Record<UnknownCause, CallTrouble>> = {
  'no-reply': 'NO_REPLY',
  'bad-reply': 'BAD_REPLY',
  busy: 'GATEWAY_BUSY',
  'rate-limited': 'RATE_LIMITED',
  // On calls that show no certificate, this is as good as any other odd answer.
  certificate: 'BAD_REPLY',
};

/** A meter that breaks must not break a payment. */
function shielded(onWire: ((event: WireEvent) => void) | undefined): (event: WireEvent) => void {
  return (event) => {
    try {
      onWire?.(event);
    } catch {
      // Whoever listens keeps its own troubles.
    }
  };
}
