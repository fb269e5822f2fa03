import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fen } from '../../../src/core/money.ts';
import type { OrderLookUp } from '../../../src/core/order-look-up.ts';
import { DEFAULT_STATIC_LIMITS } from '../../../src/core/static-limits.ts';
import { beijingStamp } from '../../../src/core/time.ts';
import { LedgerError } from '../../../src/main/ledger/errors.ts';
import { type Ledger, openLedgerReadOnly, rebuildLedger } from '../../../src/main/ledger/open-ledger.ts';
import { verifyLedger } from '../../../src/main/ledger/verify.ts';
import { createPacer } from '../../../src/main/queue/pacer.ts';
import { createStaticLookUps, type StaticLookUps } from '../../../src/main/sales/static-look-ups.ts';
import { todaysSales } from '../../../src/main/sales/views.ts';
import { ManualClock, settle } from '../../fixtures/clock.ts';
import { aLedger, aSettlement, aSubmittedPayment, paid, temporaryFolder } from '../../fixtures/ledger.ts';
import { openScriptedTill } from '../../fixtures/scripted-till.ts';

const ID = '4200000000202601020000000007';
const OTHER_ID = '4200000000202601020000000008';
const AMOUNT = fen(1_230);
const approval = { manager: '王店长', why: '手机显示付给本店' };
const DOWN: OrderLookUp = { verdict: 'UNKNOWN', reason: { code: 'NOT_SENT' } };

let folder: ReturnType<typeof temporaryFolder>;
let clock: ManualClock;
let ledger: Ledger;
let lookUps: StaticLookUps;
let asked: string[];
let ownOrders: string[];
/** What the gateway says of each number; whoever is not in it does not exist. */
let orders: Map<string, OrderLookUp>;
let lineIsDown: boolean;
let diskIsFull: boolean;

beforeEach(() => {
  folder = temporaryFolder();
  clock = new ManualClock();
  ledger = aLedger(folder.path, () => clock.now());
  asked = [];
  ownOrders = [];
  orders = new Map();
  lineIsDown = false;
  diskIsFull = false;
  lookUps = start();
});
afterEach(async () => {
  await lookUps.stop();
  ledger.close();
  folder.remove();
});

function start(): StaticLookUps {
  return createStaticLookUps({
    ledger: {
      ...ledger,
      append(...drafts) {
        if (diskIsFull) throw new LedgerError('DISK_FULL', 'ledger.db', 'database or disk is full');
        return ledger.append(...drafts);
      },
    },
    gateway: {
      async lookUp(ref) {
        const id = 'transactionId' in ref ? ref.transactionId : ref.outTradeNo;
        asked.push(id);
        return lineIsDown ? DOWN : (orders.get(id) ?? { verdict: 'NOT_FOUND' });
      },
    },
    gatewayName: 'simulator',
    clock,
    pacer: createPacer({ clock, ratePerSecond: 0, concurrency: 0, random: () => 0 }),
    onChange: () => {},
    onOwnOrder: (paymentId) => ownOrders.push(paymentId),
    onFault: (error) => {
      throw error;
    },
  });
}

/** An order as the gateway knows it, paid a moment ago on the static code. */
function known(id: string, changes: Partial<Extract<OrderLookUp, { verdict: 'FOUND' }>['order']> = {}): void {
  orders.set(id, {
    verdict: 'FOUND',
    order: {
      state: 'PAID',
      gatewayState: 'SUCCESS',
      gatewayText: '',
      outTradeNo: `1000${id.slice(-8)}`,
      transactionId: id,
      settlement: aSettlement({ transactionId: id, timeEnd: beijingStamp(clock.now()) }),
      tradeType: 'JSAPI',
      deviceInfo: '',
      attach: '',
      ...changes,
    },
  });
}

/** A sale on the static code, over the real till. Returns the payment's id. */
function accept(transactionId?: string): string {
  const { till } = openScriptedTill({
    ledger,
    clock,
    dataDir: folder.path,
    isDiskFull: () => false,
    script: {},
    staticLimits: DEFAULT_STATIC_LIMITS,
  });
  const before = new Set(ledger.tasksOpen(99).map(({ id }) => id));
  till.ask(AMOUNT);
  // Ids of two tills must differ: the time makes them so.
  till.acceptStatic({ amountFen: AMOUNT, approval, transactionId });
  const task = ledger.tasksOpen(99).find(({ id, kind }) => kind === 'verify' && !before.has(id));
  return task?.subject ?? '';
}

