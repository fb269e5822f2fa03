import { Secret } from '../../src/core/secret.ts';
import { DEFAULT_TIMEOUTS } from '../../src/main/gateway/wechat-v2/client.ts';
import { createLineGauge, type LineOutcome } from '../../src/main/gateway/wechat-v2/transport/line-gauge.ts';
import { judgeReply, notSent, unknown, type WireOutcome } from '../../src/main/gateway/wechat-v2/transport/outcome.ts';
import type { Transport, WireCall } from '../../src/main/gateway/wechat-v2/transport/transport.ts';
import type { Fields } from '../../src/main/gateway/wechat-v2/wire/sign.ts';
import { parseXml } from '../../src/main/gateway/wechat-v2/wire/xml.ts';
import { answerXml } from '../../src/simulator/answer.ts';
import { SAMPLE_MERCHANT } from '../../src/simulator/options.ts';
import type { Delivery, Service } from '../../src/simulator/service.ts';
import type { Chance } from './chance.ts';
import { type Life, never } from './life.ts';
import type { VirtualTime } from './virtual-time.ts';
import type { Sky } from './weather.ts';

export interface LineOptions {
  readonly service: Service;
  readonly time: VirtualTime;
  readonly chance: Chance;
  readonly sky: Sky;
  /** The process at this end. */
  readonly life: Life;
  /** The state of the line has changed, as far as this end knows. */
  readonly onLine: () => void;
  /** The words are made only for whoever wants them. */
  readonly onWire: (about: string, words: () => string) => void;
}

type LineFault = (typeof LINE_FAULTS)[number];

const LINE_FAULTS = [
  'not-sent',
  'request-lost',
  'reply-lost',
  'delayed',
  'garbled',
  'bit-flipped',
  'duplicated',
  'forged',
] as const;

/** Whom a call is about: a refund's number begins with its order's. */
const ABOUT = /<(?:out_trade_no|out_refund_no|transaction_id)>([^<]*)/;

/** How long a delayed reply takes: longer than some time-outs and shorter than others. */
const DELAY_MS = { from: 1_000, to: 30_000 };
const DUPLICATE_WITHIN_MS = 500;

