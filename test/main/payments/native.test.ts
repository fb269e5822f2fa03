import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { QueryAnswer } from '../../../src/core/gateway-answer.ts';
import { fen } from '../../../src/core/money.ts';
import type { CloseAnswer, PlaceAnswer } from '../../../src/core/order-answer.ts';
import { DEFAULT_TIMINGS, type Payment } from '../../../src/core/payment.ts';
import type { PayOrder } from '../../../src/main/gateway/gateway.ts';
import { type Ledger, openLedgerReadOnly } from '../../../src/main/ledger/open-ledger.ts';
import { verifyLedger } from '../../../src/main/ledger/verify.ts';
import { createPaymentEngine, type PaymentEngine } from '../../../src/main/payments/engine.ts';
import { createTill, type Till } from '../../../src/main/sales/till.ts';
import { ManualClock, settle } from '../../fixtures/clock.ts';
import { aLedger, aSettlement, temporaryFolder } from '../../fixtures/ledger.ts';
import { scriptedGateway } from '../../fixtures/scripted-gateway.ts';

/* The real till, engine and books before a gateway that says what the test tells it to, in the test's own time. */

const MINUTE = 60_000;
const AMOUNT = fen(1_230);
const CODE = 'weixin://wxpay/bizpayurl?pr=AbCd123';
const PLACED: PlaceAnswer = { verdict: 'PLACED', placed: { prepayId: 'wx1', codeUrl: CODE } };
const SILENCE = { verdict: 'UNKNOWN', reason: { code: 'NO_REPLY' } } as const;
const PAID = { verdict: 'PAID', settlement: aSettlement() } as const;
const NOT_PAID: QueryAnswer = { verdict: 'NOT_PAID' };
const CLOSED = { verdict: 'CLOSED' } as const;

let folder: ReturnType<typeof temporaryFolder>;
let clock: ManualClock;
let ledger: Ledger;
let engine: PaymentEngine;
let till: Till;
let calls: string[];
let orders: PayOrder[];

beforeEach(() => {
  folder = temporaryFolder();
  clock = new ManualClock();
  ledger = aLedger(folder.path, () => clock.now());
  calls = [];
  orders = [];
});
afterEach(() => {
  ledger.close();
  const books = openLedgerReadOnly(folder.path);
  const { problems } = verifyLedger(books);
  books.close();
  folder.remove();
  // Whatever happened, the tables are what the journal makes of them.
  expect(problems).toEqual([]);
});

interface Script {
  readonly place?: readonly (PlaceAnswer | Promise<PlaceAnswer>)[];
  readonly query?: readonly QueryAnswer[];
  readonly close?: readonly CloseAnswer[];
}

function openTill({ place = [PLACED], query = [NOT_PAID], close = [CLOSED] }: Script): void {
  const { gateway } = scriptedGateway({});
  const asked = { place: 0, query: 0, close: 0 };
  const next = <T>(call: keyof typeof asked, answers: readonly T[]): T => {
    calls.push(call);
    const given = answers[Math.min(asked[call]++, answers.length - 1)];
    if (given === undefined) throw new Error(`The script has no answer to ${call}`);
    return given;
  };
  let ids = 0;
  engine = createPaymentEngine({
    ledger,
    gateway: { ...gateway, query: async () => next('query', query) },
    native: {
      async place(order) {
        // Durable before the wire: the gateway hears of nothing that the journal does not know.
        expect(ledger.paymentByNumber(order.outTradeNo)).toBeDefined();
        orders.push(order);
        return next('place', place);
      },
      close: async () => next('close', close),
    },
    clock,
    orderOf: ({ outTradeNo, amountFen }) => ({ outTradeNo, amountFen, body: 'b', deviceInfo: 'd', attach: 'a' }),
    whenPaid: ({ id, saleId }) => [
      { kind: 'print.queued', subject: `print-${id}`, payload: { saleId, paymentId: id, copy: 0 } },
    ],
    onChange: (payment) => till.settled(payment),
    onLedgerTrouble: () => {},
    onFault: (_, error) => {
      throw error;
    },
  });
  till = createTill({
    ledger,
    engine,
    hashCode: () => 'hash',
    newId: () => `id-${++ids}`,
    newTag: () => 'test',
    gateway: 'simulator',
    now: () => clock.now(),
    timings: DEFAULT_TIMINGS,
    qrTimings: { ...DEFAULT_TIMINGS, giveUpMs: 5 * MINUTE, reverseNotBeforeMs: 5 * MINUTE },
    onChange: () => {},
    whenCashPaid: () => [],
    onCash: () => {},
  });
}

const present = (): Payment | undefined => ledger.paymentByNumber('0001-01-000001-1test');

