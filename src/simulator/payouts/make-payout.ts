import { type Fen, fen } from '../../core/money.ts';
import type { Fields } from '../../main/gateway/wechat-v2/wire/sign.ts';
import { type Answer, fail } from '../answer.ts';
import type { SideEndpointName } from '../behaviour/side-faults.ts';
import { type Desk, type Reply, underFault } from '../desk.ts';
import type { SimPayout } from './payout-book.ts';
import type { PayoutFamily, PayoutOpening } from './payout-events.ts';
import { amountOf } from './payout-fields.ts';

/** Fields that may differ between two sendings of the same call; ciphers are never the same twice. */
const NOT_OF_THE_PAYOUT = new Set([
  'nonce_str',
  'sign',
  'sign_type',
  'client_ip',
  'spbill_create_ip',
  'enc_bank_no',
  'enc_true_name',
]);

export interface PayoutWish {
  readonly family: PayoutFamily;
  readonly number: string;
  readonly amountFen: Fen;
  readonly feeFen: Fen;
  readonly payee: string;
  readonly people: number;
  readonly texts: Readonly<Record<string, string>>;
  /** When its end comes, if it ends well or badly. */
  readonly plan: PayoutOpening['plan'];
}

/** Runs a side call as the fault lets it. */
export function answerAside(
  endpoint: SideEndpointName,
  number: string,
  fields: Fields,
  desk: Desk,
  work: () => Answer,
): Reply {
  const fault = desk.director.aside(endpoint, number, amountOf(fields));
  return underFault(fault, { now: work, error: (errCode) => fail(errCode) });
}

/**
 * Pays out, once: the same call again is answered the same, and the same number for anything else is FATAL_ERROR. The
 * money comes out of the one account that sales go into.
 */
export function makePayout(wish: PayoutWish, fields: Fields, desk: Desk, now: number): SimPayout | Answer {
  const requestHash = desk.hash(JSON.stringify([wish.payee, ...ofThePayout(fields)]));
  const { payouts, books } = desk.ledger;
  const before = payouts.find(wish.family, wish.number);
  if (before) return before.requestHash === requestHash ? before : fail('FATAL_ERROR', '两次请求参数不一致');
  const leftFen = desk.payouts.floatFen + books().netFen;
  if (wish.amountFen + wish.feeFen > leftFen) return fail('NOTENOUGH', '余额不足');
  return payouts.make({ ...wish, gatewayNo: payouts.nextNo(wish.family, now), requestHash }, now);
}

export function feeOf(amountFen: Fen): Fen {
  return fen(Math.min(FEE_MAX_FEN, Math.max(FEE_MIN_FEN, Math.round(amountFen / 1000))));
}

const FEE_MIN_FEN = 100;
const FEE_MAX_FEN = 2_500;

function ofThePayout(fields: Fields): [name: string, value: string][] {
  return Object.entries(fields)
    .filter(([name, value]) => !NOT_OF_THE_PAYOUT.has(name) && value !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1));
}