const payment = (id: string) => ledger.staticPayment(id);
const day = () => todaysSales(ledger, clock.now());

describe('a look-up by the number on the customer’s phone', () => {
  it('proves the payment: it is received now, and nothing waits any more', async () => {
    const id = accept();
    known(ID);
    expect(await lookUps.prove(id, ID)).toMatchObject({ proof: { transactionId: ID } });
    expect(payment(id)).toMatchObject({ state: 'proven', proof: { transactionId: ID } });
    expect(day()).toMatchObject({
      paidCount: 1,
      paidFen: 1_230,
      wechatFen: 1_230,
      rows: [{ phase: 'paid', tender: 'static' }],
    });
    expect(day()).not.toHaveProperty('toVerify');
    expect(ledger.tasksOpen(9).map(({ kind }) => kind)).toEqual(['print']);
    expect(await lookUps.prove(id, ID)).toBeUndefined();
  });

  it('that proves nothing says what it found, and changes no money', async () => {
    const id = accept();
    known(ID, { settlement: aSettlement({ totalFen: fen(1_200), timeEnd: beijingStamp(clock.now()) }) });
    expect(await lookUps.prove(id, ID)).toEqual({ finding: { code: 'OTHER_AMOUNT', amountFen: 1_200 } });
    expect(await lookUps.prove(id, OTHER_ID)).toEqual({ finding: { code: 'NOT_FOUND' } });
    expect(payment(id)).toMatchObject({ state: 'accepted', claimedId: OTHER_ID, finding: { code: 'NOT_FOUND' } });
    expect(day()).toMatchObject({ paidFen: 0, toVerify: { count: 1, amountFen: 1_230 } });
  });

  it('proves one payment with one transaction, and no second', async () => {
    const first = accept();
    known(ID);
    await lookUps.prove(first, ID);
    clock.jump(1_000);
    ledger.close();
    ledger = aLedger(folder.path, () => clock.now());
    lookUps = start();
    const other = aSecondSale();
    expect(await lookUps.prove(other, ID)).toEqual({ finding: { code: 'USED', saleNumber: '0001-01-000001' } });
  });

  it('knows a payment that this till has made by a scanned code', async () => {
    const id = accept();
    ledger.append(...aSubmittedPayment(2), paid(2));
    known(ID, { outTradeNo: '0001-01-000002-1test' });
    expect(await lookUps.prove(id, ID)).toEqual({ finding: { code: 'OWN_PAYMENT', saleNumber: '0001-01-000002' } });
  });

  it('is not believed before it is written down', async () => {
    const id = accept();
    known(ID);
    diskIsFull = true;
    await expect(lookUps.prove(id, ID)).rejects.toThrow(LedgerError);
    expect(payment(id)).toMatchObject({ state: 'accepted' });
    diskIsFull = false;
    expect(await lookUps.prove(id, ID)).toHaveProperty('proof');
  });
});

