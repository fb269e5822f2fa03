import { Readable } from 'node:stream';
import { invariant } from '../../../src/core/assert.ts';
import { billDayOf } from '../../../src/core/bill-day.ts';
import { fen } from '../../../src/core/money.ts';
import { seededRandom } from '../../../src/core/random.ts';
import { Secret } from '../../../src/core/secret.ts';
import { createWechatV2Gateway, type WechatV2Gateway } from '../../../src/main/gateway/wechat-v2/client.ts';
import type { Transport, WireCall } from '../../../src/main/gateway/wechat-v2/transport/transport.ts';
import type { Fields } from '../../../src/main/gateway/wechat-v2/wire/sign.ts';
import { freshCode } from '../../../src/simulator/behaviour/codes.ts';
import { scenarioById } from '../../../src/simulator/behaviour/scenarios.ts';
import { memoryStore } from '../../../src/simulator/ledger/event-file.ts';
import { createLedger } from '../../../src/simulator/ledger/ledger.ts';
import { SAMPLE_MERCHANT } from '../../../src/simulator/options.ts';
import { createService, type Service } from '../../../src/simulator/service.ts';

export const { appId, mchId, apiKey } = SAMPLE_MERCHANT;

/** What a call answers, as far as all of them are alike. */
export interface Answer {
  readonly verdict: string;
}

/** One call, and what its answer may say of a reply that nobody can vouch for. */
export interface Question {
  readonly name: string;
  readonly ask: (gateway: WechatV2Gateway) => Promise<Answer>;
  /** Undefined where the API sends replies without a signature: then only the line vouches for them. */
  readonly unproved?: readonly string[];
  /** A verdict that speaks of money, and what a reply must have said for it. */
  readonly proof?: { readonly verdict: string; readonly fields: Fields };
}

/** A question with the genuine request and reply that it led to. */
export interface Exchange extends Question {
  readonly path: string;
  readonly certified: boolean;
  readonly request: Buffer;
  readonly reply: Buffer;
}

const ORDER = {
  outTradeNo: 'T0000001',
  amountFen: fen(888),
  body: '便利店-零食 & 水',
  deviceInfo: '01',
  attach: 'till=1',
};
const OTHER = { ...ORDER, outTradeNo: 'T0000002' };
const PLACED = { ...ORDER, outTradeNo: 'T0000003', tradeType: 'NATIVE', notifyUrl: 'https://example.com/n' } as const;
const REFUND = { order: ORDER, outRefundNo: 'R0000001', totalFen: fen(888), refundFen: fen(300) };
const OPENID = 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o';
const PACKET = {
  billNo: '10000100202601020000000001',
  openid: OPENID,
  amountFen: fen(600),
  sender: '扫码便利店',
  wishing: '恭喜 & <发财>',
  activity: '开业',
  remark: '谢谢',
};
const BALANCE = { payoutNo: '100001002026010200000001', openid: OPENID, amountFen: fen(500), desc: '退押金' };
const BANK = {
  payoutNo: '100001002026010200000002',
  cardNumber: new Secret('6222020200112233445'),
  holder: new Secret('王小王'),
  bankCode: '1002',
  amountFen: fen(20_000),
};
const COUPON = { stockId: '1757', sendingNo: '1000010020260102000001', openid: OPENID };
const OF_US = { appid: appId, mch_id: mchId };
const OF_ORDER = { ...OF_US, out_trade_no: ORDER.outTradeNo, total_fee: '888' };
const UNKNOWN = ['UNKNOWN'] as const;

