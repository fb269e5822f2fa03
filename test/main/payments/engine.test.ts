import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PayAnswer, QueryAnswer, ReverseAnswer } from '../../../src/core/gateway-answer.ts';
import { fen } from '../../../src/core/money.ts';
import type { Payment } from '../../../src/core/payment.ts';
import { Secret } from '../../../src/core/secret.ts';
import type { PaymentGateway } from '../../../src/main/gateway/gateway.ts';
import { LedgerError } from '../../../src/main/ledger/errors.ts';
import type { Ledger } from '../../../src/main/ledger/open-ledger.ts';
import { createPaymentEngine } from '../../../src/main/payments/engine.ts';
import { ManualClock, settle } from '../../fixtures/clock.ts';
import { aLedger, aSettlement, aSubmittedPayment, temporaryFolder } from '../../fixtures/ledger.ts';
import { scriptedGateway } from '../../fixtures/scripted-gateway.ts';

const PAID = { verdict: 'PAID', settlement: aSettlement() } as const;
const NOT_PAID: QueryAnswer = { verdict: 'NOT_PAID' };
const CLOSED: QueryAnswer = { verdict: 'CLOSED' };
const NOT_FOUND: QueryAnswer = { verdict: 'NOT_FOUND' };
const PASSWORD: QueryAnswer = { verdict: 'AWAITING_PASSWORD' };
const SILENCE = { verdict: 'UNKNOWN', reason: { code: 'NO_REPLY' } } as const;
const REVERSED: ReverseAnswer = { verdict: 'REVERSED' };
const AGAIN: ReverseAnswer = { verdict: 'AGAIN', reason: { code: 'GATEWAY_BUSY' } };
const TYPING: PayAnswer = { verdict: 'UNKNOWN', reason: { code: 'AWAITING_PASSWORD' } };
const REFUSED: PayAnswer = { verdict: 'DECLINED', reason: { code: 'NOT_ENOUGH' }, thenReverse: false };
const NOT_SENT: PayAnswer = { verdict: 'NOT_SENT', reason: { code: 'NOT_SENT' } };

let folder: ReturnType<typeof temporaryFolder>;
let clock: ManualClock;
let ledger: Ledger;
let seen: string[];
let faults: unknown[];

beforeEach(() => {
  folder = temporaryFolder();
  clock = new ManualClock();
  ledger = aLedger(folder.path, () => clock.now());
  seen = [];
  faults = [];
});
afterEach(() => {
  ledger.close();
  folder.remove();
  expect(faults).toEqual([]);
});

function anEngine(gateway: PaymentGateway, books: Pick<Ledger, 'append' | 'payment' | 'paymentsOwed'> = ledger) {
  return createPaymentEngine({
    ledger: books,
    gateway,
    clock,
    orderOf: ({ outTradeNo, amountFen }) => ({ outTradeNo, amountFen, body: 'b', deviceInfo: 'd', attach: 'a' }),
    whenPaid: ({ id, saleId }) => [
      { kind: 'print.queued', subject: `print-${id}`, payload: { saleId, paymentId: id, copy: 0 } },
    ],
    onChange: ({ state }) => seen.push(state),
    onLedgerTrouble: (error) => seen.push(error === undefined ? 'ledger well' : error.code),
    onFault: (_, error) => faults.push(error),
  });
}

function charge(script: Parameters<typeof scriptedGateway>[0]) {
  const { gateway, calls } = scriptedGateway(script);
  const engine = anEngine(gateway);
  engine.charge(aSubmittedPayment(), new Secret('134567890123456789'));
  return { engine, calls };
}

function now(): Payment | undefined {
  return ledger.payment('payment-1');
}