describe('a QR code that the till shows', () => {
  it('stands in the till’s view as a picture while it can be scanned, and is paid as soon as a query says so', async () => {
    openTill({ query: [NOT_PAID, PAID] });
    expect(till.offerQr(AMOUNT)).toBeUndefined();
    await settle();
    expect(till.view()).toMatchObject({ step: 'payment', payment: { phase: 'offered', method: 'native' } });
    expect(till.view().qr?.svg).toContain('<svg');
    await clock.advance(3_000);
    expect(till.view().payment?.phase).toBe('offered');
    await clock.advance(3_000);
    expect(till.view()).toMatchObject({ payment: { phase: 'paid' } });
    expect(till.view().qr).toBeUndefined();
    expect(ledger.sale('id-1')?.state).toBe('paid');
    expect(ledger.printsOpen()).toHaveLength(1);
  });

  it('is ordered once, however often the key is pressed, and only for what waits to be paid', async () => {
    openTill({});
    till.ask(AMOUNT);
    expect(till.offerQr(fen(999))?.code).toBe('QR_UNASKED');
    till.offerQr(AMOUNT);
    till.offerQr(AMOUNT);
    await settle();
    expect(calls).toEqual(['place']);
  });

  it('whose reply was lost is ordered again: the very same order', async () => {
    openTill({ place: [SILENCE, SILENCE, PLACED] });
    till.offerQr(AMOUNT);
    await clock.advance(3_000);
    expect(orders).toHaveLength(3);
    expect(new Set(orders.map((order) => JSON.stringify(order))).size).toBe(1);
    expect(till.view().payment?.phase).toBe('offered');
  });

  it('that nobody scans goes away after five minutes, and its order is closed', async () => {
    openTill({ query: [...Array<QueryAnswer>(101).fill(NOT_PAID), CLOSED] });
    till.offerQr(AMOUNT);
    await clock.advance(5 * MINUTE + 1_000);
    expect(calls.filter((call) => call === 'close')).toHaveLength(1);
    expect(present()?.state).toBe('reversed');
    expect(till.view().payment?.phase).toBe('cancelled');
  });

  it('is not closed sooner than five minutes after it was ordered, whoever hurries', async () => {
    openTill({});
    till.offerQr(AMOUNT);
    await settle();
    till.cancel();
    await settle();
    expect(till.view()).toMatchObject({ payment: { phase: 'closing', settled: false, leavable: true } });
    expect(till.view().qr).toBeUndefined();
    engine.hurry();
    await clock.advance(4 * MINUTE);
    expect(calls).not.toContain('close');
    await clock.advance(MINUTE + 1_000);
    expect(calls).toContain('close');
  });

  it('keeps its sale from being charged a second time until it is closed', async () => {
    openTill({});
    till.offerQr(AMOUNT);
    await settle();
    till.cancel();
    expect(() => till.retry()).toThrow('confirming');
    till.next();
    expect(till.view().step).toBe('amount');
    expect(ledger.unsettled()).toMatchObject({ count: 1, amountFen: AMOUNT });
  });

  it('that is paid although the cashier went on to the next customer is handed to a person', async () => {
    openTill({ query: [...Array<QueryAnswer>(101).fill(NOT_PAID), PAID], close: [{ verdict: 'ALREADY_PAID' }] });
    till.offerQr(AMOUNT);
    await clock.advance(5 * MINUTE - 1_000);
    till.cancel();
    till.next();
    await clock.advance(2 * MINUTE);
    expect(present()).toMatchObject({ state: 'attention', settlement: aSettlement() });
    expect(ledger.sale('id-1')?.state).toBe('open');
    expect(ledger.tasksForPerson()).toBe(1);
  });

  it('that ran out is not kept either once the cashier goes on to the next customer, who is told so once', async () => {
    const busy: CloseAnswer = { verdict: 'AGAIN', reason: { code: 'GATEWAY_BUSY' } };
    openTill({ query: [...Array<QueryAnswer>(103).fill(NOT_PAID), PAID], close: [busy] });
    till.offerQr(AMOUNT);
    await clock.advance(5 * MINUTE + 1_000);
    expect(present()).toMatchObject({ state: 'confirming', cause: 'timeout' });
    till.next();
    till.next();
    expect(present()).toMatchObject({ state: 'confirming', cause: 'cancelled' });
    await clock.advance(MINUTE);
    expect(present()).toMatchObject({ state: 'attention', settlement: aSettlement() });
    const kinds = ledger.about(present()?.id ?? '').map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'payment.cancelRequested')).toHaveLength(1);
  });

  it('that is paid just as its time runs out, with the customer still there, is paid', async () => {
    openTill({ query: [...Array<QueryAnswer>(101).fill(NOT_PAID), PAID], close: [{ verdict: 'ALREADY_PAID' }] });
    till.offerQr(AMOUNT);
    await clock.advance(6 * MINUTE);
    expect(till.view()).toMatchObject({ payment: { phase: 'paid' } });
    expect(ledger.printsOpen()).toHaveLength(1);
  });

  it('is asked after again by a till that was stopped meanwhile', async () => {
    openTill({ place: [PLACED] });
    till.offerQr(AMOUNT);
    await settle();
    await engine.stop();
    openTill({ query: [PAID] });
    expect(engine.resume()).toBe(1);
    await settle();
    expect(calls).toEqual(['place', 'query']);
    expect(present()?.state).toBe('paid');
    expect(ledger.sale('id-1')?.state).toBe('paid');
  });

  it('is not ordered for another amount while one lies open', async () => {
    openTill({});
    expect(till.offerQr(AMOUNT)).toBeUndefined();
    await settle();
    expect(till.offerQr(fen(1))?.code).toBe('QR_UNASKED');
    expect(calls).toEqual(['place']);
  });
});
