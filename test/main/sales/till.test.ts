import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fen } from '../../../src/core/money.ts';
import type { Ledger } from '../../../src/main/ledger/open-ledger.ts';
import { PaymentUnresolved } from '../../../src/main/sales/till.ts';
import { ManualClock, settle } from '../../fixtures/clock.ts';
import { aLedger, aSettlement, temporaryFolder } from '../../fixtures/ledger.ts';
import { openScriptedTill, type ScriptedTill } from '../../fixtures/scripted-till.ts';

const CODE = '134567890123456789';
const OTHER_CODE = '134567890123456780';
const AMOUNT = fen(1230);
const PAID = { verdict: 'PAID', settlement: aSettlement() } as const;
const TYPING = { verdict: 'UNKNOWN', reason: { code: 'AWAITING_PASSWORD' } } as const;
const SILENCE = { verdict: 'UNKNOWN', reason: { code: 'NO_REPLY' } } as const;
const REFUSED = { verdict: 'DECLINED', reason: { code: 'NOT_ENOUGH' }, thenReverse: false } as const;

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

function aTill(script: ScriptedTill['script'] = { pay: [PAID] }) {
  return openScriptedTill({ ledger, clock, dataDir: folder.path, isDiskFull: () => diskIsFull, script });
}

describe('a sale', () => {
  it('goes from amount to scan to paid to the next amount', async () => {
    const { till } = aTill();
    expect(till.view()).toEqual({ step: 'amount', amountFen: 0 });
    till.ask(AMOUNT);
    expect(till.view()).toEqual({ step: 'scan', amountFen: 1230 });
    expect(till.scan(CODE)).toBeUndefined();
    await settle();
    expect(till.view()).toMatchObject({
      step: 'payment',
      saleNumber: '0001-01-000001',
      payment: { phase: 'paid', settled: true, paidFen: 1230, outTradeNo: '0001-01-000001-1test' },
    });
    till.next();
    expect(till.view().step).toBe('amount');
  });

  it('may begin as soon as the last one is paid, without a step in between', async () => {
    const { till } = aTill();
    till.ask(AMOUNT);
    till.scan(CODE);
    await settle();
    till.ask(fen(500));
    till.scan(OTHER_CODE);
    await settle();
    expect(till.view().saleNumber).toBe('0001-01-000002');
  });

  it('that was declined takes a fresh code under the same number, as a new attempt', async () => {
    const { till } = aTill({ pay: [REFUSED, PAID], query: [{ verdict: 'NOT_FOUND' }] });
    till.ask(AMOUNT);
    till.scan(CODE);
    await settle();
    expect(till.retry()).toBe(true);
    expect(till.view()).toEqual({ step: 'scan', amountFen: 1230, saleNumber: '0001-01-000001' });
    till.scan(OTHER_CODE);
    await settle();
    expect(till.view().payment).toMatchObject({ phase: 'paid', outTradeNo: '0001-01-000001-2test' });
  });

  it('that is given up after a decline is abandoned in the books', async () => {
    const { till } = aTill({ pay: [REFUSED], query: [{ verdict: 'NOT_FOUND' }] });
    till.ask(AMOUNT);
    till.scan(CODE);
    await settle();
    till.next();
    expect(ledger.salesBetween(0, Number.MAX_SAFE_INTEGER, 9)).toMatchObject([{ state: 'abandoned' }]);
  });

  it('that is paid cannot be tried again', async () => {
    const { till } = aTill();
    till.ask(AMOUNT);
    till.scan(CODE);
    await settle();
    expect(till.retry()).toBe(false);
  });

  it('leaves nothing in the books when the cashier steps back before a scan', () => {
    const { till } = aTill();
    till.ask(AMOUNT);
    till.cancel();
    expect(till.view().step).toBe('amount');
    expect(ledger.salesBetween(0, Number.MAX_SAFE_INTEGER, 9)).toEqual([]);
  });
});