/** The network between one process and the gateway: bytes in, bytes out, in virtual time, and everything that befalls them. */
export function createLine({ service, time, chance, sky, life, onLine, onWire }: LineOptions): Transport {
  const gauge = createLineGauge();

  function note(outcome: LineOutcome): void {
    const before = gauge.state();
    gauge.note(outcome);
    if (gauge.state() !== before) onLine();
  }

  /** A TLS handshake with nothing in it. Into a black hole, it takes as long as the time-out for connecting. */
  async function shakeHands(): Promise<boolean> {
    const outage = sky.outage;
    await time.sleep(outage === 'silent' ? DEFAULT_TIMEOUTS.connectMs : chance.between(1, 50));
    if (!life.isAlive()) return never();
    note(outage === 'none' ? 'connected' : 'not-sent');
    return outage === 'none';
  }

  function arrive({ path, body, certified }: WireCall): Delivery {
    return service.handle({ method: 'POST', path, body: Buffer.from(body, 'utf8'), certified });
  }

  function drawFault(): LineFault | undefined {
    return !sky.healed && chance.happens(sky.weather.line) ? chance.pick(LINE_FAULTS) : undefined;
  }

  async function carry(call: WireCall, tell: (words: () => string) => void): Promise<WireOutcome> {
    if (sky.outage === 'refused') {
      await time.sleep(chance.between(1, 50));
      return notSent('ECONNREFUSED');
    }
    const fault = drawFault();
    if (fault) tell(() => `(the line: ${fault})`);
    if (fault === 'not-sent') {
      await time.sleep(chance.between(1, 3_000));
      return notSent('ETIMEDOUT');
    }
    if (sky.outage === 'silent' || fault === 'request-lost') {
      await time.sleep(call.timeoutMs);
      return unknown('no-reply', 'UND_ERR_HEADERS_TIMEOUT');
    }
    if (fault === 'forged') {
      await time.sleep(chance.between(10, 80));
      return judgeReply(200, Buffer.from(forgery(parseXml(call.body), chance.happens(0.5))));
    }

    const upMs = chance.between(10, 80);
    await time.sleep(upMs);
    const delivery = arrive(call);
    tell(() => `→ arrives; ${wordsOf(delivery)}`);
    if (fault === 'duplicated') time.after(chance.between(1, DUPLICATE_WITHIN_MS), () => void arrive(call));
    life.mayDie('after a call arrived');

    const leftMs = call.timeoutMs - upMs;
    if (delivery.kind === 'broken' || fault === 'reply-lost') {
      await time.sleep(Math.min(leftMs, chance.between(10, 2_000)));
      return unknown('no-reply', 'UND_ERR_SOCKET');
    }
    const extraMs = fault === 'delayed' ? chance.between(DELAY_MS.from, DELAY_MS.to) : chance.between(10, 80);
    const downMs = delivery.delayMs + extraMs;
    await time.sleep(Math.min(leftMs, downMs));
    if (downMs >= leftMs) return unknown('no-reply', 'UND_ERR_HEADERS_TIMEOUT');
    return judgeReply(delivery.status, damaged(Buffer.from(delivery.body, 'utf8'), fault, chance));
  }

  return {
    async send(call) {
      const about = ABOUT.exec(call.body)?.[1] ?? '';
      life.mayDie('before a call');
      if (!life.isAlive()) return never();
      onWire(about, () => `${call.call} leaves`);
      const outcome = await carry(call, (words) => onWire(about, () => `${call.call} ${words()}`));
      life.mayDie('as a call ends');
      if (!life.isAlive()) return never();
      note(outcome.outcome);
      const detail = 'detail' in outcome ? ` ${outcome.detail}` : '';
      onWire(about, () => `${call.call} ends: ${outcome.outcome}${detail}`);
      return outcome;
    },
    stream: () => Promise.resolve(notSent('NO_STREAM')),
    warmUp: () => (sky.outage === 'none' ? Promise.resolve(true) : shakeHands()),
    async probe() {
      await shakeHands();
    },
    line: gauge.state,
    hosts: () => [{ name: 'simulated', state: gauge.state(), unreachable: gauge.isUnreachable() }],
    close: () => Promise.resolve(),
  };
}

/** Somebody in between says "paid" of a request that never arrived. Whoever believes it gives goods away. */
function forgery({ out_trade_no = '', total_fee = '' }: Fields, signed: boolean): string {
  const { appId, mchId } = SAMPLE_MERCHANT;
  const merchant = { appId, mchId, apiKey: new Secret('f'.repeat(32)) };
  const money = { total_fee, cash_fee: total_fee, fee_type: 'CNY', bank_type: 'OTHERS', time_end: '20260102100511' };
  const fields = { out_trade_no, transaction_id: '4200000000000000000000000666', trade_state: 'SUCCESS', ...money };
  const frame = { merchant, signType: 'HMAC-SHA256', nonce: 'forged', onBehalfOf: {} } as const;
  return answerXml({ result: 'SUCCESS', fields }, frame, signed ? undefined : 'unsigned');
}

function damaged(body: Buffer, fault: LineFault | undefined, chance: Chance): Buffer {
  if (fault === 'garbled') return body.subarray(0, chance.between(0, body.length));
  if (fault !== 'bit-flipped') return body;
  const at = chance.between(0, body.length - 1);
  body[at] = (body[at] ?? 0) ^ (1 << chance.between(0, 7));
  return body;
}

function wordsOf(delivery: Delivery): string {
  if (delivery.kind === 'broken') return 'the gateway breaks the connection';
  const said = ['return_code', 'result_code', 'err_code', 'trade_state', 'recall']
    .flatMap((name) => new RegExp(`<${name}>(?:<!\\[CDATA\\[)?(\\w+)`).exec(delivery.body)?.[1] ?? [])
    .join(' ');
  return `the gateway says ${delivery.status} ${said}${delivery.delayMs > 0 ? ` after ${delivery.delayMs} ms` : ''}`;
}
