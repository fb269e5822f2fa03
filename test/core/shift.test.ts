import { describe, expect, it } from 'vitest';
import type { JournalEntry } from '../../src/core/journal.ts';
import { fen } from '../../src/core/money.ts';
import {
  differenceFen,
  expectedCashFen,
  isFromEarlierDay,
  isShiftEntry,
  type Shift,
  shiftAfter,
  shiftNumber,
  withCash,
  withPaid,
  withProven,
  withRefund,
} from '../../src/core/shift.ts';
import type { ShiftDraft } from '../../src/core/shift-rows.ts';
import { grossOf, NO_TOTALS, netFen, refundsOf } from '../../src/core/shift-totals.ts';
import { aDoneRefund, aPaidPayment, aProvenPayment } from '../fixtures/payments.ts';

const MORNING = Date.UTC(2026, 0, 2, 1);
const chain = { terminalId: '01', seq: 1, prevHash: '', hash: '' };

function after(shift: Shift | undefined, draft: ShiftDraft, at = MORNING): Shift {
  const entry: JournalEntry = { ...draft, ...chain, at };
  if (!isShiftEntry(entry)) throw new Error('Not about a shift');
  return shiftAfter(shift, entry);
}

const opened = (floatFen = 50_000) =>
  after(undefined, {
    kind: 'shift.opened',
    subject: 's1',
    payload: { number: 1, floatFen: fen(floatFen), by: '小王' },
  });

function cash(shift: Shift, amountFen: number): Shift {
  const amounts = { amountFen: fen(amountFen), tenderedFen: fen(amountFen), changeFen: fen(0) };
  return withCash(shift, {
    kind: 'cash.received',
    subject: 'c',
    payload: { saleId: 'a', ...amounts },
    ...chain,
    at: 0,
  });
}

function cashBack(shift: Shift, amountFen: number): Shift {
  const decision = { manager: '王店长', why: '退货' };
  const payload = { saleId: 'a', amountFen: fen(amountFen), decision };
  return withCash(shift, { kind: 'cash.refunded', subject: 'b', payload, ...chain, at: 0 });
}

const moved = (shift: Shift, direction: 'in' | 'out', amountFen: number) =>
  after(shift, {
    kind: 'shift.cashMoved',
    subject: 's1',
    payload: { moveId: `${direction}${amountFen}`, direction, amountFen: fen(amountFen), why: '找零', by: '小王' },
  });
const counted = (shift: Shift, countedFen: number) =>
  after(shift, { kind: 'shift.counted', subject: 's1', payload: { countedFen: fen(countedFen), by: '小王' } });

describe('the drawer of a shift', () => {
  it('should hold the float, the sales for cash and what was put in, less what was taken out', () => {
    const shift = moved(moved(cash(cash(opened(), 1_230), 500), 'in', 10_000), 'out', 2_000);
    expect(expectedCashFen(shift)).toBe(50_000 + 1_730 + 10_000 - 2_000);
    expect(shift.cash).toEqual({ count: 2, amountFen: 1_730 });
  });

  it('is not fuller by what came in through WeChat', () => {
    const shift = withPaid(opened(), aPaidPayment({ amountFen: fen(1_230), couponFen: fen(230) }));
    expect([shift.wechat, shift.couponFen]).toEqual([{ count: 1, amountFen: 1_230 }, 230]);
    expect(shift.notSettledFen).toBeUndefined();
    // Of another coupon, which is no money, WeChat Pay settles nothing.
    const paid = aPaidPayment({ amountFen: fen(1_000), couponFen: fen(300) });
    const settlement = { ...paid.settlement, settledFen: fen(800) };
    expect(withPaid(shift, { ...paid, settlement })).toMatchObject({ couponFen: 530, notSettledFen: 200 });
    expect(expectedCashFen(shift)).toBe(50_000);
  });

  it('is emptier by what was handed back, and has to be counted again then', () => {
    const shift = cashBack(counted(cash(opened(), 1_230), 51_230), 500);
    expect([expectedCashFen(shift), differenceFen(shift)]).toEqual([50_730, undefined]);
    expect([shift.cash, shift.cashRefunds]).toEqual([
      { count: 1, amountFen: 1_230 },
      { count: 1, amountFen: 500 },
    ]);
  });

  it.each([
    [50_000, 0],
    [49_999, -1],
    [50_100, 100],
    [0, -50_000],
  ])('counted as %d fen differs by %d', (count, difference) => {
    expect(differenceFen(counted(opened(), count))).toBe(difference);
  });

  it('has to be counted again when cash goes in or out after the count, and not for other money', () => {
    const shift = counted(opened(), 50_000);
    expect(differenceFen(cash(shift, 100))).toBeUndefined();
    expect(differenceFen(moved(shift, 'out', 100))).toBeUndefined();
    expect(differenceFen(withPaid(shift, aPaidPayment({})))).toBe(0);
  });
});

