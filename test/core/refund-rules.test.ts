import { describe, expect, it } from 'vitest';
import { fen } from '../../src/core/money.ts';
import { DEFAULT_REFUND_TIMINGS, type Refund, requestRefund } from '../../src/core/refund.ts';
import { heldFen, leftToRefundFen, mayAskFrom, type Refundable, refuseRefund } from '../../src/core/refund-rules.ts';

const T0 = 1_000_000;
const DAY_MS = 86_400_000;
const { gapMs } = DEFAULT_REFUND_TIMINGS;

const money = (more: Partial<Refundable> = {}): Refundable => ({
  tender: 'wechat',
  paidFen: fen(1_000),
  paidAt: T0,
  heldFen: fen(0),
  refundCount: 0,
  ...more,
});

describe('what may be given back', () => {
  it.each([
    ['all of it', money(), 1_000, undefined],
    ['a part', money(), 1, undefined],
    ['more than was paid', money(), 1_001, 'MORE_THAN_LEFT'],
    ['what is left', money({ heldFen: fen(400), refundCount: 1 }), 600, undefined],
    ['more than is left', money({ heldFen: fen(400), refundCount: 1 }), 601, 'MORE_THAN_LEFT'],
    ['the 50th time', money({ refundCount: 49 }), 1, undefined],
    ['the 51st time', money({ refundCount: 50 }), 1, 'TOO_MANY'],
    ['cash the 51st time', money({ refundCount: 50, tender: 'cash' }), 1, undefined],
    ['what never came in', undefined, 1, 'NOT_PAID'],
  ] as const)('%s', (_, of, amount, refusal) => {
    expect(refuseRefund(of, fen(amount), T0 + DAY_MS)).toBe(refusal);
  });

  it('goes through WeChat Pay within a year, and as cash at any time', () => {
    expect(refuseRefund(money(), fen(1), T0 + 365 * DAY_MS)).toBeUndefined();
    expect(refuseRefund(money(), fen(1), T0 + 365 * DAY_MS + 1)).toBe('TOO_LATE');
    expect(refuseRefund(money({ tender: 'cash' }), fen(1), T0 + 800 * DAY_MS)).toBeUndefined();
  });

  it('is what no refund holds that may still arrive', () => {
    const held = heldFen([
      { state: 'refunded', refundFen: fen(100) },
      { state: 'requested', refundFen: fen(20) },
      { state: 'attention', refundFen: fen(3) },
      { state: 'givenUp', refundFen: fen(500) },
    ]);
    expect(held).toBe(123);
    expect(leftToRefundFen(money({ heldFen: held }))).toBe(877);
  });
});

describe('two refunds of one order', () => {
  const refund = (id: string, requestedAt: number, askedAt?: number): Refund => ({
    ...requestRefund({
      ...{ id, saleId: 's', paymentId: 'p', outTradeNo: 'o', outRefundNo: `o-${id}`, totalFen: fen(10) },
      ...{ refundFen: fen(1), gateway: 'simulator', takesBack: false, decision: { manager: 'm', why: 'w' } },
      ...{ requestedAt, timings: DEFAULT_REFUND_TIMINGS },
    }),
    ...(askedAt === undefined ? {} : { askedAt }),
  });

  it('are asked for one after the other, a minute apart', () => {
    const [first, second] = [refund('a', T0), refund('b', T0 + 1)];
    expect(mayAskFrom(first, [first, second], T0)).toBe(0);
    expect(mayAskFrom(second, [first, second], T0)).toBeUndefined();
    const asked = refund('a', T0, T0 + 5_000);
    expect(mayAskFrom(second, [asked, second], T0 + 6_000)).toBe(T0 + 5_000 + gapMs);
    // A clock that was a year ahead, and has been set right.
    expect(mayAskFrom(second, [refund('a', T0, T0 + 365 * DAY_MS), second], T0 + 6_000)).toBe(0);
  });
});