describe('a number that nobody could be asked about', () => {
  it('is kept, and asked about as soon as the line is back', async () => {
    const id = accept();
    known(ID);
    lineIsDown = true;
    expect(await lookUps.prove(id, ID)).toMatchObject({ finding: { code: 'NOT_KNOWN', reason: { code: 'NOT_SENT' } } });
    expect(payment(id)).toMatchObject({ state: 'accepted', claimedId: ID });
    lineIsDown = false;
    lookUps.hurry();
    await settle();
    expect(payment(id)).toMatchObject({ state: 'proven' });
    expect(asked).toEqual([ID, ID]);
  });

  it('is asked about again by itself, ever more seldom, for as long as it takes', async () => {
    const id = accept(ID);
    known(ID);
    lineIsDown = true;
    lookUps.start();
    await clock.advance(3_600_000);
    // At once, after 5 s and 30 s, then every five minutes.
    expect(asked.length).toBe(3 + Math.floor((3_600_000 - 35_000) / 300_000));
    lineIsDown = false;
    await clock.advance(300_000);
    expect(payment(id)).toMatchObject({ state: 'proven' });
  });

  it('is asked about after a restart', async () => {
    const id = accept();
    lineIsDown = true;
    await lookUps.prove(id, ID);
    await lookUps.stop();
    ledger.close();
    ledger = aLedger(folder.path, () => clock.now());
    known(ID);
    lineIsDown = false;
    lookUps = start();
    lookUps.start();
    await clock.advance(5_000);
    expect(payment(id)).toMatchObject({ state: 'proven' });
  });

  it('is asked about once more when the answer could not be written down', async () => {
    const id = accept(ID);
    known(ID);
    diskIsFull = true;
    lookUps.start();
    await settle();
    diskIsFull = false;
    await clock.advance(5_000);
    expect(payment(id)).toMatchObject({ state: 'proven' });
  });

  it('is not spoken of any more when a person has read another one meanwhile', async () => {
    const id = accept(ID);
    lineIsDown = true;
    lookUps.start();
    await lookUps.prove(id, OTHER_ID);
    await settle();
    expect(payment(id)).toMatchObject({ state: 'accepted', claimedId: OTHER_ID, tries: 1 });
  });

  it('can be tried now, and one that was never read cannot', async () => {
    expect(lookUps.tryNow(accept())).toBe(false);
    expect(lookUps.tryNow('nobody')).toBe(false);
  });

  it('that was not found can be tried again: the bill of the bank may have been slow', async () => {
    const id = accept();
    await lookUps.prove(id, ID);
    known(ID);
    expect(lookUps.tryNow(id)).toBe(true);
    await settle();
    expect(payment(id)).toMatchObject({ state: 'proven' });
  });
});

describe('a manager’s word', () => {
  const decision = { manager: '李店长', why: '账单里没有' };

  it('ends it as not received: in no total, and for good', async () => {
    const id = accept(ID);
    known(ID);
    expect(lookUps.disprove(id, decision)).toBe(true);
    expect(lookUps.disprove(id, decision)).toBe(false);
    expect(await lookUps.prove(id, ID)).toBeUndefined();
    expect(day()).toMatchObject({ paidFen: 0, rows: [{ phase: 'disproven' }] });
    expect(day()).not.toHaveProperty('toVerify');
    expect(ledger.task(`verify:${id}`)).toMatchObject({ state: 'done' });
    ledger.close();
    rebuildLedger(folder.path);
    const db = openLedgerReadOnly(folder.path);
    expect(verifyLedger(db).problems).toEqual([]);
    db.close();
    ledger = aLedger(folder.path, () => clock.now());
  });
});

describe('a look-up for a payment by a scanned code that is not certain', () => {
  const silence = { verdict: 'UNKNOWN', reason: { code: 'NO_REPLY' } } as const;

  it('says whose money it is and changes nothing; its own order is asked for at once', async () => {
    ledger.append(...aSubmittedPayment(1), {
      kind: 'payment.answered',
      subject: 'payment-1',
      payload: { answer: silence },
    });
    const before = ledger.payment('payment-1');
    known(ID);
    known(OTHER_ID, { outTradeNo: '0001-01-000001-1test' });
    // The same amount on the static code proves nothing about a scanned code: both may have been paid.
    expect(await lookUps.explain('payment-1', ID)).toEqual({ code: 'OTHER_PAYMENT' });
    expect(ownOrders).toEqual([]);
    expect(await lookUps.explain('payment-1', OTHER_ID)).toEqual({
      code: 'OWN_PAYMENT',
      saleNumber: '0001-01-000001',
    });
    expect(ownOrders).toEqual(['payment-1']);
    expect(ledger.payment('payment-1')).toEqual(before);
    expect(await lookUps.explain('nobody', ID)).toBeUndefined();
  });
});

/** Written by hand: the scripted till counts its ids anew, and would use those of the first sale again. */
function aSecondSale(): string {
  ledger.append(
    { kind: 'sale.opened', subject: 'sale-b', payload: { number: '0001-01-000002', sequence: 2, amountFen: AMOUNT } },
    {
      kind: 'static.accepted',
      subject: 'static-b',
      payload: { saleId: 'sale-b', amountFen: AMOUNT, gateway: 'simulator', approval },
    },
  );
  return 'static-b';
}