describe('the totals of a shift', () => {
  const busy = [
    (shift: Shift) => withPaid(shift, aPaidPayment({ amountFen: fen(1_230) })),
    (shift: Shift) => withProven(shift, aProvenPayment({ amountFen: fen(800) })),
    (shift: Shift) => cash(shift, 300),
    (shift: Shift) => withRefund(shift, aDoneRefund({ refundFen: fen(230) })),
    (shift: Shift) => cashBack(shift, 100),
  ].reduce((shift, change) => change(shift), opened());

  it('tell each tender, what came in, what went back, and what is left', () => {
    expect([busy.wechat, busy.staticCode, busy.cash].map(({ amountFen }) => amountFen)).toEqual([1_230, 800, 300]);
    expect(grossOf(busy)).toEqual({ count: 3, amountFen: 2_330 });
    expect(refundsOf(busy)).toEqual({ count: 2, amountFen: 330 });
    expect(netFen(busy)).toBe(2_000);
  });

  it('are below nothing when more went back than came in', () => {
    expect(netFen(withRefund(opened(), aDoneRefund({ refundFen: fen(230) })))).toBe(-230);
  });

  it('know nothing of a payment that never counted, nor of its being taken back', () => {
    expect(withRefund(opened(), aDoneRefund({ takesBack: true }))).toEqual(opened());
  });

  it('leave the drawer alone where no cash moved', () => {
    expect(expectedCashFen(busy)).toBe(50_000 + 300 - 100);
  });
});

describe('a shift', () => {
  it('says that some of it was only played', () => {
    expect(withPaid(opened(), aPaidPayment({})).simulated).toBe(false);
    expect(withPaid(opened(), aPaidPayment({ gateway: 'simulator' })).simulated).toBe(true);
    expect(withProven(opened(), aProvenPayment({ gateway: 'simulator' })).simulated).toBe(true);
    expect(withRefund(opened(), aDoneRefund({ gateway: 'simulator' })).simulated).toBe(true);
  });

  it('is over when it is closed', () => {
    const nothing = { count: 0, amountFen: fen(0) };
    const sums = { expectedFen: fen(50_000), countedFen: fen(50_000), owed: nothing, toVerify: nothing };
    const payload = { by: '小王', ...NO_TOTALS, ...sums };
    const closed = after(opened(), { kind: 'shift.closed', subject: 's1', payload });
    expect(() => moved(closed, 'in', 1)).toThrow('not open');
  });

  it('left open over midnight, in Beijing, is from an earlier day', () => {
    const shift = opened();
    const midnight = Date.UTC(2026, 0, 2, 16);
    expect([midnight - 1, midnight].map((now) => isFromEarlierDay(shift, now))).toEqual([false, true]);
  });

  it('has a number for people, apart from those of another epoch', () => {
    const terminal = { storeId: '0001', terminalId: '01', epoch: 1 };
    expect(shiftNumber(terminal, 42)).toBe('0001-01-Z0042');
    expect(shiftNumber({ ...terminal, epoch: 2 }, 42)).toBe('0001-01-ZA0042');
  });
});
