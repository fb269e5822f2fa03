import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fen } from '../../../src/core/money.ts';
import { type Ledger, openLedgerReadOnly, rebuildLedger } from '../../../src/main/ledger/open-ledger.ts';
import { verifyLedger } from '../../../src/main/ledger/verify.ts';
import { createShifts, type Shifts } from '../../../src/main/shifts/shifts.ts';
import { shiftView } from '../../../src/main/shifts/view.ts';
import { aLedger, aSubmittedPayment, MORNING, paid, temporaryFolder } from '../../fixtures/ledger.ts';

const NIGHT_MS = 20 * 3_600_000;

let folder: ReturnType<typeof temporaryFolder>;
let ledger: Ledger;
let shifts: Shifts;
let closings: number;

beforeEach(() => {
  folder = temporaryFolder();
  ledger = aLedger(folder.path);
  closings = 0;
  let ids = 0;
  shifts = createShifts({
    ledger,
    newId: () => `shift-${++ids}`,
    reportDrafts: (shiftId, report) => [
      { kind: 'print.reportQueued', subject: `job-${++ids}`, payload: { shiftId, report, copy: 0 } },
    ],
    onChange: () => {},
    onClosed: () => void closings++,
  });
});
afterEach(() => {
  ledger.close();
  folder.remove();
});

const NOTHING_OWED = { count: 0, amountFen: fen(0) };
const openId = () => ledger.shiftOpen()?.id ?? 'none';
const view = (now = MORNING) => shiftView(ledger, 'asked', now);
const open = (floatFen = 50_000) => shifts.open(fen(floatFen), '小王');
const count = (countedFen: number) => shifts.count(openId(), fen(countedFen), '小王');
const move = (moveId: string, direction: 'in' | 'out', amountFen: number) =>
  shifts.moveCash(openId(), { moveId, direction, amountFen: fen(amountFen), why: '换零钱', by: '小王' });

function sellForCash(number: number, amountFen: number): void {
  const saleId = `sale-${number}`;
  const amounts = { amountFen: fen(amountFen), tenderedFen: fen(amountFen), changeFen: fen(0) };
  const sale = { number: `0001-01-${String(number).padStart(6, '0')}`, sequence: number, amountFen: fen(amountFen) };
  ledger.append(
    { kind: 'sale.opened', subject: saleId, payload: sale },
    { kind: 'cash.received', subject: `cash-${number}`, payload: { saleId, ...amounts } },
  );
}

describe('a shift in which all is well', () => {
  it('is closed by its count, with a Z report on paper and a backup', () => {
    open();
    sellForCash(1, 1_000);
    ledger.append(...aSubmittedPayment(2), paid(2));
    expect(count(51_000)).toBeUndefined();
    expect(view()).toMatchObject({
      lastClosed: {
        number: '0001-01-Z0001',
        wechat: { count: 1, amountFen: 1_230 },
        cash: { count: 1, amountFen: 1_000 },
        drawer: { expectedFen: 51_000, countedFen: 51_000, differenceFen: 0 },
      },
    });
    expect(view().open).toBeUndefined();
    expect(ledger.reportsOpen()).toMatchObject([{ report: 'Z', state: 'queued' }]);
    expect(closings).toBe(1);
  });

  it('is numbered without gaps, one after another, never two at a time', () => {
    for (let shift = 1; shift <= 3; shift++) {
      expect([open(), open()]).toEqual([undefined, 'ALREADY_OPEN']);
      count(50_000);
    }
    expect(view().lastClosed?.number).toBe('0001-01-Z0003');
  });

  it('begins anew: what the last one took is not in it', () => {
    open();
    sellForCash(1, 1_000);
    count(51_000);
    open(0);
    expect(view().open).toMatchObject({ floatFen: 0, cash: { count: 0 }, wechat: { count: 0 } });
  });
});

