import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fen } from '../../../src/core/money.ts';
import { type Ledger, openLedgerReadOnly, rebuildLedger } from '../../../src/main/ledger/open-ledger.ts';
import { verifyLedger } from '../../../src/main/ledger/verify.ts';
import { createPrintQueue } from '../../../src/main/printing/print-queue.ts';
import { saleStory, todaysSales } from '../../../src/main/sales/views.ts';
import { ManualClock, settle } from '../../fixtures/clock.ts';
import { aLedger, aSettlement, aSubmittedPayment, paid, temporaryFolder } from '../../fixtures/ledger.ts';
import { asFirstVersion } from '../../fixtures/older-ledger.ts';
import { openScriptedTill, type ScriptedTill } from '../../fixtures/scripted-till.ts';

const CODE = '134567890123456789';
const AMOUNT = fen(1_230);
const HUNDRED = fen(10_000);
const PAID = { verdict: 'PAID', settlement: aSettlement() } as const;
const REFUSED = { verdict: 'DECLINED', reason: { code: 'NOT_ENOUGH' }, thenReverse: false } as const;
const TYPING = { verdict: 'UNKNOWN', reason: { code: 'AWAITING_PASSWORD' } } as const;

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

const sales = () => ledger.salesBetween(0, Number.MAX_SAFE_INTEGER, 9);

describe('cash', () => {
  it('pays the amount that waits, with the receipt owed in the same transaction', () => {
    const till = aTill();
    till.ask(AMOUNT);
    expect(till.takeCash(AMOUNT, HUNDRED)).toBeUndefined();
    expect(till.view()).toMatchObject({
      step: 'cash',
      saleNumber: '0001-01-000001',
      cash: { amountFen: 1_230, tenderedFen: 10_000, changeFen: 8_770 },
    });
    expect(sales()).toMatchObject([{ state: 'paid', cash: { tenderedFen: 10_000 }, lastPrint: 'queued' }]);
    till.next();
    expect(till.view().step).toBe('amount');
  });

  it('is taken once, however often it is confirmed', () => {
    const till = aTill();
    till.ask(AMOUNT);
    till.takeCash(AMOUNT, HUNDRED);
    expect(till.takeCash(AMOUNT, HUNDRED)).toBeUndefined();
    expect(sales()).toHaveLength(1);
  });

  it('pays the same sale after a payment that did not move money', async () => {
    const till = aTill({ pay: [REFUSED], query: [{ verdict: 'NOT_FOUND' }] });
    till.ask(AMOUNT);
    till.scan(CODE);
    await settle();
    till.retry();
    till.takeCash(AMOUNT, AMOUNT);
    expect(till.view()).toMatchObject({ step: 'cash', saleNumber: '0001-01-000001' });
    expect(todaysSales(ledger, clock.now()).rows).toMatchObject([{ phase: 'paid', tender: 'cash' }]);
  });

  it.each([
    ['less than the amount', fen(1_229), 'CASH_TOO_LITTLE'],
    ['far more than the amount', fen(1_000_000), 'CASH_TOO_MUCH'],
  ])('is refused when it is %s, and nothing is written', (_, tenderedFen, code) => {
    const till = aTill();
    till.ask(AMOUNT);
    expect(till.takeCash(AMOUNT, tenderedFen)).toMatchObject({ code });
    expect(till.view().step).toBe('scan');
    expect(sales()).toEqual([]);
  });

  it('is refused while nothing waits to be paid, or another amount than the cashier saw', () => {
    const till = aTill();
    expect(till.takeCash(AMOUNT, AMOUNT)).toMatchObject({ code: 'CASH_UNASKED' });
    till.ask(fen(500));
    expect(till.takeCash(AMOUNT, AMOUNT)).toMatchObject({ code: 'CASH_UNASKED' });
    expect(sales()).toEqual([]);
  });

  it('is refused while a payment of the sale could still turn out paid', async () => {
    const till = aTill({ pay: [TYPING] });
    till.ask(AMOUNT);
    till.scan(CODE);
    await settle();
    expect(till.takeCash(AMOUNT, AMOUNT)).toMatchObject({ code: 'PAYMENT_UNRESOLVED' });
    expect(sales()).toMatchObject([{ state: 'open' }]);
  });

  it('is not taken when the books cannot be written, and can be when they can again', () => {
    const till = aTill();
    till.ask(AMOUNT);
    diskIsFull = true;
    expect(till.takeCash(AMOUNT, AMOUNT)).toMatchObject({ code: 'LEDGER_UNWRITABLE' });
    expect(till.view().step).toBe('scan');
    diskIsFull = false;
    expect(till.takeCash(AMOUNT, AMOUNT)).toBeUndefined();
  });

  it('is not undone by stepping back', () => {
    const till = aTill();
    till.ask(AMOUNT);
    till.takeCash(AMOUNT, AMOUNT);
    till.cancel();
    expect(till.retry()).toBe(false);
    expect(sales()).toMatchObject([{ state: 'paid' }]);
  });
});

