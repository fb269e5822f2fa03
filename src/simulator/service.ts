import { createHmac } from 'node:crypto';
import type { Fields } from '../main/gateway/wechat-v2/wire/sign.ts';
import { answerXml, type Frame, returnFailXml, unsignedXml } from './answer.ts';
import { createDirector } from './behaviour/director.ts';
import { createFaultSwitchboard } from './behaviour/fault-switchboard.ts';
import { type BillDesk, type BillReply, billReply } from './bills/bill-calls.ts';
import { createControl, type SimulatorControl } from './control/control.ts';
import type { Desk, Reply, Violation } from './desk.ts';
import { authcodetoopenid } from './endpoints/authcodetoopenid.ts';
import { closeorder } from './endpoints/closeorder.ts';
import { micropay } from './endpoints/micropay.ts';
import { orderquery } from './endpoints/orderquery.ts';
import { refund } from './endpoints/refund.ts';
import { refundquery } from './endpoints/refundquery.ts';
import { report } from './endpoints/report.ts';
import { reverse } from './endpoints/reverse.ts';
import { unifiedorder } from './endpoints/unifiedorder.ts';
import { openLetter, type Returned, returned } from './envelope.ts';
import type { Ledger } from './ledger/ledger.ts';
import { onBehalfOf } from './on-behalf-of.ts';
import { type Delays, type ServiceOptions, settingsOf } from './options.ts';
import { createBankVault } from './payouts/bank-vault.ts';
import { SIDE_ENDPOINTS } from './side-endpoints.ts';
import { createVisitors, type Visitors } from './visitors.ts';

/** One request, free of sockets. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly body: Buffer;
  /** The client showed a certificate of this simulator's CA. */
  readonly certified: boolean;
}

/** What the client gets: bytes after a while, or a connection that breaks. */
export type Delivery =
  | {
      readonly kind: 'reply';
      readonly status: number;
      readonly body: string;
      readonly delayMs: number;
      /** The service's name for a refusal that the body does not name. */
      readonly code?: string;
    }
  | { readonly kind: 'broken' };

/** The simulated service without a network: calls in, deliveries out, all in one step. */
export interface Service {
  handle(call: Call): Delivery;
  /** The customers of orders that were placed. */
  readonly visitors: Visitors;
  /** For a trainer, while it runs. */
  readonly control: SimulatorControl;
  /** A call for a bill, which is answered by a file, and never signed; undefined when it is any other call. */
  bill(call: Call): BillReply | undefined;
  /** At most the first thousand. */
  violations(): readonly Violation[];
}

const VIOLATIONS_MAX = 1_000;
const NONCE_CHARACTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

type Endpoint = (fields: Fields, desk: Desk, now: number) => Reply;

const ENDPOINTS: ReadonlyMap<string, Endpoint> = new Map([
  ['/pay/micropay', micropay],
  ['/pay/orderquery', orderquery],
  ['/secapi/pay/reverse', reverse],
  ['/secapi/pay/refund', refund],
  ['/pay/refundquery', refundquery],
  ['/pay/unifiedorder', unifiedorder],
  ['/pay/closeorder', closeorder],
  ['/tools/authcodetoopenid', authcodetoopenid],
  ['/payitil/report', report],
]);

export function createService(ledger: Ledger, options: ServiceOptions): Service {
  const settings = settingsOf(options);
  const { merchant, delays, clock, random, earlyReverse, earlyClose, refundEnd, payouts } = settings;
  const now = () => clock.now();
  const violations: Violation[] = [];
  const switchboard = createFaultSwitchboard(settings.faults);
  const desk: Desk = {
    ledger,
    director: createDirector({ rules: settings.rules, switchboard }),
    delays,
    earlyReverse,
    earlyClose,
    refundEnd,
    payouts,
    vault: createBankVault(),
    hash: (text) => createHmac('sha256', merchant.apiKey.reveal()).update(text).digest('hex').slice(0, 32),
    note: (violation) => {
      if (violations.length < VIOLATIONS_MAX) violations.push(violation);
    },
  };

  const billDesk: BillDesk = {
    ...settings,
    now,
    orders: () => {
      ledger.settle(now());
      return ledger.orders();
    },
    payouts: () => {
      ledger.settle(clock.now());
      return ledger.payouts.payouts();
    },
  };

  const visitors = createVisitors(desk, now);

  return {
    bill: (call) => billReply(call, billDesk),
    handle({ method, path, body, certified }) {
      const side = SIDE_ENDPOINTS.get(path);
      const endpoint = side?.handle ?? ENDPOINTS.get(path);
      if (!endpoint) return page(404);
      if ((side?.certified ?? path.startsWith('/secapi/')) && !certified) {
        return sendBack(returned('CERT_ERROR', '证书验证失败：请使用商户API证书访问'));
      }
      const letter = openLetter(method, body, merchant, side?.names);
      if ('returnMsg' in letter) return sendBack(letter);
      const at = now();
      ledger.settle(at);
      const { fields, signType } = letter;
      const frame = {
        merchant,
        signType,
        nonce: newNonce(random),
        onBehalfOf: onBehalfOf(fields),
        ...side?.frame(merchant),
      };
      return deliver(endpoint(fields, desk, at), frame, delays);
    },
    visitors,
    control: createControl({
      ledger,
      switchboard,
      visitors,
      violations: () => violations,
      hash: desk.hash,
      now,
      random,
    }),
    violations: () => violations,
  };
}

function deliver(reply: Reply, frame: Frame, delays: Delays): Delivery {
  switch (reply.kind) {
    case 'lost':
      return { kind: 'broken' };
    case 'http':
      return page(reply.status);
    case 'return-fail':
      return sendBack(returned('SYSTEMERROR', reply.returnMsg));
    case 'unsigned':
      return { kind: 'reply', status: 200, body: unsignedXml(reply.fields), delayMs: 0 };
    case 'answer': {
      const { answer, deformed } = reply;
      const delayMs = deformed?.kind === 'slow' ? (deformed.delayMs ?? delays.slowMs) : 0;
      return { kind: 'reply', status: 200, body: answerXml(answer, frame, deformed?.kind), delayMs };
    }
  }
}

function sendBack({ code, returnMsg }: Returned): Delivery {
  return { kind: 'reply', status: 200, body: returnFailXml(returnMsg), delayMs: 0, code };
}

/** A web server's own page: HTML, not an answer. */
function page(status: number): Delivery {
  return { kind: 'reply', status, body: `<html><body><h1>${status}</h1></body></html>`, delayMs: 0 };
}

/** 32 letters and digits, as the service writes them. */
export function newNonce(random: () => number): string {
  let text = '';
  while (text.length < 32) text += NONCE_CHARACTERS[Math.floor(random() * NONCE_CHARACTERS.length)];
  return text;
}