/** In an order in which each finds what it asks for. */
function questions(random: () => number): Question[] {
  const tooPoor = scenarioById('not-enough');
  invariant(tooPoor !== undefined, 'There is no customer whose money is not enough');
  const code = (digits: string) => new Secret(`13${digits.padStart(16, '0')}`);
  const paid = { verdict: 'PAID', fields: OF_ORDER };
  return [
    { name: 'pay', ask: (to) => to.pay(ORDER, code('1')), unproved: UNKNOWN, proof: paid },
    {
      name: 'pay, declined',
      ask: (to) => to.pay(OTHER, new Secret(freshCode(tooPoor, random))),
      unproved: UNKNOWN,
      proof: { verdict: 'PAID', fields: { ...OF_ORDER, out_trade_no: OTHER.outTradeNo } },
    },
    { name: 'query', ask: (to) => to.query(ORDER), unproved: UNKNOWN, proof: paid },
    { name: 'query, not found', ask: (to) => to.query({ ...ORDER, outTradeNo: 'T9' }), unproved: UNKNOWN },
    { name: 'reverse', ask: (to) => to.reverse(OTHER), unproved: ['AGAIN'] },
    { name: 'lookUp', ask: (to) => to.lookUp(ORDER), unproved: UNKNOWN },
    {
      name: 'refund',
      ask: (to) => to.refund(REFUND),
      unproved: UNKNOWN,
      proof: { verdict: 'ACCEPTED', fields: { ...OF_ORDER, out_refund_no: 'R0000001', refund_fee: '300' } },
    },
    { name: 'refundQuery', ask: (to) => to.refundQuery({ outRefundNo: 'R0000001' }), unproved: UNKNOWN },
    { name: 'refundQuery, all', ask: (to) => to.refundQuery({ order: ORDER, offset: 0 }), unproved: UNKNOWN },
    {
      name: 'placeOrder',
      ask: (to) => to.placeOrder(PLACED),
      unproved: UNKNOWN,
      proof: { verdict: 'PLACED', fields: { ...OF_US, trade_type: 'NATIVE' } },
    },
    { name: 'closeOrder', ask: (to) => to.closeOrder(PLACED), unproved: ['AGAIN'] },
    { name: 'openid', ask: (to) => to.openidOf(code('3')), unproved: UNKNOWN },
    {
      name: 'report',
      ask: (to) => to.report([{ outTradeNo: ORDER.outTradeNo, begunAt: NOW, endedAt: NOW + 900, end: 'paid' }]),
    },
    { name: 'sandboxKey', ask: (to) => to.sandboxKey() },
    {
      name: 'redPacket',
      ask: (to) => to.payouts.sendRedPacket(PACKET),
      proof: {
        verdict: 'ACCEPTED',
        fields: { wxappid: appId, mch_id: mchId, mch_billno: PACKET.billNo, total_amount: '600' },
      },
    },
    { name: 'groupRedPacket', ask: (to) => to.payouts.sendGroupRedPacket({ ...PACKET, billNo: GROUP_NO, people: 3 }) },
    { name: 'redPacketQuery', ask: (to) => to.payouts.redPacketQuery(PACKET) },
    { name: 'redPacketQuery, group', ask: (to) => to.payouts.redPacketQuery({ ...PACKET, billNo: GROUP_NO }) },
    {
      name: 'payToBalance',
      ask: (to) => to.payouts.payToBalance(BALANCE),
      proof: { verdict: 'ACCEPTED', fields: { mchid: mchId, partner_trade_no: BALANCE.payoutNo } },
    },
    { name: 'balancePayoutQuery', ask: (to) => to.payouts.balancePayoutQuery(BALANCE) },
    { name: 'bankKey', ask: (to) => to.payouts.bankKey() },
    { name: 'bankPayoutQuery', ask: (to) => to.payouts.bankPayoutQuery(BANK) },
    {
      name: 'sendCoupon',
      ask: (to) => to.coupons.sendCoupon(COUPON),
      unproved: UNKNOWN,
      proof: { verdict: 'SENT', fields: { ...OF_US, coupon_stock_id: COUPON.stockId, openid: OPENID } },
    },
    { name: 'couponStock', ask: (to) => to.coupons.couponStock(COUPON.stockId), unproved: UNKNOWN },
    { name: 'couponQuery', ask: (to) => to.coupons.couponQuery({ ...COUPON, couponId: '6954' }), unproved: UNKNOWN },
    { name: 'downloadBill, none', ask: (to) => to.downloadBill({ day: TODAY }) },
    { name: 'downloadFundFlow, none', ask: (to) => to.downloadFundFlow({ day: TODAY, account: 'Fees' }) },
  ];
}

/** 2026-01-02 10:00:00 in Beijing. */
const NOW = Date.UTC(2026, 0, 2, 2);
const TODAY = billDayOf(NOW);
const STOPPED = { now: () => NOW, monotonicMs: () => NOW, sleep: () => Promise.resolve() };
const GROUP_NO = '10000100202601020000000002';

/** A client whose replies come from wherever `reply` says. */
export interface Wired {
  readonly gateway: WechatV2Gateway;
  /** What the next calls get, whatever they ask. */
  reply: Buffer;
}

export function openClient(seed: number): Wired {
  const wired = { reply: Buffer.alloc(0) };
  const carry: Carrier = () => wired.reply;
  return Object.assign(wired, { gateway: clientOver(carry, seed) });
}

/** A simulated service, and every kind of exchange that our client has with it. */
export async function recordExchanges(seed: number): Promise<{ service: Service; exchanges: Exchange[] }> {
  const { service } = openService(seed);
  let call: Asked | undefined;
  let reply: Buffer = Buffer.alloc(0);
  const gateway = clientOver((asked) => {
    call = asked;
    reply = serve(service, asked);
    return reply;
  }, seed);
  const exchanges: Exchange[] = [];
  for (const question of questions(seededRandom(seed))) {
    await question.ask(gateway);
    if (!call) throw new Error(`${question.name} asked nothing`);
    const { path, certified, body } = call;
    exchanges.push({ ...question, path, certified, request: Buffer.from(body), reply });
  }
  return { service, exchanges };
}

export function openService(seed: number) {
  const ledger = createLedger(memoryStore());
  return { ledger, service: createService(ledger, { clock: STOPPED, random: seededRandom(seed) }) };
}

/** A body handed to the service; what it answers, or nothing when the line broke. */
export function serve(service: Service, { path, body, certified }: Asked): Buffer {
  const call = { method: 'POST', path, body: Buffer.from(body), certified };
  const bill = service.bill(call);
  if (bill) return bill.bytes;
  const delivery = service.handle(call);
  return Buffer.from(delivery.kind === 'reply' ? delivery.body : '');
}

interface Asked extends Pick<WireCall, 'path' | 'certified'> {
  readonly body: string | Buffer;
}

type Carrier = (asked: Asked) => Buffer;

function clientOver(carry: Carrier, seed: number): WechatV2Gateway {
  const random = seededRandom(seed);
  const transport: Transport = {
    send: async (call) => ({ outcome: 'reply', body: carry(call) }),
    stream: async (call) => ({ outcome: 'stream', headers: {}, body: Readable.from([carry(call)]) }),
    warmUp: async () => true,
    probe: async () => undefined,
    line: () => 'online',
    hosts: () => [],
    close: async () => undefined,
  };
  return createWechatV2Gateway({
    appId,
    mchId,
    apiKey,
    transport,
    random: (size) => Uint8Array.from({ length: size }, () => Math.floor(random() * 256)),
    clock: STOPPED,
  });
}
