import { type Fields, isSignedBy, type SignType, sign } from '../../../src/main/gateway/wechat-v2/wire/sign.ts';
import { buildXml, parseXml } from '../../../src/main/gateway/wechat-v2/wire/xml.ts';
import { type EventStore, memoryStore } from '../../../src/simulator/ledger/event-file.ts';
import { createLedger, type Ledger } from '../../../src/simulator/ledger/ledger.ts';
import { SAMPLE_MERCHANT, type ServiceOptions } from '../../../src/simulator/options.ts';
import { createService, type Delivery, type Service } from '../../../src/simulator/service.ts';

/** 2026-01-02 10:00:00 in Beijing. */
export const MORNING = Date.UTC(2026, 0, 2, 2);

const { appId, mchId, apiKey } = SAMPLE_MERCHANT;

/** The service across a counter instead of a wire, at a time that only the test moves. */
export interface Counter {
  readonly service: Service;
  readonly ledger: Ledger;
  now(): number;
  pass(ms: number): void;
  /** Signs and hands over; the fields of the answer, or undefined when there was none that could be read. */
  ask(path: string, fields: Fields): Fields | undefined;
  /** The same, with all that came back. */
  hand(path: string, fields: Fields): Delivery;
  pay(outTradeNo: string, code: string, more?: Fields): Fields | undefined;
  query(outTradeNo: string): Fields | undefined;
  reverse(outTradeNo: string): Fields | undefined;
  /** Asks for `refundFen` of an order of PAY_FIELDS' amount. */
  refund(outTradeNo: string, outRefundNo: string, refundFen: number, more?: Fields): Fields | undefined;
  refundquery(which: Fields): Fields | undefined;
}

export interface CounterOptions extends ServiceOptions {
  readonly store?: EventStore;
  readonly signType?: SignType;
  readonly startAt?: number;
}

export function openCounter(options: CounterOptions = {}): Counter {
  const { store = memoryStore(), signType = 'HMAC-SHA256', startAt = MORNING } = options;
  let now = startAt;
  const clock = { now: () => now, sleep: () => Promise.resolve() };
  const ledger = createLedger(store);
  const service = createService(ledger, { ...options, clock });

  function hand(path: string, fields: Fields): Delivery {
    const whole = { appid: appId, mch_id: mchId, nonce_str: 'n0nce', sign_type: signType, ...fields };
    const body = Buffer.from(buildXml({ ...whole, sign: sign(whole, apiKey, signType) }));
    return service.handle({ method: 'POST', path, body, certified: true });
  }

  const ask = (path: string, fields: Fields) => readDelivery(hand(path, fields));
  return {
    service,
    ledger,
    now: () => now,
    pass: (ms) => {
      now += ms;
    },
    ask,
    hand,
    pay: (outTradeNo, code, more = {}) =>
      ask('/pay/micropay', { ...PAY_FIELDS, out_trade_no: outTradeNo, auth_code: code, ...more }),
    query: (outTradeNo) => ask('/pay/orderquery', { out_trade_no: outTradeNo }),
    reverse: (outTradeNo) => ask('/secapi/pay/reverse', { out_trade_no: outTradeNo }),
    refund: (out_trade_no, out_refund_no, refundFen, more = {}) => {
      const amounts = { total_fee: PAY_FIELDS.total_fee ?? '', refund_fee: String(refundFen) };
      return ask('/secapi/pay/refund', { out_trade_no, out_refund_no, ...amounts, ...more });
    },
    refundquery: (which) => ask('/pay/refundquery', which),
  };
}

export const PAY_FIELDS: Fields = { body: '便利店-零食', total_fee: '888', spbill_create_ip: '127.0.0.1' };

export function readDelivery(delivery: Delivery): Fields | undefined {
  if (delivery.kind === 'broken' || delivery.status !== 200) return undefined;
  try {
    return parseXml(delivery.body);
  } catch {
    return undefined;
  }
}

export function isSigned(fields: Fields, signType: SignType = 'HMAC-SHA256'): boolean {
  return isSignedBy(fields, apiKey, signType);
}

/** A code like a customer's phone shows it: none of the scenarios', and never the same twice. */
export function someCode(): string {
  codesShown += 1;
  return `13${String(codesShown).padStart(16, '0')}`;
}

let codesShown = 0;
