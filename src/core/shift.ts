import { invariant } from './assert.ts';
import type { JournalEntry } from './journal.ts';
import { type Fen, fen, sumFen } from './money.ts';
import { epochLetters, type NumberedTerminal } from './order-number.ts';
import type { Payment } from './payment.ts';
import { SIMULATOR_GATEWAY } from './receipt.ts';
import type { Refund } from './refund.ts';
import type { CashMove, ShiftClosing, ShiftTotals } from './shift-rows.ts';
import { NO_TOTALS, plusOne } from './shift-totals.ts';
import type { StaticPayment } from './static-payment.ts';
import { beijingDay } from './time.ts';

/*
 * A shift: from a float in the drawer to a count of it. Pure: every row of the journal that is about a shift, or that
 * brings money while one is open, moves it by `shiftAfter`; what a screen shows and what a rebuild makes are the same.
 *
 * Money belongs to the shift in which it became certain, so a payment or refund that ends after midnight, or after the
 * next shift has begun, is counted once, there, and never again.
 */

export interface Shift extends ShiftTotals {
  readonly id: string;
  /** 1, 2, 3 … without gaps: as only one is open at a time, it is the Z report's number too. */
  readonly number: number;
  /** Epoch milliseconds, as all times here. */
  readonly openedAt: number;
  readonly openedBy: string;
  readonly floatFen: Fen;
  /** Some of it was played by the simulator: a report must not look like real money. */
  readonly simulated: boolean;
  readonly moves: readonly (CashMove & { readonly at: number })[];
  /** What the drawer held, until cash goes in or out again. */
  readonly count?: { readonly countedFen: Fen; readonly by: string; readonly at: number };
  readonly closed?: ShiftClosing & { readonly at: number };
}

type ShiftEntry = Extract<JournalEntry, { readonly kind: `shift.${string}` }>;
type CashEntry = Extract<JournalEntry, { readonly kind: 'cash.received' | 'cash.refunded' }>;
type PaidPayment = Extract<Payment, { readonly state: 'paid' }>;
export type ProvenPayment = Extract<StaticPayment, { readonly state: 'proven' }>;
export type DoneRefund = Extract<Refund, { readonly state: 'refunded' }>;

export function isShiftEntry(entry: JournalEntry): entry is ShiftEntry {
  return entry.kind.startsWith('shift.');
}

/** The shift after this row about it. */
export function shiftAfter(shift: Shift | undefined, entry: ShiftEntry): Shift {
  if (entry.kind === 'shift.opened') {
    invariant(shift === undefined, `Shift ${entry.subject} was opened twice`);
    const { number, floatFen, by } = entry.payload;
    const empty = { simulated: false, moves: [] };
    return { id: entry.subject, number, openedAt: entry.at, openedBy: by, floatFen, ...NO_TOTALS, ...empty };
  }
  invariant(shift !== undefined && shift.closed === undefined, `Shift ${entry.subject} is not open`);
  switch (entry.kind) {
    case 'shift.cashMoved':
      return { ...uncounted(shift), moves: [...shift.moves, { ...entry.payload, at: entry.at }] };
    case 'shift.counted':
      return { ...shift, count: { ...entry.payload, at: entry.at } };
    case 'shift.closed':
      return { ...shift, closed: { ...entry.payload, at: entry.at } };
  }
}

/** The open shift after cash was taken or handed back: what was counted before is no longer what the drawer holds. */
export function withCash(shift: Shift, { kind, payload }: CashEntry): Shift {
  const tender = kind === 'cash.received' ? 'cash' : 'cashRefunds';
  return { ...uncounted(shift), [tender]: plusOne(shift[tender], payload.amountFen) };
}

/** The open shift after a payment has become certain. */
export function withPaid(shift: Shift, { amountFen, settlement, gateway }: PaidPayment): Shift {
  return {
    ...played(shift, gateway),
    wechat: plusOne(shift.wechat, amountFen),
    couponFen: fen(shift.couponFen + settlement.couponFen),
    ...withheld(shift, fen(amountFen - (settlement.settledFen ?? amountFen))),
  };
}

/** The open shift after a payment on the static code was proven. */
export function withProven(shift: Shift, { amountFen, gateway }: ProvenPayment): Shift {
  return { ...played(shift, gateway), staticCode: plusOne(shift.staticCode, amountFen) };
}

/** The open shift after a refund has reached the customer. What takes back a payment that never counted changes nothing. */
export function withRefund(shift: Shift, { refundFen, gateway, takesBack }: DoneRefund): Shift {
  if (takesBack) return shift;
  return { ...played(shift, gateway), wechatRefunds: plusOne(shift.wechatRefunds, refundFen) };
}

/** What the drawer should hold: the float, sales for cash and what was put in, less refunds and what was taken out. */
export function expectedCashFen({ floatFen, cash, cashRefunds, moves }: Shift): Fen {
  return fen(floatFen + cash.amountFen - cashRefunds.amountFen + movedFen(moves, 'in') - movedFen(moves, 'out'));
}

/** Counted less expected: above 0 there is too much, below it too little. Undefined before the drawer was counted. */
export function differenceFen(shift: Shift): Fen | undefined {
  return shift.count && fen(shift.count.countedFen - expectedCashFen(shift));
}

export function movedFen(moves: Shift['moves'], direction: CashMove['direction']): Fen {
  return sumFen(moves.filter((move) => move.direction === direction).map(({ amountFen }) => amountFen));
}

/** "0001-01-Z0042", for people. A restored till's epoch stands in it, as in its sale numbers. */
export function shiftNumber({ storeId, terminalId, epoch }: NumberedTerminal, number: number): string {
  return `${storeId}-${terminalId}-Z${epochLetters(epoch)}${String(number).padStart(4, '0')}`;
}

/** Left open over midnight: it goes on, for money has to be counted before it can be closed, but somebody must. */
export function isFromEarlierDay({ openedAt }: Pick<Shift, 'openedAt'>, now: number): boolean {
  return openedAt < beijingDay(now).from;
}

function played(shift: Shift, gateway: string): Shift {
  return gateway === SIMULATOR_GATEWAY ? { ...shift, simulated: true } : shift;
}

function withheld({ notSettledFen = fen(0) }: Shift, moreFen: Fen): Pick<Shift, 'notSettledFen'> {
  const allFen = fen(notSettledFen + moreFen);
  return allFen === 0 ? {} : { notSettledFen: allFen };
}

function uncounted({ count: _, ...shift }: Shift): Shift {
  return shift;
}
