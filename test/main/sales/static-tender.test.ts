import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fen } from '../../../src/core/money.ts';
import { DEFAULT_STATIC_LIMITS } from '../../../src/core/static-limits.ts';
import { LEDGER_FILE, type Ledger, rebuildLedger } from '../../../src/main/ledger/open-ledger.ts';
import { verifyLedger } from '../../../src/main/ledger/verify.ts';
import { createPrintQueue } from '../../../src/main/printing/print-queue.ts';
import { createReceipts } from '../../../src/main/printing/receipts.ts';
import { queueView } from '../../../src/main/queue/view.ts';
import { saleStory, todaysSales } from '../../../src/main/sales/views.ts';
import { ManualClock, settle } from '../../fixtures/clock.ts';
import { aLedger, aSettlement, temporaryFolder } from '../../fixtures/ledger.ts';
import { openScriptedTill, type ScriptedTill } from '../../fixtures/scripted-till.ts';

const CODE = '134567890123456789';
const AMOUNT = fen(1_230);
const ID = '4200000000202601020000000007';
const TYPING = { verdict: 'UNKNOWN', reason: { code: 'AWAITING_PASSWORD' } } as const;
const APPROVED = { amountFen: AMOUNT, approval: { manager: '王店长', why: '手机显示付给本店' } };
const SHOP = { storeName: '天虹便利店', storeId: '0001', terminalId: '01' };

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

function aTill(script: ScriptedTill['script'] = {}, staticLimits = DEFAULT_STATIC_LIMITS) {
  const isDiskFull = () => diskIsFull;
  return openScriptedTill({ ledger, clock, dataDir: folder.path, isDiskFull, script, staticLimits }).till;
}

const day = () => todaysSales(ledger, clock.now());
const sale = () => {
  const [only] = ledger.salesBetween(0, Number.MAX_SAFE_INTEGER, 9);
  if (only === undefined) throw new Error('There is no sale');
  return only;
};

function sellOnStaticCode(amountFen = AMOUNT, transactionId?: string, till = aTill()) {
  till.ask(amountFen);
  const notice = till.acceptStatic({ ...APPROVED, amountFen, transactionId });
  till.next();
  return notice;
}

describe('a payment on the static code', () => {
  it('is to be verified: in the books and on a receipt, but in no total', () => {
    const till = aTill();
    till.ask(AMOUNT);
    expect(till.view()).toMatchObject({ staticOffer: { perPaymentFen: 50_000, inAllFen: 200_000, roomFen: 50_000 } });
    expect(till.acceptStatic(APPROVED)).toBeUndefined();
    expect(till.view()).toMatchObject({
      step: 'static',
      saleNumber: '0001-01-000001',
      static: { state: 'accepted', amountFen: 1_230, manager: '王店长', seen: '手机显示付给本店' },
    });
    expect(sale()).toMatchObject({ state: 'toVerify', lastPrint: 'queued' });
    expect(day()).toMatchObject({
      rows: [{ phase: 'toVerify', tender: 'static' }],
      paidCount: 0,
      paidFen: 0,
      wechatFen: 0,
      cashFen: 0,
      unsettledCount: 0,
      toVerify: { count: 1, amountFen: 1_230 },
    });
  });

  it('is a task for a person, with all that is known of it', () => {
    sellOnStaticCode(AMOUNT, ID);
    expect(queueView(ledger)).toMatchObject({
      count: 0,
      humanCount: 0,
      toVerify: { count: 1, amountFen: 1_230 },
      tasks: [
        { kind: 'print' },
        {
          kind: 'verify',
          state: 'human',
          amountFen: 1_230,
          saleNumber: '0001-01-000001',
          verify: { manager: '王店长', transactionId: ID, state: 'accepted' },
        },
      ],
    });
  });

  it('is accepted once, however often it is confirmed', () => {
    const till = aTill();
    till.ask(AMOUNT);
    till.acceptStatic(APPROVED);
    expect(till.acceptStatic(APPROVED)).toBeUndefined();
    expect(ledger.toVerify()).toMatchObject({ count: 1 });
  });

  it('keeps the sale from being charged a second time', async () => {
    const till = aTill();
    till.ask(AMOUNT);
    till.acceptStatic(APPROVED);
    expect(till.scan(CODE)).toMatchObject({ code: 'SCAN_UNASKED' });
    expect(till.takeCash(AMOUNT, AMOUNT)).toMatchObject({ code: 'CASH_UNASKED' });
    expect(till.hold(AMOUNT)).toMatchObject({ code: 'HOLD_UNASKED' });
    expect(till.retry()).toBe(false);
    till.cancel();
    till.next();
    await settle();
    expect(sale().state).toBe('toVerify');
  });

  it('says so on its receipt, which is no proof of payment', async () => {
    sellOnStaticCode();
    const printed: unknown[] = [];
    const prints = createPrintQueue({
      ledger,
      printer: {
        print: async (receipt) => {
          printed.push(receipt);
          return { result: 'printed' };
        },
        status: () => ({ kind: 'printer', name: 'virtual', state: 'ready' }),
      },
      shop: SHOP,
      clock,
      newId: () => 'print-9',
      onChange: () => {},
      onFault: (error) => {
        throw error;
      },
    });
    prints.start();
    await prints.idle();
    expect(printed).toMatchObject([{ tender: 'static', proven: false, totalFen: 1_230, copy: 0 }]);
    expect(createReceipts({ ledger, prints, shop: SHOP, columns: 48 }).reprint(sale())).toBe(1);
  });

  it('tells its story', () => {
    sellOnStaticCode();
    const kinds = saleStory(ledger, sale(), clock.now()).lines.map(({ kind }) => kind);
    expect(kinds).toEqual(['sale.opened', 'static.accepted', 'print.queued']);
  });

  it('is what the journal says: a rebuild makes it again, and a quiet change is found', () => {
    sellOnStaticCode(AMOUNT, ID);
    ledger.close();
    const db = new Database(join(folder.path, LEDGER_FILE));
    db.exec(`UPDATE static_payment SET amount_fen = 1; UPDATE sale SET to_verify = 0`);
    expect(verifyLedger(db).problems).toEqual([
      expect.stringMatching(/^static_payment row/),
      expect.stringMatching(/^sale row/),
    ]);
    rebuildLedger(folder.path);
    expect(verifyLedger(db).problems).toEqual([]);
    db.close();
    ledger = aLedger(folder.path, () => clock.now());
    expect(ledger.toVerify()).toMatchObject({ count: 1, amountFen: 1_230 });
    expect(ledger.staticOwed()).toMatchObject([{ claimedId: ID }]);
  });

  it('pays a held sale that was taken up again', () => {
    const till = aTill();
    till.hold(AMOUNT);
    const [held] = ledger.heldSales();
    till.resume(held?.saleId ?? '');
    expect(till.acceptStatic(APPROVED)).toBeUndefined();
    expect(ledger.heldSales()).toEqual([]);
    expect(sale()).toMatchObject({ id: held?.saleId, state: 'toVerify' });
  });
});

