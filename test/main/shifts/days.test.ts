import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JournalDraft } from '../../../src/core/journal.ts';
import { type Fen, fen } from '../../../src/core/money.ts';
import { seededRandom } from '../../../src/core/random.ts';
import { DEFAULT_REFUND_TIMINGS } from '../../../src/core/refund.ts';
import { expectedCashFen, type Shift } from '../../../src/core/shift.ts';
import type { ShiftTotals } from '../../../src/core/shift-rows.ts';
import { grossOf, NO_TOTALS, netFen, plusOne, totalsOf } from '../../../src/core/shift-totals.ts';
import { openLedgerReadOnly } from '../../../src/main/ledger/open-ledger.ts';
import { verifyLedger } from '../../../src/main/ledger/verify.ts';
import { createShifts } from '../../../src/main/shifts/shifts.ts';
import { aLedger, aSubmittedPayment, MORNING, paid, temporaryFolder } from '../../fixtures/ledger.ts';

const STEPS = 120;
const WECHAT_FEN = fen(1_230);
const DECISION = { manager: '王店长', why: '退货' };

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

type Tender = Exclude<keyof ShiftTotals, 'couponFen' | 'notSettledFen'>;

/**
 * A day at random: shifts; sales for cash, by scanned codes that end at once or much later, and on the static code,
 * proven or not; refunds of all of them, done at once, later or never; cash in and out; counts.
 */
