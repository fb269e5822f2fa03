import type { CallTrouble, PayAnswer, QueryAnswer, ReverseAnswer } from '../../../core/gateway-answer.ts';
import type { Clock } from '../../../core/time.ts';
import type { BillGateway } from '../bill-gateway.ts';
import type { HostLine, PaymentGateway, RefundGateway } from '../gateway.ts';
import type { CouponGateway, PayoutGateway, SandboxKeyAnswer } from '../payout-gateway.ts';
import type { ExpectedReply } from './answers/check-reply.ts';
import { readPayAnswer } from './answers/pay-answer.ts';
import { readQueryAnswer } from './answers/query-answer.ts';
import { readReverseAnswer } from './answers/reverse-answer.ts';
import { createBills } from './bills/bills.ts';
import type { ClientCertificate } from './certificate/client-certificate.ts';
import { createCoupons } from './coupons/coupons.ts';
import type { Exchange } from './exchange.ts';
import { rememberAddress } from './local-address.ts';
import type { Merchant } from './merchant.ts';
import { hearNotification } from './notifications/hear.ts';
import type { Heard, KnownOrders } from './notifications/notification.ts';
import { createOrders, type OrderCalls } from './orders.ts';
import { createPayouts } from './payouts/payouts.ts';
import { createRefunds } from './refunds.ts';
import { PATHS, payFields, signedXml } from './requests.ts';
import { askSandboxKey } from './sandbox-key.ts';
import type { SideCallName } from './side-calls.ts';
import { createSideExchange } from './side-exchange.ts';
import { callTrouble, type NoReply } from './transport/call-trouble.ts';
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
  /** For red packets, payments to a balance or a bank card, and coupons. */
  readonly payoutMs: number;
  /** For placing an order and for closing one. */
  readonly orderMs: number;
  /** Until a bill's first byte, the longest silence in the middle of one, and until its last byte. */
  readonly billHeadMs: number;
  readonly billIdleMs: number;
  readonly billWholeMs: number;
}

export interface WechatV2Gateway extends PaymentGateway, RefundGateway, OrderCalls, BillGateway {
  /** Money that goes out to somebody; nothing that the till does by itself. */
  readonly payouts: PayoutGateway;
  readonly coupons: CouponGateway;
  /** The key for WeChat Pay's own sandbox. */
  sandboxKey(): Promise<SandboxKeyAnswer>;
  /**
   * Connects ahead, so that the next call finds the TLS handshake done. Worth calling while a scan is waited for.
   * Says whether any host took the connection; never rejects.
   */
  warmUp(): Promise<boolean>;
  /** Tries each host's line by a fresh TLS handshake, without asking anything of the gateway. Never rejects. */
  probe(): Promise<void>;
  /** Reads a notification that came for this merchant. @see hearNotification */
  hear(body: Uint8Array, known: KnownOrders): Heard;
  /** The state of each host's line; `line()` is that of the best. */
  hosts(): readonly HostLine[];
}

/** The nearest site, and the remote one it fails over to. */
export const WECHAT_PAY_HOSTS = ['https://api.mch.weixin.qq.com', 'https://api2.mch.weixin.qq.com'] as const;

/** Gives the key that card numbers are encrypted with, and nothing else. Any other gateway has it beside the rest. */
const RISK_HOST = 'https://fraud.mch.weixin.qq.com';

export const DEFAULT_TIMEOUTS: GatewayTimeouts = {
  connectMs: 3_000,
  payMs: 10_000,
  queryMs: 5_000,
  reverseMs: 10_000,
  refundMs: 10_000,
  payoutMs: 10_000,
  orderMs: 10_000,
  billHeadMs: 60_000,
  billIdleMs: 30_000,
  billWholeMs: 3_600_000,
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
  const address = rememberAddress(clock);
  const hosts = options.hosts ?? WECHAT_PAY_HOSTS;
  const line = {
    connectMs: timeouts.connectMs,
    clock,
    onWire: shielded(options.onWire),
    ca: options.ca,
    clientCertificate: options.clientCertificate,
  };
  const transport = options.transport ?? openTransport({ ...line, hosts, onLine: options.onLine });
  const isWechatPays = options.transport === undefined && hosts[0] === WECHAT_PAY_HOSTS[0];
  const riskTransport = isWechatPays ? openTransport({ ...line, hosts: [RISK_HOST] }) : transport;
  const sideExchange = createSideExchange({ apiKey, transport, riskTransport, random });
  const sideParts = { merchant, timeouts, exchange: sideExchange };

  function newNonce(): string {
    return Buffer.from(random(16)).toString('hex');
  }

  async function exchange(call: MainCallName, fields: Fields, timeoutMs: number): Promise<Exchange> {
    const outcome = await transport.send({
      call,
      path: PATHS[call],
      body: signedXml(merchant, fields, newNonce()),
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
      const reply = await exchange('pay', payFields(order, code, address()), timeouts.payMs);
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
    payouts: createPayouts({ ...sideParts, address }),
    coupons: createCoupons(sideParts),
    sandboxKey: () => askSandboxKey(merchant, sideExchange, timeouts.queryMs),
    ...createOrders({ merchant, timeouts, exchange, freshness: () => ({ now: clock.now(), nonce: newNonce() }) }),
    hear: (body, known) => hearNotification(body, merchant, known),
    ...createBills({ merchant, timeouts, transport, random, clock }),
    line: () => transport.line(),
    hosts: () => transport.hosts(),
    warmUp: () => transport.warmUp(),
    probe: () => transport.probe(),
    async close() {
      await Promise.all([transport.close(), ...(riskTransport === transport ? [] : [riskTransport.close()])]);
    },
  };
}

type MainCallName = Exclude<CallName, SideCallName>;

/** Calls that show the client certificate: money goes out. */
const CERTIFIED: ReadonlySet<CallName> = new Set(['reverse', 'refund']);
const READ_ONLY: ReadonlySet<CallName> = new Set(['query', 'refundQuery', 'lookUp']);
/** Calls that begin something: when nothing left this machine, nothing was begun. */
const OPENS: ReadonlySet<CallName> = new Set(['pay', 'refund', 'placeOrder']);

function reasonFor(call: CallName, outcome: NoReply): CallTrouble {
  return callTrouble(outcome, { certified: CERTIFIED.has(call), opens: OPENS.has(call) });
}

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
