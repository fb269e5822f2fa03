import { type Fen, fen } from './money.ts';
import type { Refund } from './refund.ts';

/*
 * What may be asked for, and when: the shop's own rule that no more goes back than came in, and WeChat Pay's rules.
 */

/** WeChat Pay takes refunds for a year; the shortest year is the safe one. */
const REFUNDABLE_FOR_MS = 365 * 86_400_000;
const REFUNDS_MAX = 50;

export type RefundRefusal = 'NOT_PAID' | 'MORE_THAN_LEFT' | 'TOO_MANY' | 'TOO_LATE' | 'OTHER_GATEWAY';

/** Money of a sale that can be given back, and what of it has gone or may still go. */
export interface Refundable {
  readonly tender: 'wechat' | 'cash';
  readonly paidFen: Fen;
  readonly paidAt: number;
  /** By refunds that are done, and by those that are not definitely failed. */
  readonly heldFen: Fen;
  readonly refundCount: number;
}

/** Only what a person has ended is free again: everything else may still reach the customer. */
export function heldFen(refunds: readonly Pick<Refund, 'state' | 'refundFen'>[]): Fen {
  return fen(refunds.reduce((sum, { state, refundFen }) => sum + (state === 'givenUp' ? 0 : refundFen), 0));
}

export function leftToRefundFen({ paidFen, heldFen }: Refundable): Fen {
  return fen(Math.max(0, paidFen - heldFen));
}

/** Why so much cannot be given back; undefined when it can. */
export function refuseRefund(money: Refundable | undefined, amountFen: Fen, now: number): RefundRefusal | undefined {
  if (money === undefined) return 'NOT_PAID';
  if (amountFen > leftToRefundFen(money)) return 'MORE_THAN_LEFT';
  if (money.tender === 'cash') return undefined;
  if (money.refundCount >= REFUNDS_MAX) return 'TOO_MANY';
  return now - money.paidAt > REFUNDABLE_FOR_MS ? 'TOO_LATE' : undefined;
}

/**
 * The soonest that a refund may be asked for among the others of its order: older ones that were never asked go first,
 * and WeChat Pay wants a minute between two. Undefined: not before another has been asked for.
 */
export function mayAskFrom(refund: Refund, ofOrder: readonly Refund[], now: number): number | undefined {
  const others = ofOrder.filter(({ id }) => id !== refund.id);
  const isFirst = others.every((other) => !isBefore(other, refund) || other.state !== 'requested' || other.askedAt);
  if (!isFirst) return undefined;
  // What a clock that was wrong has dated into the future must not hold anybody up until then.
  const askedBefore = others.filter(({ askedAt = 0 }) => askedAt <= now);
  return Math.max(
    0,
    ...askedBefore.map(({ askedAt, timings }) => (askedAt === undefined ? 0 : askedAt + timings.gapMs)),
  );
}

function isBefore(one: Refund, other: Refund): boolean {
  return one.requestedAt < other.requestedAt || (one.requestedAt === other.requestedAt && one.id < other.id);
}