describe('a payment', () => {
  it('is durable before the gateway hears of it', async () => {
    let known: unknown;
    charge({
      pay: [
        () => {
          const reader = ledger.about('payment-1');
          known = reader.map(({ kind }) => kind);
          return PAID;
        },
      ],
    });
    await settle();
    expect(known).toEqual(['payment.submitted']);
    expect(now()?.state).toBe('paid');
  });

  it('owes its receipt from the very commit that made it paid', async () => {
    charge({ pay: [PAID] });
    await settle();
    expect(ledger.printsOpen()).toMatchObject([{ saleId: 'sale-1', copy: 0, state: 'queued' }]);
    expect(ledger.sale('sale-1')?.state).toBe('paid');
  });

  it('that was refused is confirmed by one query before it is final', async () => {
    const { calls } = charge({ pay: [REFUSED], query: [NOT_FOUND] });
    await settle();
    expect(calls).toEqual(['pay', 'query']);
    expect(now()).toMatchObject({ state: 'declined', reason: { code: 'NOT_ENOUGH' } });
  });

  it('that was refused although the money moved is paid', async () => {
    charge({ pay: [REFUSED], query: [PAID] });
    await settle();
    expect(now()?.state).toBe('paid');
  });

  it('that never left this machine is declined at once, without a question', async () => {
    const { calls } = charge({ pay: [NOT_SENT] });
    await settle();
    expect(calls).toEqual(['pay']);
    expect(now()?.state).toBe('declined');
  });
});

describe('a payment whose outcome is not known', () => {
  it('is asked for every 3 s until it is certain', async () => {
    const { calls } = charge({ pay: [TYPING], query: [PASSWORD, PASSWORD, PAID] });
    await clock.advance(8_999);
    expect(calls).toEqual(['pay', 'query', 'query']);
    await clock.advance(1);
    expect(now()?.state).toBe('paid');
  });

  it('is asked for at once after silence, which has cost its whole time-out already', async () => {
    const { calls } = charge({ pay: [SILENCE], query: [PAID] });
    await settle();
    expect(calls).toEqual(['pay', 'query']);
  });

  it('is looked at a last time at 45 s, then taken back, and that is confirmed', async () => {
    const { calls } = charge({ pay: [TYPING], query: [...Array(15).fill(PASSWORD), CLOSED], reverse: [REVERSED] });
    await clock.advance(44_999);
    expect(calls.filter((call) => call === 'reverse')).toEqual([]);
    await clock.advance(1);
    expect(calls.slice(-3)).toEqual(['query', 'reverse', 'query']);
    expect(now()).toMatchObject({ state: 'reversed', cause: 'timeout' });
  });

  it('is reversed again and again until that is certain', async () => {
    const { calls } = charge({
      pay: [TYPING],
      query: [...Array(17).fill(PASSWORD), PAID, CLOSED],
      reverse: [AGAIN, AGAIN, REVERSED, REVERSED],
    });
    await clock.advance(45_000 + 2_000 + 3_000 + 5_000);
    // Each time a query looks what became of it; the third found it paid, so the reversal had not taken.
    expect(calls.slice(-8)).toEqual(Array(4).fill(['reverse', 'query']).flat());
    expect(now()?.state).toBe('reversed');
  });

  it('whose customer closed the password box is taken back before the deadline, but not before 15 s', async () => {
    charge({ pay: [TYPING], query: [PASSWORD, NOT_PAID, CLOSED], reverse: [REVERSED] });
    await clock.advance(14_999);
    expect(now()?.state).toBe('reversing');
    await clock.advance(1);
    expect(now()).toMatchObject({ state: 'reversed', reason: { code: 'CUSTOMER_CANCELLED' } });
  });

  it('that the gateway will not reverse waits for a person, and is never forgotten', async () => {
    charge({
      pay: [SILENCE],
      query: [...Array(16).fill(SILENCE), PAID],
      reverse: [{ verdict: 'REFUSED', reason: { code: 'REVERSE_EXPIRED' } }],
    });
    await clock.advance(46_000);
    expect(now()).toMatchObject({ state: 'attention', settlement: { transactionId: PAID.settlement.transactionId } });
    expect(ledger.unsettled()).toMatchObject({ count: 1, amountFen: fen(1230) });
  });

  it('and that did not exist when it was reversed is looked for once more at 90 s; a late success goes back', async () => {
    const { calls } = charge({
      pay: [SILENCE],
      query: [...Array(16).fill(NOT_FOUND), NOT_FOUND, PAID, CLOSED],
      reverse: [REVERSED],
    });
    await clock.advance(46_000);
    expect(now()).toMatchObject({ state: 'reversed', lateCheckAt: expect.any(Number) });
    await clock.advance(44_000);
    expect(calls.slice(-3)).toEqual(['query', 'reverse', 'query']);
    expect(now()).toMatchObject({ state: 'reversed', cause: 'late' });
  });
});

