import { describe, expect, it } from 'vitest';
import { fen } from '../../../src/core/money.ts';
import { seededRandom, seedOf } from '../../../src/core/random.ts';
import { openCounter } from '../support/counter.ts';

const PAYS = '1000000';
const COUPON = '1000010';
const TYPES = '1000020';
const ORDERS = 12;

/** Anything at any time: payments with and without coupons, refunds that fit and do not, reversals, and ends. */
function wildDay(seed: number) {
  const random = seededRandom(seedOf(`refunds ${seed}`));
  const upTo = (count: number) => Math.floor(random() * count);
  const refundEnd = (['SUCCESS', 'REFUNDCLOSE', 'CHANGE'] as const)[upTo(3)] ?? 'SUCCESS';
  const counter = openCounter({ refundEnd, delays: { refundMs: 90_000, refundGapMs: 0 } });
  for (let nth = 0; nth < ORDERS; nth++) {
    const prefix = [PAYS, COUPON, TYPES][upTo(3)] ?? PAYS;
    counter.pay(`T${nth}`, `${prefix}${String(nth).padStart(11, '0')}`);
  }
  for (let step = 0; step < 200; step++) {
    const outTradeNo = `T${upTo(ORDERS)}`;
    if (random() < 0.05) counter.reverse(outTradeNo);
    else counter.refund(outTradeNo, `R${upTo(120)}`, 1 + upTo(500));
    counter.pass(upTo(30_000));
    counter.query(outTradeNo);
  }
  return counter;
}

describe.each([1, 2, 3, 4, 5])('a wild day of refunds (seed %i)', (seed) => {
  it('balances to the fen: charged is kept, returned or refunded, and no order gives more than it got', () => {
    const { ledger } = wildDay(seed);
    const books = ledger.books();
    expect(books.netFen).toBe(books.chargedFen - books.returnedFen - books.refundedFen);
    const orders = ledger.orders();
    expect(orders.flatMap(({ refunds }) => refunds).length).toBeGreaterThan(20);
    const sum = (pick: (order: (typeof orders)[number]) => number) =>
      fen(orders.reduce((all, one) => all + pick(one), 0));
    expect(sum(({ refundedFen }) => refundedFen)).toBe(books.refundedFen);
    expect(sum(({ returnedFen }) => returnedFen)).toBe(books.returnedFen);
    for (const { chargedFen, returnedFen, refundedFen, couponFen, refunds } of orders) {
      expect(returnedFen + refundedFen).toBeLessThanOrEqual(chargedFen);
      const moved = refunds.filter(({ state }) => state === 'PROCESSING' || state === 'SUCCESS');
      expect(moved.reduce((all, { refundFen }) => all + refundFen, 0)).toBe(refundedFen);
      expect(moved.reduce((all, one) => all + one.couponFen, 0)).toBeLessThanOrEqual(couponFen);
    }
  });

  it('knows each refund number once', () => {
    const numbers = wildDay(seed)
      .ledger.orders()
      .flatMap(({ refunds }) => refunds.map(({ outRefundNo }) => outRefundNo));
    expect(new Set(numbers).size).toBe(numbers.length);
  });
});
