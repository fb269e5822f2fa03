import type { BareReply, Fault } from './behaviour.ts';

/** The calls that are about no order: money that goes out, coupons, keys. */
export const SIDE_ENDPOINT_NAMES = [
  'sendredpack',
  'sendgroupredpack',
  'gethbinfo',
  'transfers',
  'gettransferinfo',
  'pay_bank',
  'query_bank',
  'getpublickey',
  'send_coupon',
  'query_coupon_stock',
  'querycouponsinfo',
  'getsignkey',
] as const;

export type SideEndpointName = (typeof SIDE_ENDPOINT_NAMES)[number];

const LOST: BareReply = { kind: 'lost' };
const SYSTEM_ERROR: BareReply = { kind: 'error', errCode: 'SYSTEMERROR' };
const BAD_GATEWAY: BareReply = { kind: 'http', status: 502 };

const OF_A_QUESTION: readonly Fault[] = [
  { work: 'skipped', reply: LOST },
  { work: 'skipped', reply: SYSTEM_ERROR },
  { work: 'skipped', reply: BAD_GATEWAY },
  { work: 'done', reply: { kind: 'garbled' } },
  { work: 'done', reply: { kind: 'bad-sign' } },
  { work: 'done', reply: { kind: 'slow' } },
];

const OF_A_PAYOUT: readonly Fault[] = [
  { work: 'done', reply: LOST },
  { work: 'skipped', reply: LOST },
  { work: 'done', reply: SYSTEM_ERROR },
  { work: 'skipped', reply: SYSTEM_ERROR },
  { work: 'done', reply: BAD_GATEWAY },
  { work: 'skipped', reply: { kind: 'return-fail', returnMsg: 'system error' } },
  { work: 'done', reply: { kind: 'garbled' } },
  { work: 'done', reply: { kind: 'bad-sign' } },
  { work: 'done', reply: { kind: 'slow' } },
];

/** What can go wrong by the seed. */
export const SIDE_FAULTS: Readonly<Record<SideEndpointName, readonly Fault[]>> = {
  sendredpack: OF_A_PAYOUT,
  sendgroupredpack: OF_A_PAYOUT,
  gethbinfo: OF_A_QUESTION,
  transfers: OF_A_PAYOUT,
  gettransferinfo: OF_A_QUESTION,
  pay_bank: OF_A_PAYOUT,
  query_bank: OF_A_QUESTION,
  getpublickey: OF_A_QUESTION,
  send_coupon: OF_A_PAYOUT,
  query_coupon_stock: OF_A_QUESTION,
  querycouponsinfo: OF_A_QUESTION,
  getsignkey: OF_A_QUESTION,
};