describe('who counts', () => {
  it('is not told before what the drawer should hold', () => {
    open();
    sellForCash(1, 1_000);
    expect(view().open?.count).toBeUndefined();
    expect(JSON.stringify(view())).not.toContain('51000');
  });

  it('is told the difference afterwards, and has to explain it', () => {
    open();
    count(49_500);
    expect(view().open?.count).toEqual({ expectedFen: 50_000, countedFen: 49_500, differenceFen: -500 });
    const closing = { by: '小王', owedSeen: NOTHING_OWED };
    expect(shifts.close(openId(), closing)).toBe('WHY_MISSING');
    expect(shifts.close(openId(), { ...closing, why: '少找了一张五元' })).toBeUndefined();
    expect(view().lastClosed).toMatchObject({ drawer: { differenceFen: -500 }, why: '少找了一张五元' });
  });

  it('may count again, and both counts stay in the journal', () => {
    open();
    count(49_500);
    const id = openId();
    count(50_000);
    expect(ledger.about(id).filter(({ kind }) => kind === 'shift.counted')).toHaveLength(2);
    expect(view().lastClosed?.drawer.differenceFen).toBe(0);
  });

  it('has to count again when a sale for cash came in between', () => {
    open();
    count(49_500);
    sellForCash(1, 1_000);
    expect(shifts.close(openId(), { by: '小王', why: '…', owedSeen: NOTHING_OWED })).toBe('NOT_COUNTED');
  });
});

describe('money that is not settled', () => {
  beforeEach(() => {
    open();
    ledger.append(...aSubmittedPayment());
  });

  it('keeps the count from closing by itself; closing names exactly what was seen', () => {
    count(50_000);
    expect(view().open?.count?.differenceFen).toBe(0);
    expect(shifts.close(openId(), { by: '小王', owedSeen: NOTHING_OWED })).toBe('OWED_CHANGED');
    expect(shifts.close(openId(), { by: '小王', owedSeen: { count: 1, amountFen: fen(1_230) } })).toBeUndefined();
    expect(view().lastClosed?.owed).toEqual({ count: 1, amountFen: 1_230 });
  });

  it('counts in the shift in which it became certain, once', () => {
    count(50_000);
    shifts.close(openId(), { by: '小王', owedSeen: { count: 1, amountFen: fen(1_230) } });
    expect(view().lastClosed?.wechat).toEqual({ count: 0, amountFen: 0 });
    open();
    ledger.append(paid());
    expect(view().open?.wechat).toEqual({ count: 1, amountFen: 1_230 });
  });
});

describe('cash in and out', () => {
  it('changes what the drawer should hold, and is one move however often it is asked for', () => {
    open();
    for (let presses = 0; presses < 2; presses++) expect(move('m1', 'in', 10_000)).toBeUndefined();
    move('m2', 'out', 3_000);
    expect(view().open?.moves).toMatchObject([
      { direction: 'in', amountFen: 10_000, why: '换零钱' },
      { direction: 'out', amountFen: 3_000 },
    ]);
    count(57_000);
    expect(view().lastClosed?.drawer.differenceFen).toBe(0);
  });

  it('needs an open shift', () => {
    expect(move('m1', 'in', 1)).toBe('NO_OPEN_SHIFT');
    expect(shifts.count('none', fen(0), '小王')).toBe('NO_OPEN_SHIFT');
    expect(shifts.close('none', { by: '小王', owedSeen: NOTHING_OWED })).toBe('NO_OPEN_SHIFT');
    expect(shifts.print('none')).toBe('NO_OPEN_SHIFT');
  });
});

describe('sales', () => {
  it('need no shift, and are in none then', () => {
    sellForCash(1, 1_000);
    open();
    expect(view().open?.cash).toEqual({ count: 0, amountFen: 0 });
  });

  it('go on in a shift that was left open over midnight, which says so', () => {
    open();
    sellForCash(1, 1_000);
    expect([view().open?.fromEarlierDay, view(MORNING + NIGHT_MS).open?.fromEarlierDay]).toEqual([false, true]);
    expect(view(MORNING + NIGHT_MS).open?.cash.amountFen).toBe(1_000);
  });
});

describe('the books', () => {
  it('hold the shifts again after a rebuild, row for row', () => {
    open();
    sellForCash(1, 1_000);
    move('m1', 'out', 100);
    count(50_900);
    open();
    ledger.append(...aSubmittedPayment(2), paid(2));
    shifts.print(openId());
    count(1);
    const before = view();
    ledger.close();
    rebuildLedger(folder.path);
    const db = openLedgerReadOnly(folder.path);
    expect(verifyLedger(db).problems).toEqual([]);
    db.close();
    ledger = aLedger(folder.path);
    expect(view()).toEqual(before);
  });
});