describe('a payment on the static code is refused', () => {
  it('beyond the limit of one payment, and beyond the limit of all', () => {
    const till = aTill();
    const sell = (amountFen: number) => sellOnStaticCode(fen(amountFen), undefined, till);
    expect(sell(50_001)).toMatchObject({ code: 'STATIC_OVER_ONE', detail: '50000' });
    for (let count = 0; count < 4; count++) expect(sell(45_000)).toBeUndefined();
    expect(sell(20_001)).toMatchObject({ code: 'STATIC_OVER_ALL', detail: '20000' });
    expect(sell(20_000)).toBeUndefined();
    expect(ledger.toVerify()).toMatchObject({ count: 5, amountFen: 200_000 });
  });

  it('where it is switched off, and the till offers none', () => {
    const till = aTill({}, { ...DEFAULT_STATIC_LIMITS, enabled: false });
    till.ask(AMOUNT);
    expect(till.view()).not.toHaveProperty('staticOffer');
    expect(till.acceptStatic(APPROVED)).toMatchObject({ code: 'STATIC_OFF' });
    expect(till.view().step).toBe('scan');
  });

  it('while nothing waits to be paid, or another amount than the manager saw', () => {
    const till = aTill();
    expect(till.acceptStatic(APPROVED)).toMatchObject({ code: 'STATIC_UNASKED' });
    till.ask(fen(500));
    expect(till.acceptStatic(APPROVED)).toMatchObject({ code: 'STATIC_UNASKED' });
  });

  it('while a payment of the sale could still turn out paid', async () => {
    const till = aTill({ pay: [TYPING] });
    till.ask(AMOUNT);
    till.scan(CODE);
    await settle();
    expect(till.acceptStatic(APPROVED)).toMatchObject({ code: 'STATIC_UNASKED' });
    expect(ledger.toVerify().count).toBe(0);
  });

  it('when the same transaction was shown for another sale', async () => {
    const till = aTill({ pay: [{ verdict: 'PAID', settlement: aSettlement() }] });
    sellOnStaticCode(AMOUNT, ID, till);
    const again = sellOnStaticCode(AMOUNT, ID, till);
    expect(again).toMatchObject({ code: 'STATIC_USED', detail: '0001-01-000001' });
    till.ask(AMOUNT);
    till.scan(CODE);
    await settle();
    const { transactionId } = aSettlement();
    const scanned = sellOnStaticCode(AMOUNT, transactionId, till);
    expect(scanned).toMatchObject({ code: 'STATIC_USED', detail: '0001-01-000002' });
  });

  it('when the books cannot be written, and can be when they can again', () => {
    const till = aTill();
    till.ask(AMOUNT);
    diskIsFull = true;
    expect(till.acceptStatic(APPROVED)).toMatchObject({ code: 'LEDGER_UNWRITABLE' });
    expect(till.view().step).toBe('scan');
    diskIsFull = false;
    expect(till.acceptStatic(APPROVED)).toBeUndefined();
  });
});

it('a transaction’s number that a scanner reads is told by what it is, and charges nothing', () => {
  const till = aTill();
  till.ask(AMOUNT);
  expect(till.scan(`${ID}\r`)).toMatchObject({ code: 'SCAN_TRANSACTION', detail: ID });
  expect(till.view().step).toBe('scan');
});
