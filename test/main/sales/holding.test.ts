import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HELD_MAX } from '../../../src/core/held-sale.ts';
import { fen } from '../../../src/core/money.ts';
import { type Ledger, openLedgerReadOnly, rebuildLedger } from '../../../src/main/ledger/open-ledger.ts';
import { verifyLedger } from '../../../src/main/ledger/verify.ts';
import { saleStory, todaysSales } from '../../../src/main/sales/views.ts';
import { ManualClock, settle } from '../../fixtures/clock.ts';
import { aLedger, aSettlement, temporaryFolder } from '../../fixtures/ledger.ts';
import { openScriptedTill, type ScriptedTill } from '../../fixtures/scripted-till.ts';

const CODE = '134567890123456789';
const AMOUNT = fen(1_230);
const PAID = { verdict: 'PAID', settlement: aSettlement() } as const;
const REFUSED = { verdict: 'DECLINED', reason: { code: 'NOT_ENOUGH' }, thenReverse: false } as const;
const TYPING = { verdict: 'UNKNOWN', reason: { code: 'AWAITING_PASSWORD' } } as const;
const NOT_FOUND = { verdict: 'NOT_FOUND' } as const;

let folder: ReturnType<typeof temporaryFolder>;
let clock: ManualClock;
let ledger: Ledger;
let diskIsFull: boolean;

beforeEach(() => {
  folder = temporaryFolder();
  clock = new ManualClock();
  ledger = aLedger(folder.path, () => clock.now());
  diskIsFull = false;
});
afterEach(() => {
  ledger.close();
  folder.remove();
});

function aTill(script: ScriptedTill['script'] = {}) {
  return openScriptedTill({ ledger, clock, dataDir: folder.path, isDiskFull: () => diskIsFull, script }).till;
}

const heldIds = () => ledger.heldSales().map(({ saleId }) => saleId);
const onlyHeld = () => ledger.heldSales()[0]?.saleId ?? '';
const sales = () => ledger.salesBetween(0, Number.MAX_SAFE_INTEGER, 9);

describe('a sale that is put on hold', () => {
  it('leaves the counter free, with its amount and label in the list and in no total', () => {
    const till = aTill();
    till.ask(AMOUNT);
    expect(till.hold(AMOUNT, '红衣服')).toBeUndefined();
    expect(till.view()).toMatchObject({
      step: 'amount',
      held: [{ amountFen: 1_230, label: '红衣服', heldAt: clock.now() }],
    });
    const day = todaysSales(ledger, clock.now());
    expect(day).toMatchObject({ rows: [], paidCount: 0, paidFen: 0, unsettledCount: 0 });
    expect(day).not.toHaveProperty('toVerify');
  });

  it('is there after a restart, and after a rebuild of the books', () => {
    aTill().hold(AMOUNT, '红衣服');
    ledger.close();
    rebuildLedger(folder.path);
    ledger = aLedger(folder.path, () => clock.now());
    expect(aTill().view().held).toMatchObject([{ amountFen: 1_230, label: '红衣服' }]);
    const db = openLedgerReadOnly(folder.path);
    expect(verifyLedger(db).problems).toEqual([]);
    db.close();
  });

  it('is taken up again and paid as that sale, once', async () => {
    const till = aTill({ pay: [PAID] });
    till.hold(AMOUNT);
    const saleId = onlyHeld();
    expect(till.resume(saleId)).toBeUndefined();
    expect(till.view()).toMatchObject({ step: 'scan', amountFen: 1_230, resumed: true });
    expect(till.view()).not.toHaveProperty('held');
    till.scan(CODE);
    await settle();
    expect(sales()).toMatchObject([{ id: saleId, state: 'paid' }]);
    expect(ledger.heldSales()).toEqual([]);
    expect(till.resume(saleId)).toBe('NO_SUCH_HELD');
    const [sale] = sales();
    const kinds = sale && saleStory(ledger, sale, clock.now()).lines.map(({ kind }) => kind);
    expect(kinds).toEqual(['sale.held', 'sale.resumed', 'sale.opened', 'payment.submitted', 'payment.answered']);
  });

  it('is taken up again and paid in cash', () => {
    const till = aTill();
    till.hold(AMOUNT);
    till.resume(onlyHeld());
    expect(till.takeCash(AMOUNT, AMOUNT)).toBeUndefined();
    expect(ledger.heldSales()).toEqual([]);
  });

  it.each(['cancel', 'next'] as const)('goes back to the list by "%s", and by the next amount', (step) => {
    const till = aTill();
    till.hold(AMOUNT);
    const ids = heldIds();
    till.resume(onlyHeld());
    till[step]();
    expect(till.view()).toMatchObject({ step: 'amount', held: [{ amountFen: 1_230 }] });
    till.resume(onlyHeld());
    till.ask(fen(500));
    expect(till.view()).toMatchObject({ step: 'scan', amountFen: 500, held: [{ amountFen: 1_230 }] });
    expect(heldIds()).toEqual(ids);
  });

  it('is not lost when the process dies with it in front', () => {
    const till = aTill();
    till.hold(AMOUNT);
    till.resume(onlyHeld());
    ledger.close();
    ledger = aLedger(folder.path, () => clock.now());
    expect(aTill().view()).toMatchObject({ step: 'amount', held: [{ amountFen: 1_230 }] });
  });

  it('keeps its number and its attempts when a payment was declined before', async () => {
    const till = aTill({ pay: [REFUSED, PAID], query: [NOT_FOUND] });
    till.ask(AMOUNT);
    till.scan(CODE);
    await settle();
    expect(till.hold(AMOUNT)).toBeUndefined();
    expect(till.view().held).toMatchObject([{ saleNumber: '0001-01-000001' }]);
    // Another customer in between does not end it.
    till.ask(fen(500));
    till.takeCash(fen(500), fen(500));
    till.next();
    till.resume(onlyHeld());
    expect(till.view()).toMatchObject({ saleNumber: '0001-01-000001' });
    till.scan('134567890123456700');
    await settle();
    expect(ledger.paymentsOfSale(sales().find(({ number }) => number === '0001-01-000001')?.id ?? '')).toHaveLength(2);
    expect(todaysSales(ledger, clock.now())).toMatchObject({ paidCount: 2, paidFen: 1_730 });
  });

  it('is discarded only by a person, and then its open sale ends without a payment', async () => {
    const till = aTill({ pay: [REFUSED], query: [NOT_FOUND] });
    till.ask(AMOUNT);
    till.scan(CODE);
    await settle();
    till.hold(AMOUNT);
    const saleId = onlyHeld();
    till.resume(saleId);
    expect(till.discard(saleId)).toBe(false);
    till.cancel();
    expect(till.discard(saleId)).toBe(true);
    expect(till.discard(saleId)).toBe(false);
    expect(sales()).toMatchObject([{ state: 'abandoned' }]);
    expect(till.view()).not.toHaveProperty('held');
  });
});

