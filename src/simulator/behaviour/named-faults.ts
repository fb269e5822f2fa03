import type { Endpoint, Fault } from './behaviour.ts';
import type { Bilingual } from './scenarios.ts';

/** A fault that can be asked for by name, as a trainer does. */
export interface NamedFault {
  readonly id: string;
  readonly title: Bilingual;
  readonly fault: Fault;
  /** The only call it makes sense for; any when left out. */
  readonly only?: Endpoint;
}

const LOST = { kind: 'lost' } as const;
const SYSTEM_ERROR = { kind: 'error', errCode: 'SYSTEMERROR' } as const;

/** What befalls tills most, in the order a trainer would want it. */
export const NAMED_FAULTS: readonly NamedFault[] = [
  {
    id: 'reply-lost',
    title: { zh: '已处理，应答丢失', en: 'Done, the reply is lost' },
    fault: { work: 'done', reply: LOST },
  },
  {
    id: 'request-lost',
    title: { zh: '请求丢失，什么都没发生', en: 'The request is lost, nothing happens' },
    fault: { work: 'skipped', reply: LOST },
  },
  {
    id: 'slow',
    title: { zh: '已处理，应答很慢', en: 'Done, the reply is slow' },
    fault: { work: 'done', reply: { kind: 'slow' } },
  },
  {
    id: 'system-error-done',
    title: { zh: 'SYSTEMERROR，其实已处理', en: 'SYSTEMERROR, yet it was done' },
    fault: { work: 'done', reply: SYSTEM_ERROR },
  },
  {
    id: 'system-error',
    title: { zh: 'SYSTEMERROR，什么都没发生', en: 'SYSTEMERROR, nothing happens' },
    fault: { work: 'skipped', reply: SYSTEM_ERROR },
  },
  {
    id: 'bad-gateway-done',
    title: { zh: 'HTTP 502，其实已处理', en: 'HTTP 502, yet it was done' },
    fault: { work: 'done', reply: { kind: 'http', status: 502 } },
  },
  {
    id: 'bad-gateway',
    title: { zh: 'HTTP 502，什么都没发生', en: 'HTTP 502, nothing happens' },
    fault: { work: 'skipped', reply: { kind: 'http', status: 502 } },
  },
  {
    id: 'return-fail',
    title: { zh: 'return_code=FAIL，什么都没发生', en: 'return_code=FAIL, nothing happens' },
    fault: { work: 'skipped', reply: { kind: 'return-fail', returnMsg: 'system error' } },
  },
  {
    id: 'garbled',
    title: { zh: '已处理，应答只到一半', en: 'Done, half the reply arrives' },
    fault: { work: 'done', reply: { kind: 'garbled' } },
  },
  {
    id: 'bad-sign',
    title: { zh: '已处理，应答签名不对', en: 'Done, the reply is signed wrongly' },
    fault: { work: 'done', reply: { kind: 'bad-sign' } },
  },
  {
    id: 'unsigned',
    title: { zh: '已处理，应答没有签名', en: 'Done, the reply is not signed' },
    fault: { work: 'done', reply: { kind: 'unsigned' } },
  },
  {
    id: 'wrong-amount',
    title: { zh: '已处理，应答多了一分钱', en: 'Done, the reply says one fen more' },
    fault: { work: 'done', reply: { kind: 'wrong-amount' } },
  },
  {
    id: 'recall',
    title: { zh: '要求再撤销一次', en: 'Asks for the reversal again' },
    fault: { work: 'skipped', reply: { kind: 'recall' } },
    only: 'reverse',
  },
  {
    id: 'late',
    title: { zh: '请求迟到，之后仍会扣款', en: 'The request arrives late, and still charges' },
    fault: { work: 'late' },
    only: 'micropay',
  },
];

export function faultById(id: string): NamedFault | undefined {
  return NAMED_FAULTS.find((fault) => fault.id === id);
}
