import { describe, expect, it } from 'vitest';
import { fen } from '../../src/core/money.ts';
import { seededRandom } from '../../src/core/random.ts';
import { DEFAULT_STATIC_LIMITS, refuseStatic, staticRoomFen } from '../../src/core/static-limits.ts';
import { acceptStatic, type StaticEvent, type StaticPayment, staticAfter } from '../../src/core/static-payment.ts';

const AT = Date.UTC(2026, 0, 2, 2, 5, 11);
const ID = '4200000000202601020000000007';
const IDENTITY = {
  id: 'static-1',
  saleId: 'sale-1',
  amountFen: fen(1_230),
  gateway: 'simulator',
  approval: { manager: '王店长', why: '手机显示付给本店' },
  acceptedAt: AT,
};
const decision = { manager: '李店长', why: '账单里没有' };
const unanswered = { code: 'NOT_KNOWN', reason: { code: 'NOT_SENT' } } as const;

const LOOKED_UP: StaticEvent = { type: 'lookedUp', transactionId: ID, finding: { code: 'NOT_FOUND' } };
const UNANSWERED: StaticEvent = { type: 'lookedUp', transactionId: ID, finding: unanswered };
const PROVEN: StaticEvent = { type: 'proven', proof: { transactionId: ID, outTradeNo: '1000', paidAt: AT } };
const DISPROVEN: StaticEvent = { type: 'disproven', cause: { by: 'manager', decision } };
const EVENTS = [LOOKED_UP, UNANSWERED, PROVEN, DISPROVEN];

function afterEvents(events: readonly StaticEvent[], claimedId?: string): StaticPayment {
  return events.reduce(
    (payment, event, index) => staticAfter(payment, event, AT + index),
    acceptStatic(IDENTITY, claimedId),
  );
}

describe('a payment on the static code', () => {
  it('waits for proof from a manager’s word on, and owes no look while nobody knows a number', () => {
    expect(afterEvents([])).toEqual({ ...IDENTITY, state: 'accepted', tries: 0 });
  });

  it('owes a look at once when the number is known', () => {
    expect(afterEvents([], ID)).toMatchObject({ state: 'accepted', claimedId: ID, lookAt: AT });
  });

  it('is asked about again, with growing waits, as long as there is no answer', () => {
    const waits = [1, 2, 3, 4].map((count) => {
      const payment = afterEvents(new Array(count).fill(UNANSWERED));
      return payment.state === 'accepted' && (payment.lookAt ?? 0) - (AT + count - 1);
    });
    expect(waits).toEqual([5_000, 30_000, 300_000, 300_000]);
  });

  it('keeps what was found, and asks no more by itself: a person has to find another number', () => {
    const payment = afterEvents([UNANSWERED, LOOKED_UP]);
    expect(payment).toMatchObject({ state: 'accepted', claimedId: ID, finding: { code: 'NOT_FOUND' }, tries: 0 });
    expect(payment).not.toHaveProperty('lookAt');
  });

  it('keeps the number that is still to be asked about, whatever was found about another', () => {
    const other: StaticEvent = { ...LOOKED_UP, transactionId: ID.replace(/7$/, '8') };
    expect(afterEvents([other], ID)).toEqual(afterEvents([], ID));
  });

  it('begins anew with another number', () => {
    const other = { ...UNANSWERED, transactionId: ID.replace(/7$/, '8') };
    expect(afterEvents([UNANSWERED, UNANSWERED, other])).toMatchObject({ tries: 1 });
  });

  it.each([
    ['proven', PROVEN],
    ['disproven', DISPROVEN],
  ] as const)('is %s for good: whatever comes later changes nothing', (state, end) => {
    const ended = afterEvents([end]);
    expect(ended.state).toBe(state);
    for (const late of EVENTS) expect(staticAfter(ended, late, AT + 99)).toBe(ended);
  });

  it('never changes whose money it is, nor how much, and ends by its first end', () => {
    const random = seededRandom(7);
    for (let round = 0; round < 500; round++) {
      const events = Array.from({ length: 6 }, () => EVENTS[Math.floor(random() * EVENTS.length)] ?? LOOKED_UP);
      const payment = afterEvents(events);
      expect(payment).toMatchObject(IDENTITY);
      const firstEnd = events.find(({ type }) => type !== 'lookedUp')?.type ?? 'accepted';
      expect(payment.state).toBe(firstEnd);
    }
  });
});

describe('the limits of the static code', () => {
  const none = fen(0);

  it.each([
    ['a payment within both', fen(50_000), none, undefined],
    ['one fen more than one payment may be', fen(50_001), none, 'STATIC_OVER_ONE'],
    ['the last that fits into all', fen(50_000), fen(150_000), undefined],
    ['one fen more than all may be', fen(50_000), fen(150_001), 'STATIC_OVER_ALL'],
  ])('%s', (_, amountFen, waitingFen, refusal) => {
    expect(refuseStatic(DEFAULT_STATIC_LIMITS, amountFen, waitingFen)).toBe(refusal);
  });

  it('are nothing to argue about where the code is switched off', () => {
    expect(refuseStatic({ ...DEFAULT_STATIC_LIMITS, enabled: false }, fen(1), none)).toBe('STATIC_OFF');
  });

  it('say how much the next one may be, which is what they then allow', () => {
    for (const waitingFen of [0, 1, 149_999, 150_000, 150_001, 199_999, 200_000, 300_000].map(fen)) {
      const roomFen = staticRoomFen(DEFAULT_STATIC_LIMITS, waitingFen);
      if (roomFen > 0) expect(refuseStatic(DEFAULT_STATIC_LIMITS, roomFen, waitingFen)).toBeUndefined();
      expect(refuseStatic(DEFAULT_STATIC_LIMITS, fen(roomFen + 1), waitingFen)).toBeDefined();
    }
  });
});
