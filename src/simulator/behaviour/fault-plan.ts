import { seededRandom, seedOf } from '../../core/random.ts';
import type { Customer, Endpoint, Fault } from './behaviour.ts';
import { SIDE_FAULTS } from './side-faults.ts';

/**
 * Faults thrown by a seed. Each call draws from a sequence of its own, made from the seed, the order's number and how
 * many calls of its kind that order has had: so a run can be replayed, whatever order its calls arrive in.
 */
export interface FaultPlan {
  readonly seed: number;
  /** The share of calls that go wrong on the way, 0 to 1. */
  readonly rate: number;
  /** The share of payments whose customer does something else than pay at once, 0 to 1; 0 when left out. */
  readonly customers?: number;
}

const LOST = { kind: 'lost' } as const;
const SYSTEM_ERROR = { kind: 'error', errCode: 'SYSTEMERROR' } as const;
const BANK_ERROR = { kind: 'error', errCode: 'BANKERROR' } as const;
const BAD_GATEWAY = { kind: 'http', status: 502 } as const;

/** A call that changes nothing can only be answered badly. */
const OF_A_QUESTION: readonly Fault[] = [
  { work: 'skipped', reply: LOST },
  { work: 'skipped', reply: SYSTEM_ERROR },
  { work: 'skipped', reply: BAD_GATEWAY },
  { work: 'done', reply: { kind: 'garbled' } },
  { work: 'done', reply: { kind: 'bad-sign' } },
  { work: 'done', reply: { kind: 'wrong-amount' } },
  { work: 'done', reply: { kind: 'slow' } },
];

/** Placing an order and closing one: no amount stands in the answers. */
const OF_AN_ORDER: readonly Fault[] = [
  { work: 'done', reply: LOST },
  { work: 'skipped', reply: LOST },
  { work: 'done', reply: SYSTEM_ERROR },
  { work: 'skipped', reply: SYSTEM_ERROR },
  { work: 'done', reply: BAD_GATEWAY },
  { work: 'skipped', reply: BAD_GATEWAY },
  { work: 'done', reply: { kind: 'garbled' } },
  { work: 'done', reply: { kind: 'bad-sign' } },
  { work: 'done', reply: { kind: 'slow' } },
];

const FAULTS: Readonly<Record<Endpoint, readonly Fault[]>> = {
  micropay: [
    { work: 'done', reply: LOST },
    { work: 'skipped', reply: LOST },
    { work: 'done', reply: SYSTEM_ERROR },
    { work: 'skipped', reply: SYSTEM_ERROR },
    { work: 'done', reply: BANK_ERROR },
    { work: 'done', reply: BAD_GATEWAY },
    { work: 'skipped', reply: BAD_GATEWAY },
    { work: 'skipped', reply: { kind: 'return-fail', returnMsg: 'system error' } },
    { work: 'done', reply: { kind: 'error', errCode: 'NOTENOUGH' } },
    { work: 'done', reply: { kind: 'garbled' } },
    { work: 'done', reply: { kind: 'bad-sign' } },
    { work: 'done', reply: { kind: 'unsigned' } },
    { work: 'done', reply: { kind: 'wrong-amount' } },
    { work: 'done', reply: { kind: 'slow' } },
    { work: 'late' },
  ],
  orderquery: OF_A_QUESTION,
  reverse: [
    { work: 'done', reply: LOST },
    { work: 'skipped', reply: LOST },
    { work: 'done', reply: SYSTEM_ERROR },
    { work: 'skipped', reply: SYSTEM_ERROR },
    { work: 'skipped', reply: { kind: 'recall' } },
    { work: 'skipped', reply: BAD_GATEWAY },
    { work: 'done', reply: { kind: 'garbled' } },
    { work: 'done', reply: { kind: 'bad-sign' } },
    { work: 'done', reply: { kind: 'slow' } },
  ],
  refund: [
    { work: 'done', reply: LOST },
    { work: 'skipped', reply: LOST },
    { work: 'done', reply: SYSTEM_ERROR },
    { work: 'skipped', reply: SYSTEM_ERROR },
    { work: 'skipped', reply: { kind: 'error', errCode: 'BIZERR_NEED_RETRY' } },
    { work: 'skipped', reply: { kind: 'error', errCode: 'FREQUENCY_LIMITED' } },
    { work: 'done', reply: BAD_GATEWAY },
    { work: 'done', reply: { kind: 'garbled' } },
    { work: 'done', reply: { kind: 'bad-sign' } },
    { work: 'done', reply: { kind: 'wrong-amount' } },
    { work: 'done', reply: { kind: 'slow' } },
  ],
  refundquery: OF_A_QUESTION,
  ...SIDE_FAULTS,
  unifiedorder: OF_AN_ORDER,
  closeorder: OF_AN_ORDER,
  authcodetoopenid: OF_A_QUESTION,
};

const CUSTOMERS: readonly Customer[] = [
  { kind: 'pays-at-once', withCoupon: true },
  { kind: 'types-then-pays' },
  { kind: 'types-then-cancels' },
  { kind: 'walks-away' },
  { kind: 'pays-at-reversal' },
  { kind: 'bank-refuses' },
  { kind: 'refused', errCode: 'NOTENOUGH' },
  { kind: 'refused', errCode: 'AUTHCODEEXPIRE' },
  { kind: 'refused', errCode: 'TRADE_ERROR' },
];

/** @param nth how many calls of this kind the order has had, this one included */
export function plannedFault(plan: FaultPlan, endpoint: Endpoint, outTradeNo: string, nth: number): Fault | undefined {
  return draw(plan.seed, `${endpoint} ${outTradeNo} ${nth}`, plan.rate, FAULTS[endpoint]);
}

export function plannedCustomer(plan: FaultPlan, outTradeNo: string): Customer | undefined {
  return draw(plan.seed, `customer ${outTradeNo}`, plan.customers ?? 0, CUSTOMERS);
}

function draw<T>(seed: number, what: string, rate: number, choices: readonly T[]): T | undefined {
  const random = seededRandom(seedOf(`${seed} ${what}`));
  return random() < rate ? choices[Math.floor(random() * choices.length)] : undefined;
}