describe('cancelling', () => {
  it('while the customer types reverses it, not before 15 s', async () => {
    const { engine, calls } = charge({ pay: [TYPING], query: [CLOSED], reverse: [REVERSED] });
    await settle();
    engine.cancel('payment-1');
    expect(now()).toMatchObject({ state: 'reversing', cause: 'cancelled' });
    await clock.advance(14_999);
    expect(calls).toEqual(['pay']);
    await clock.advance(1);
    expect(calls).toEqual(['pay', 'reverse', 'query']);
    expect(now()).toMatchObject({ state: 'reversed', cause: 'cancelled' });
  });

  it('before the answer is there gives the money back if it came after all', async () => {
    const answer = Promise.withResolvers<PayAnswer>();
    const { engine, calls } = charge({
      pay: [() => answer.promise],
      query: [CLOSED],
      reverse: [REVERSED],
    });
    engine.cancel('payment-1');
    answer.resolve(PAID);
    await clock.advance(15_000);
    expect(calls).toEqual(['pay', 'reverse', 'query']);
    expect(now()?.state).toBe('reversed');
    expect(ledger.printsOpen()).toEqual([]);
  });

  it('while a query is on its way keeps the reversal owed, even when the query says paid', async () => {
    const answer = Promise.withResolvers<QueryAnswer>();
    const { engine } = charge({
      pay: [TYPING],
      query: [() => answer.promise, CLOSED],
      reverse: [REVERSED],
    });
    await clock.advance(3_000);
    engine.cancel('payment-1');
    answer.resolve(PAID);
    await clock.advance(15_000);
    expect(now()).toMatchObject({ state: 'reversed', cause: 'cancelled' });
  });

  it('does nothing to a payment that is certain', async () => {
    const { engine } = charge({ pay: [PAID] });
    await settle();
    engine.cancel('payment-1');
    expect(now()?.state).toBe('paid');
  });
});

describe('hurried, because the line is back, a payment', () => {
  it('that waits for its next query asks at once', async () => {
    const { engine, calls } = charge({ pay: [TYPING], query: [PASSWORD, PAID] });
    await settle();
    engine.hurry();
    await settle();
    expect(calls).toEqual(['pay', 'query']);
    // Only once: from there on it has its usual patience.
    await clock.advance(2_999);
    expect(calls).toEqual(['pay', 'query']);
    await clock.advance(1);
    expect(now()?.state).toBe('paid');
  });

  it('is still not reversed before its time', async () => {
    const { engine, calls } = charge({ pay: [TYPING], query: [CLOSED], reverse: [REVERSED] });
    await settle();
    engine.cancel('payment-1');
    engine.hurry();
    await clock.advance(14_999);
    expect(calls).toEqual(['pay']);
    await clock.advance(1);
    expect(calls).toEqual(['pay', 'reverse', 'query']);
  });

  it('does not sit out the wait before its next reversal', async () => {
    const { engine, calls } = charge({ pay: [TYPING], query: [PAID, PAID, CLOSED], reverse: [REVERSED] });
    await settle();
    engine.cancel('payment-1');
    await clock.advance(17_000);
    expect(calls).toEqual(['pay', ...Array(2).fill(['reverse', 'query']).flat()]);
    engine.hurry();
    await settle();
    expect(calls.slice(-2)).toEqual(['reverse', 'query']);
    expect(now()?.state).toBe('reversed');
  });

  it('that was reversed without having existed still gets its last look when its code is surely dead', async () => {
    const { engine, calls } = charge({
      pay: [SILENCE],
      query: [...Array(17).fill(NOT_FOUND), NOT_FOUND],
      reverse: [REVERSED],
    });
    await clock.advance(46_000);
    expect(now()).toMatchObject({ state: 'reversed', lateCheckAt: expect.any(Number) });
    const before = calls.length;
    engine.hurry();
    await clock.advance(43_000);
    expect(calls.length).toBe(before);
    await clock.advance(1_000);
    expect(calls.length).toBe(before + 1);
  });

  it('that is still being sent is not sent again', async () => {
    const answer = Promise.withResolvers<PayAnswer>();
    const { engine, calls } = charge({ pay: [() => answer.promise] });
    engine.hurry();
    answer.resolve(PAID);
    await settle();
    expect(calls).toEqual(['pay']);
    expect(now()?.state).toBe('paid');
  });
});