describe('nothing is put on hold', () => {
  it('while a payment of the sale could still turn out paid', async () => {
    const till = aTill({ pay: [TYPING] });
    till.ask(AMOUNT);
    till.scan(CODE);
    await settle();
    expect(till.hold(AMOUNT)).toMatchObject({ code: 'PAYMENT_UNRESOLVED' });
    expect(till.view().step).toBe('payment');
    expect(ledger.heldSales()).toEqual([]);
  });

  it('when it is paid, or is another amount than the cashier saw', async () => {
    const till = aTill({ pay: [PAID] });
    till.ask(AMOUNT);
    expect(till.hold(fen(500))).toMatchObject({ code: 'HOLD_UNASKED' });
    till.scan(CODE);
    await settle();
    expect(till.hold(AMOUNT)).toMatchObject({ code: 'HOLD_UNASKED' });
    till.next();
    till.ask(AMOUNT);
    till.takeCash(AMOUNT, AMOUNT);
    expect(till.hold(AMOUNT)).toMatchObject({ code: 'HOLD_UNASKED' });
    expect(ledger.heldSales()).toEqual([]);
  });

  it('when the books cannot be written: the sale stays in front', () => {
    const till = aTill();
    till.ask(AMOUNT);
    diskIsFull = true;
    expect(till.hold(AMOUNT)).toMatchObject({ code: 'LEDGER_UNWRITABLE' });
    expect(till.view()).toMatchObject({ step: 'scan', amountFen: 1_230 });
  });

  it('beyond what a counter can keep apart', () => {
    const till = aTill();
    for (let count = 0; count < HELD_MAX; count++) expect(till.hold(AMOUNT)).toBeUndefined();
    expect(till.hold(AMOUNT)).toMatchObject({ code: 'HELD_FULL' });
    expect(ledger.heldSales()).toHaveLength(HELD_MAX);
  });
});

describe('a held sale does not come to the front', () => {
  it('over an amount that waits, or a sale that is not finished', async () => {
    const till = aTill({ pay: [REFUSED], query: [NOT_FOUND] });
    till.hold(AMOUNT);
    const saleId = onlyHeld();
    till.ask(fen(500));
    expect(till.resume(saleId)).toBe('SALE_IN_FRONT');
    till.scan(CODE);
    expect(till.resume(saleId)).toBe('SALE_IN_FRONT');
    await settle();
    // Declined: it could still be tried again, or held.
    expect(till.resume(saleId)).toBe('SALE_IN_FRONT');
    till.hold(fen(500));
    expect(till.resume(saleId)).toBeUndefined();
  });
});
