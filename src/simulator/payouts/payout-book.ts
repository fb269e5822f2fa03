import { invariant } from '../../core/assert.ts';
import { type Fen, fen } from '../../core/money.ts';
import { beijingStamp } from '../../core/time.ts';
import type { PayoutEvent, PayoutFamily, PayoutOpening, SentCoupon } from './payout-events.ts';
import type { PayoutEnd } from './payout-settings.ts';

/** One payout as WeChat Pay would know it. Amounts in fen, times in epoch milliseconds. */
export interface SimPayout extends Readonly<PayoutOpening> {
  readonly state: 'PENDING' | PayoutEnd;
  readonly madeAt: number;
  readonly endedAt?: number;
}

/** What has gone out of the merchant's account and not come back. */
export interface PayoutTotals {
  readonly paidOutFen: Fen;
  readonly payoutFeesFen: Fen;
}

/** Whoever pays out may not be paid twice: one number, one payout, one coupon. */
export interface PayoutBook {
  find(family: PayoutFamily, number: string): SimPayout | undefined;
  /** How many red packets somebody was sent since then. */
  packetsTo(openid: string, since: number): number;
  /** Takes the money at once; the payout then ends as planned. */
  make(payout: PayoutOpening, at: number): SimPayout;
  nextNo(family: PayoutFamily, at: number): string;
  couponOf(number: string): SentCoupon | undefined;
  coupons(): Iterable<SentCoupon>;
  sendCoupon(coupon: Omit<SentCoupon, 'sentAt'>, at: number): SentCoupon;
  payouts(): readonly SimPayout[];
  totals(): PayoutTotals;
}

/** The book, and what only the ledger around it may do. */
export interface FoldedPayoutBook extends PayoutBook {
  fold(event: PayoutEvent): void;
  /** The payouts whose end has come by `now` and is not written down yet. */
  due(now: number): readonly PayoutEvent[];
}

const NO_PREFIX: Readonly<Record<PayoutFamily, string>> = {
  'red-packet': '1000041701',
  balance: '1000018301',
  bank: '10000200',
};

/** @param record writes an event down and folds it into this book */
export function createPayoutBook(record: (event: PayoutEvent) => void): FoldedPayoutBook {
  const payouts = new Map<string, SimPayout>();
  const coupons = new Map<string, SentCoupon>();
  const pending = new Set<string>();
  let totals: PayoutTotals = { paidOutFen: fen(0), payoutFeesFen: fen(0) };

  function fold(event: PayoutEvent): void {
    if (event.type === 'coupon-sent') {
      coupons.set(event.coupon.number, { ...event.coupon, sentAt: event.at });
      return;
    }
    const key = event.type === 'payout-made' ? keyOf(event.payout) : keyOf(event);
    const before = payouts.get(key);
    const after = event.type === 'payout-made' ? made(event.payout, event.at) : ended(before, event.at);
    payouts.set(key, after);
    if (after.state === 'PENDING') pending.add(key);
    else pending.delete(key);
    totals = {
      paidOutFen: fen(totals.paidOutFen + outOf(after).amountFen - outOf(before).amountFen),
      payoutFeesFen: fen(totals.payoutFeesFen + outOf(after).feeFen - outOf(before).feeFen),
    };
  }

  function due(now: number): PayoutEvent[] {
    const all = [...pending].flatMap((key) => payouts.get(key) ?? []);
    return all
      .filter(({ plan }) => plan.at <= now)
      .map(({ plan, family, number }) => ({ type: 'payout-ended', at: plan.at, family, number }));
  }

  const find = (family: PayoutFamily, number: string) => payouts.get(keyOf({ family, number }));

  return {
    fold,
    due,
    find,
    packetsTo(openid, since) {
      const isOne = ({ family, payee, madeAt }: SimPayout) =>
        family === 'red-packet' && payee === openid && madeAt >= since;
      return [...payouts.values()].filter(isOne).length;
    },
    make(payout, at) {
      record({ type: 'payout-made', at, payout });
      for (const event of due(at)) record(event);
      return known(find(payout.family, payout.number));
    },
    nextNo: (family, at) =>
      `${NO_PREFIX[family]}${beijingStamp(at).slice(0, 8)}${String(payouts.size + 1).padStart(10, '0')}`,
    couponOf: (number) => coupons.get(number),
    coupons: () => coupons.values(),
    sendCoupon(coupon, at) {
      record({ type: 'coupon-sent', at, coupon });
      return { ...coupon, sentAt: at };
    },
    payouts: () => [...payouts.values()],
    totals: () => totals,
  };
}

function keyOf({ family, number }: { readonly family: PayoutFamily; readonly number: string }): string {
  return `${family} ${number}`;
}

function made(payout: PayoutOpening, at: number): SimPayout {
  return { ...payout, state: 'PENDING', madeAt: at };
}

function ended(payout: SimPayout | undefined, at: number): SimPayout {
  const { plan } = known(payout);
  return { ...known(payout), state: plan.end, endedAt: at };
}

/** A payout that failed or came back costs nothing, not even its fee. */
function outOf(payout: SimPayout | undefined): { readonly amountFen: Fen; readonly feeFen: Fen } {
  const isOut = payout?.state === 'PENDING' || payout?.state === 'DONE';
  return isOut ? payout : { amountFen: fen(0), feeFen: fen(0) };
}

function known(payout: SimPayout | undefined): SimPayout {
  invariant(payout !== undefined, 'An event of a payout that was never made');
  return payout;
}