function play(seed: number) {
  const random = seededRandom(seed);
  const ledger = aLedger(folder.path);
  let ids = 0;
  const newId = () => `id-${++ids}`;
  const shifts = createShifts({ ledger, newId, reportDrafts: () => [], onChange: () => {}, onClosed: () => {} });
  /** What each shift should report, counted beside the books. */
  const truth = new Map<string, { readonly totals: ShiftTotals; readonly movedFen: number }>();
  const undecided: number[] = [];
  const refundable: { readonly saleId: string; readonly paymentId: string }[] = [];
  const toVerify: { readonly id: string; readonly saleId: string; readonly amountFen: Fen }[] = [];
  const requested: { readonly id: string; readonly outRefundNo: string; readonly refundFen: Fen }[] = [];
  const soldForCash: string[] = [];
  let sales = 0;

  const amount = () => fen(1 + Math.floor(random() * 100_000));
  const openId = () => ledger.shiftOpen()?.id ?? 'none';
  function certain(tender: Tender, amountFen: Fen): void {
    const { totals, movedFen } = truth.get(openId()) ?? { totals: NO_TOTALS, movedFen: 0 };
    truth.set(openId(), { movedFen, totals: { ...totals, [tender]: plusOne(totals[tender], amountFen) } });
  }
  function openSale(amountFen: Fen): { readonly saleId: string; readonly opened: JournalDraft } {
    const number = ++sales;
    const saleId = `sale-${number}`;
    const payload = { number: `0001-01-${String(number).padStart(6, '0')}`, sequence: number, amountFen };
    return { saleId, opened: { kind: 'sale.opened', subject: saleId, payload } };
  }

  function sellForCash(): void {
    const amountFen = amount();
    const { saleId, opened } = openSale(amountFen);
    const payload = { saleId, amountFen, tenderedFen: amountFen, changeFen: fen(0) };
    ledger.append(opened, { kind: 'cash.received', subject: `cash-${saleId}`, payload });
    soldForCash.push(saleId);
    certain('cash', amountFen);
  }
  function refundCash(): void {
    const saleId = soldForCash.shift();
    if (saleId === undefined) return;
    const amountFen = fen(1 + Math.floor(random() * (ledger.cashOfSale(saleId)?.amountFen ?? 1)));
    const payload = { saleId, amountFen, decision: DECISION };
    ledger.append({ kind: 'cash.refunded', subject: newId(), payload });
    certain('cashRefunds', amountFen);
  }
  function submit(): void {
    undecided.push(++sales);
    ledger.append(...aSubmittedPayment(sales));
  }
  function settleOne(): void {
    const number = undecided.shift();
    if (number === undefined) return;
    ledger.append(paid(number));
    refundable.push({ saleId: `sale-${number}`, paymentId: `payment-${number}` });
    certain('wechat', WECHAT_FEN);
  }
  function acceptOnCode(): void {
    const amountFen = amount();
    const { saleId, opened } = openSale(amountFen);
    const id = newId();
    const payload = { saleId, amountFen, gateway: 'simulator', approval: DECISION };
    ledger.append(opened, { kind: 'static.accepted', subject: id, payload });
    toVerify.push({ id, saleId, amountFen });
  }
  function judgeOne(): void {
    const waiting = toVerify.shift();
    if (waiting === undefined) return;
    const { id, saleId, amountFen } = waiting;
    const proof = { transactionId: `42${id}`, outTradeNo: `out-${id}`, paidAt: MORNING };
    const proven: JournalDraft = { kind: 'static.proven', subject: id, payload: { saleId, proof } };
    if (random() < 0.2) {
      const cause = { by: 'manager', decision: DECISION } as const;
      ledger.append({ kind: 'static.disproven', subject: id, payload: { saleId, cause } });
      return;
    }
    // Both ends are final, so that a second proof is no second payment.
    ledger.append(proven, proven);
    certain('staticCode', amountFen);
  }
  function askForRefund(): void {
    const payment = refundable.shift();
    if (payment === undefined) return;
    const id = newId();
    const refundFen = fen(1 + Math.floor(random() * WECHAT_FEN));
    const outRefundNo = `${payment.saleId}-r`;
    const order = { outTradeNo: payment.saleId, outRefundNo, totalFen: WECHAT_FEN, refundFen };
    const terms = { gateway: 'simulator', takesBack: false, decision: DECISION, timings: DEFAULT_REFUND_TIMINGS };
    ledger.append({ kind: 'refund.requested', subject: id, payload: { ...payment, ...order, ...terms } });
    requested.push({ id, outRefundNo, refundFen });
  }
  function refundOne(): void {
    const refund = requested.shift();
    if (refund === undefined) return;
    const { id, outRefundNo, refundFen } = refund;
    const accepted = { refundId: `wx-${id}`, transactionId: 't', refundFen, cashFen: refundFen, couponFen: fen(0) };
    const state = random() < 0.2 ? 'CLOSED' : 'SUCCESS';
    const record = { outRefundNo, refundId: `wx-${id}`, state, refundFen, receivedBy: '', succeededAt: '' } as const;
    const found = { transactionId: 't', outTradeNo: 'o', totalFen: WECHAT_FEN, refunds: [record] };
    const answer = { verdict: 'FOUND', found: { ...found, totalCount: undefined } } as const;
    ledger.append(
      { kind: 'refund.answered', subject: id, payload: { answer: { verdict: 'ACCEPTED', refund: accepted } } },
      { kind: 'refund.queried', subject: id, payload: { answer } },
    );
    if (state === 'SUCCESS') certain('wechatRefunds', refundFen);
  }
  function moveCash(): void {
    const [direction, amountFen] = [random() < 0.5 ? 'in' : 'out', amount()] as const;
    const refusal = shifts.moveCash(openId(), { moveId: newId(), direction, amountFen, why: 'x', by: 'y' });
    if (refusal !== undefined) return;
    const { totals, movedFen } = truth.get(openId()) ?? { totals: NO_TOTALS, movedFen: 0 };
    truth.set(openId(), { totals, movedFen: movedFen + (direction === 'in' ? amountFen : -amountFen) });
  }
  function endShift(): void {
    const shift = ledger.shiftOpen();
    if (shift === undefined) return;
    const countedFen = fen(Math.max(0, expectedCashFen(shift)) + (random() < 0.5 ? 0 : 7));
    shifts.count(shift.id, countedFen, 'y');
    const [owed, toVerify] = [ledger.unsettled(), ledger.toVerify()];
    shifts.close(shift.id, { by: 'y', why: 'z', owedSeen: ledger.moneyOwed() });
    expect(ledger.shift(shift.id)?.closed).toMatchObject({
      owed: { count: owed.count, amountFen: owed.amountFen },
      toVerify: { count: toVerify.count, amountFen: toVerify.amountFen },
    });
  }
  const acts = [
    ...[sellForCash, sellForCash, refundCash, submit, submit, settleOne, settleOne, acceptOnCode, judgeOne],
    ...[askForRefund, refundOne, moveCash, () => shifts.open(fen(500), 'y'), endShift],
  ];
  for (let step = 0; step < STEPS; step++) acts[Math.floor(random() * acts.length)]?.();
  endShift();
  ledger.close();
  // What came in while no shift was open is in none.
  truth.delete('none');
  return truth;
}

describe.each([1, 2, 3, 4, 5, 6, 7, 8])('however a day goes (seed %d)', (seed) => {
  it('every fen that became certain during a shift is in its report and no other, and the drawers add up', () => {
    const truth = play(seed);
    const db = openLedgerReadOnly(folder.path);
    const reported = db.prepare<[], string>('SELECT data FROM shift ORDER BY number').pluck().all();
    expect(verifyLedger(db).problems).toEqual([]);
    db.close();

    const reports = reported.map((data) => JSON.parse(data) as Shift);
    expect(reports.map(({ number }) => number)).toEqual(reports.map((_, index) => index + 1));
    for (const { id, floatFen, closed } of reports) {
      const { totals, movedFen } = truth.get(id) ?? { totals: NO_TOTALS, movedFen: 0 };
      expect(closed && totalsOf(closed)).toEqual(totals);
      const { cash, cashRefunds } = totals;
      expect(closed?.expectedFen).toBe(floatFen + cash.amountFen - cashRefunds.amountFen + movedFen);
    }
    expect(truth.size).toBeGreaterThan(1);
    const moved = reports.flatMap(({ closed }) => (closed ? [grossOf(closed).amountFen - netFen(closed)] : []));
    expect(moved.some((givenBackFen) => givenBackFen > 0)).toBe(true);
  });
});