describe('after a restart', () => {
  it('a payment whose process died is asked for, never sent again', async () => {
    ledger.append(...aSubmittedPayment());
    const { gateway, calls } = scriptedGateway({ query: [PAID] });
    expect(anEngine(gateway).resume()).toBe(1);
    await settle();
    expect(calls).toEqual(['query']);
    expect(now()?.state).toBe('paid');
  });

  it('a reversal goes on where it was', async () => {
    const first = charge({ pay: [TYPING], reverse: [SILENCE_AGAIN], query: [CLOSED] });
    await settle();
    first.engine.cancel('payment-1');
    await clock.advance(16_000);
    await first.engine.stop();
    expect(now()).toMatchObject({ state: 'confirming', claimed: false });

    clock.jump(60_000);
    const { gateway, calls } = scriptedGateway({ reverse: [REVERSED], query: [NOT_PAID, CLOSED] });
    anEngine(gateway).resume();
    await settle();
    expect(calls).toEqual(['query', 'reverse', 'query']);
    expect(now()?.state).toBe('reversed');
  });

  it('with the wall clock set back by a day still takes a payment back within its own patience', async () => {
    ledger.append(...aSubmittedPayment());
    clock.jump(-86_400_000);
    const { gateway } = scriptedGateway({ query: [...Array(16).fill(NOT_PAID), CLOSED], reverse: [REVERSED] });
    anEngine(gateway).resume();
    await clock.advance(46_000);
    expect(now()?.state).toBe('reversed');
  });
});

describe('books that cannot be written', () => {
  const full = new LedgerError('DISK_FULL', 'ledger.db', 'database or disk is full');

  it('stop a charge before anything is sent', async () => {
    const { gateway, calls } = scriptedGateway({ pay: [PAID] });
    const engine = anEngine(gateway, {
      ...ledger,
      append: () => {
        throw full;
      },
    });
    expect(() => engine.charge(aSubmittedPayment(), new Secret('1'))).toThrow(full);
    await settle();
    expect(calls).toEqual([]);
  });

  it('hold an answer back until it can be written: nobody is told before it is durable', async () => {
    let broken = false;
    const breakAndPay = (): PayAnswer => {
      broken = true;
      return PAID;
    };
    const { gateway } = scriptedGateway({ pay: [breakAndPay] });
    const engine = anEngine(gateway, {
      ...ledger,
      append: (...drafts) => {
        if (broken) throw full;
        return ledger.append(...drafts);
      },
    });
    engine.charge(aSubmittedPayment(), new Secret('1'));
    await clock.advance(4_000);
    expect(seen).toEqual(['submitted', 'DISK_FULL', 'DISK_FULL', 'DISK_FULL']);
    broken = false;
    await clock.advance(2_000);
    expect(seen.slice(-2)).toEqual(['paid', 'ledger well']);
    await engine.stop();
  });
});

const SILENCE_AGAIN: ReverseAnswer = { verdict: 'AGAIN', reason: { code: 'NO_REPLY' } };