describe('a scan that is no payment', () => {
  it.each([
    ['281234567890123456', 'SCAN_ALIPAY'],
    ['6212345678901234567', 'SCAN_UNIONPAY'],
    ['0112345678901234567', 'SCAN_ECNY'],
    ['6901234567892', 'SCAN_PRODUCT'],
    ['https://example.com', 'SCAN_LINK'],
    ['13456789', 'SCAN_GARBAGE'],
  ])('%s says what it is and does nothing', (text, code) => {
    const { till, calls } = aTill();
    till.ask(AMOUNT);
    expect(till.scan(text)).toMatchObject({ code });
    expect(till.view()).toMatchObject({ step: 'scan', notice: { code } });
    expect(calls).toEqual([]);
  });

  it('is a payment code that nobody asked for', () => {
    const { till, calls } = aTill();
    expect(till.scan(CODE)).toMatchObject({ code: 'SCAN_UNASKED' });
    expect(calls).toEqual([]);
  });

  it('is the same code again: it is single use, so it is never sent twice', async () => {
    const { till, calls } = aTill();
    till.ask(AMOUNT);
    till.scan(CODE);
    await settle();
    till.ask(AMOUNT);
    expect(till.scan(CODE)).toMatchObject({ code: 'SCAN_REPEATED' });
    expect(calls).toEqual(['pay']);
  });
});

describe('a scanner that reads the phone again and again', () => {
  it('makes no news of the code that was just paid with', async () => {
    const { till, calls } = aTill();
    till.ask(AMOUNT);
    till.scan(CODE);
    await settle();
    expect(till.scan(CODE)).toMatchObject({ code: 'SCAN_REPEATED' });
    expect(till.view().notice).toBeUndefined();
    expect(calls).toEqual(['pay']);
  });

  it('may charge a code that never left this machine, when the line is back', async () => {
    const { till, calls } = aTill({ pay: [{ verdict: 'NOT_SENT', reason: { code: 'NOT_SENT' } }, PAID] });
    till.ask(AMOUNT);
    till.scan(CODE);
    await settle();
    expect(till.view().payment).toMatchObject({ phase: 'declined', reason: { code: 'NOT_SENT' } });
    till.retry();
    expect(till.scan(CODE)).toBeUndefined();
    await settle();
    expect(till.view().payment?.phase).toBe('paid');
    expect(calls).toEqual(['pay', 'pay']);
  });
});

describe('a payment that is not certain', () => {
  it('keeps its sale from being charged again', async () => {
    const { till, calls } = aTill({ pay: [TYPING] });
    till.ask(AMOUNT);
    till.scan(CODE);
    await settle();
    expect(till.scan(OTHER_CODE)).toMatchObject({ code: 'PAYMENT_UNRESOLVED' });
    expect(till.scan(CODE)).toMatchObject({ code: 'SCAN_REPEATED' });
    expect(() => till.retry()).toThrow(PaymentUnresolved);
    expect(calls).toEqual(['pay']);
  });

  it('cannot be left while the customer is typing, only cancelled', async () => {
    const { till } = aTill({ pay: [TYPING] });
    till.ask(AMOUNT);
    till.scan(CODE);
    await settle();
    expect(() => till.next()).toThrow(PaymentUnresolved);
    expect(() => till.ask(AMOUNT)).toThrow(PaymentUnresolved);
    till.cancel();
    expect(till.view().payment).toMatchObject({ phase: 'cancelling', cancellable: false });
  });

  it('can be left to resolve itself when nobody is there to wait for, and its sale stays open until it has', async () => {
    const { till } = aTill({ pay: [SILENCE], query: [SILENCE] });
    till.ask(AMOUNT);
    till.scan(CODE);
    await settle();
    // It could still turn out paid, and the customer pay twice: first it has to be on its way back.
    expect(till.view().payment).toMatchObject({ phase: 'uncertain', leavable: false, cancellable: true });
    expect(() => till.ask(fen(500))).toThrow(PaymentUnresolved);
    till.cancel();
    till.ask(fen(500));
    expect(till.view().step).toBe('scan');
    expect(ledger.unsettled()).toMatchObject({ count: 1 });
    expect(ledger.salesBetween(0, Number.MAX_SAFE_INTEGER, 9)).toMatchObject([{ state: 'open' }]);
  });
});

describe('a full disk', () => {
  it('refuses the scan before anything is sent, and takes the next one when there is room', async () => {
    const { till, calls } = aTill();
    till.ask(AMOUNT);
    diskIsFull = true;
    expect(till.scan(CODE)).toMatchObject({ code: 'LEDGER_UNWRITABLE', detail: 'database or disk is full' });
    expect(calls).toEqual([]);
    diskIsFull = false;
    expect(till.scan(CODE)).toBeUndefined();
    await settle();
    expect(till.view().payment?.phase).toBe('paid');
  });

  it('cannot record a cancellation, and says so', async () => {
    const { till } = aTill({ pay: [TYPING] });
    till.ask(AMOUNT);
    till.scan(CODE);
    await settle();
    diskIsFull = true;
    till.cancel();
    expect(till.view()).toMatchObject({ payment: { phase: 'password' }, notice: { code: 'LEDGER_UNWRITABLE' } });
  });
});
