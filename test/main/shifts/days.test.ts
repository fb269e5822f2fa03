import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fen } from '../../../src/core/money.ts';
import { seededRandom } from '../../../src/core/random.ts';
import { expectedCashFen } from '../../../src/core/shift.ts';
import { openLedgerReadOnly } from '../../../src/main/ledger/open-ledger.ts';
import { verifyLedger } from '../../../src/main/ledger/verify.ts';
import { createShifts } from '../../../src/main/shifts/shifts.ts';
import { aLedger, aSubmittedPayment, paid, temporaryFolder } from '../../fixtures/ledger.ts';

const STEPS = 60;
const WECHAT_FEN = 1_230;

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

/** A day at random: shifts, sales for cash, payments that end at once or much later, cash in and out, counts. */
function play(seed: number) {
  const random = seededRandom(seed);
  const ledger = aLedger(folder.path);
  let ids = 0;
  const newId = () => `id-${++ids}`;
  const shifts = createShifts({ ledger, newId, reportDrafts: () => [], onChange: () => {}, onClosed: () => {} });
  const undecided: number[] = [];
  const inShifts = { wechatFen: 0, cashFen: 0 };
  let sales = 0;
  let movedFen = 0;

  const amount = () => 1 + Math.floor(random() * 100_000);
  const openId = () => ledger.shiftOpen()?.id;
  function sellForCash(): void {
    const number = ++sales;
    const amountFen = fen(amount());
    const saleId = `sale-${number}`;
    const sale = { number: `0001-01-${String(number).padStart(6, '0')}`, sequence: number, amountFen };
    const cash = { saleId, amountFen, tenderedFen: amountFen, changeFen: fen(0) };
    ledger.append(
      { kind: 'sale.opened', subject: saleId, payload: sale },
      { kind: 'cash.received', subject: `cash-${number}`, payload: cash },
    );
    if (openId() !== undefined) inShifts.cashFen += amountFen;
  }
  function settleOne(): void {
    const number = undecided.shift();
    if (number === undefined) return;
    ledger.append(paid(number));
    if (openId() !== undefined) inShifts.wechatFen += WECHAT_FEN;
  }
  function submit(): void {
    undecided.push(++sales);
    ledger.append(...aSubmittedPayment(sales));
  }
  function moveCash(): void {
    const [direction, amountFen] = [random() < 0.5 ? 'in' : 'out', fen(amount())] as const;
    const refusal = shifts.moveCash(openId() ?? 'none', { moveId: newId(), direction, amountFen, why: 'x', by: 'y' });
    if (refusal === undefined) movedFen += direction === 'in' ? amountFen : -amountFen;
  }
  function endShift(): void {
    const shift = ledger.shiftOpen();
    if (shift === undefined) return;
    const countedFen = fen(Math.max(0, expectedCashFen(shift)) + (random() < 0.5 ? 0 : 7));
    shifts.count(shift.id, countedFen, 'y');
    shifts.close(shift.id, { by: 'y', why: 'z', owedSeen: ledger.moneyOwed() });
  }
  const acts = [
    sellForCash,
    sellForCash,
    submit,
    settleOne,
    settleOne,
    moveCash,
    () => shifts.open(fen(500), 'y'),
    endShift,
  ];
  for (let step = 0; step < STEPS; step++) acts[Math.floor(random() * acts.length)]?.();
  endShift();
  ledger.close();
  return { inShifts, movedFen };
}

describe.each([1, 2, 3, 4, 5, 6, 7, 8])('however a day goes (seed %d)', (seed) => {
  it('every fen that came in during a shift is in exactly one report, and the drawers add up', () => {
    const { inShifts, movedFen } = play(seed);
    const db = openLedgerReadOnly(folder.path);
    const reports = db
      .prepare<[], { number: number; wechat: number; cash: number; floats: number; expected: number }>(
        `SELECT number, data ->> '$.closed.wechat.amountFen' AS wechat, data ->> '$.closed.cash.amountFen' AS cash,
                data ->> '$.floatFen' AS floats, data ->> '$.closed.expectedFen' AS expected
         FROM shift ORDER BY number`,
      )
      .all();
    expect(verifyLedger(db).problems).toEqual([]);
    db.close();
    const sum = (of: (report: (typeof reports)[number]) => number) => reports.reduce((so, one) => so + of(one), 0);
    expect({ wechatFen: sum(({ wechat }) => wechat), cashFen: sum(({ cash }) => cash) }).toEqual(inShifts);
    expect(sum(({ expected, floats, cash }) => expected - floats - cash)).toBe(movedFen);
    expect(reports.map(({ number }) => number)).toEqual(reports.map((_, index) => index + 1));
  });
});