describe('the books of a day with both tenders', () => {
  it('tell them apart in the totals, and what was handed over in the story', async () => {
    const till = aTill({ pay: [PAID] });
    till.ask(AMOUNT);
    till.scan(CODE);
    await settle();
    till.ask(fen(500));
    till.takeCash(fen(500), fen(5_000));
    const day = todaysSales(ledger, clock.now());
    expect(day).toMatchObject({ paidCount: 2, paidFen: 1_730, cashFen: 500, wechatFen: 1_230 });
    expect(day.rows.map(({ tender }) => tender)).toEqual(['cash', 'wechat']);
    const sale = ledger.sale(day.rows[0]?.saleId ?? '');
    const story = sale && saleStory(ledger, sale, clock.now());
    expect(story?.lines.map(({ kind }) => kind)).toEqual(['sale.opened', 'cash.received', 'print.queued']);
  });

  it('are whole, row for row, as they are kept and as they are rebuilt', () => {
    const till = aTill();
    till.ask(AMOUNT);
    till.takeCash(AMOUNT, HUNDRED);
    const [before] = sales();
    ledger.close();
    rebuildLedger(folder.path);
    const db = openLedgerReadOnly(folder.path);
    expect(verifyLedger(db).problems).toEqual([]);
    db.close();
    ledger = aLedger(folder.path, () => clock.now());
    expect(sales()).toEqual([before]);
  });
});

describe('books from before there was cash', () => {
  it('keep every receipt when they are opened', () => {
    ledger.append(...aSubmittedPayment());
    const receipt = { saleId: 'sale-1', paymentId: 'payment-1', copy: 0 };
    ledger.append(paid(), { kind: 'print.queued', subject: 'print-1', payload: receipt });
    ledger.close();
    asFirstVersion(join(folder.path, 'ledger.db'));
    ledger = aLedger(folder.path, () => clock.now());
    expect(ledger.printsOfSale('sale-1')).toMatchObject([{ id: 'print-1', paymentId: 'payment-1', state: 'queued' }]);
    const db = openLedgerReadOnly(folder.path);
    expect(verifyLedger(db).problems).toEqual([]);
    db.close();
  });
});

describe('a receipt for cash', () => {
  it('comes out of the printer with what was handed over and what went back', async () => {
    const till = aTill();
    till.ask(AMOUNT);
    till.takeCash(AMOUNT, HUNDRED);
    const printed: unknown[] = [];
    const prints = createPrintQueue({
      ledger,
      printer: {
        status: () => ({ kind: 'printer', name: 'test', state: 'ready' }),
        print: async (receipt) => {
          printed.push(receipt);
          return { result: 'printed' };
        },
      },
      shop: { storeName: '街角小店', storeId: '0001', terminalId: '01' },
      clock,
      newId: () => 'unused',
      onChange: () => {},
      onFault: (error) => {
        throw error;
      },
    });
    prints.start();
    await prints.idle();
    expect(printed).toMatchObject([{ tender: 'cash', totalFen: 1_230, tenderedFen: 10_000, changeFen: 8_770 }]);
    expect(sales()).toMatchObject([{ lastPrint: 'printed' }]);
  });
});
