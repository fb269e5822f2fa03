import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { QueryAnswer } from '../../../src/core/gateway-answer.ts';
import type { Payment } from '../../../src/core/payment.ts';
import { Secret } from '../../../src/core/secret.ts';
import type { PaymentGateway, PayOrder } from '../../../src/main/gateway/gateway.ts';
import type { Ledger } from '../../../src/main/ledger/open-ledger.ts';
import { createPaymentEngine } from '../../../src/main/payments/engine.ts';
import { createPacer } from '../../../src/main/queue/pacer.ts';
import { ManualClock, settle } from '../../fixtures/clock.ts';
import { aLedger, aSettlement, aSubmittedPayment, temporaryFolder } from '../../fixtures/ledger.ts';

const PAID = { verdict: 'PAID', settlement: aSettlement() } as const;
const SILENCE = { verdict: 'UNKNOWN', reason: { code: 'NO_REPLY' } } as const;

let folder: ReturnType<typeof temporaryFolder>;
let clock: ManualClock;
let ledger: Ledger;
let faults: unknown[];
let asked: string[];

beforeEach(() => {
  folder = temporaryFolder();
  clock = new ManualClock();
  ledger = aLedger(folder.path, () => clock.now());
  faults = [];
  asked = [];
});
afterEach(() => {
  ledger.close();
  folder.remove();
});

/** An engine whose queue may begin 100 calls a second, 4 at a time. */
function anEngine(answers: Partial<Pick<PaymentGateway, 'pay' | 'query' | 'reverse'>>) {
  return createPaymentEngine({
    ledger,
    gateway: {
      pay: async () => PAID,
      query: async () => PAID,
      reverse: async () => ({ verdict: 'REVERSED' }),
      ...answers,
    },
    clock,
    pacer: createPacer({ clock, ratePerSecond: 100, concurrency: 4, random: () => 0.5 }),
    orderOf: ({ outTradeNo, amountFen }) => ({ outTradeNo, amountFen, body: 'b', deviceInfo: 'd', attach: 'a' }),
    whenPaid: () => [],
    onChange: () => {},
    onLedgerTrouble: () => {},
    onFault: ({ id }, error) => faults.push([id, String(error)]),
  });
}

/** Payments that another process left open, each submitted a second after the one before. */
async function leaveOpen(count: number): Promise<void> {
  for (let number = 1; number <= count; number++) {
    ledger.append(...aSubmittedPayment(number));
    await clock.advance(1_000);
  }
}

/** The gateway's answer to a query; remembers whom it was asked about. */
function answering(answer: (outTradeNo: string) => Promise<QueryAnswer>) {
  return ({ outTradeNo }: PayOrder) => {
    asked.push(outTradeNo);
    return answer(outTradeNo);
  };
}

describe('200 payments that an outage left open', () => {
  it('are settled oldest first, at the rate, whatever is wrong with some of them', async () => {
    await leaveOpen(200);
    const never = Promise.withResolvers<QueryAnswer>();
    const engine = anEngine({
      query: answering(async (outTradeNo) => {
        if (outTradeNo.startsWith('0001-01-000003')) return never.promise;
        if (outTradeNo.startsWith('0001-01-000005')) throw new Error('a bug');
        return PAID;
      }),
    });
    const startedAt = clock.now();
    expect(engine.resume()).toBe(200);
    await clock.advance(1_000);
    expect(asked).toHaveLength(101);
    expect(asked).toEqual(asked.toSorted());
    await clock.advance(990);
    expect(asked).toHaveLength(200);
    expect(clock.now() - startedAt).toBe(1_990);
    expect(ledger.unsettled().count).toBe(2);
    expect(ledger.tasksOpen(10).map(({ subject }) => subject)).toEqual(['payment-3', 'payment-5']);
    expect(faults).toEqual([['payment-5', 'Error: a bug']]);
    never.resolve(PAID);
    await settle();
    expect(ledger.unsettled().count).toBe(1);
  });

  it('do not hold up a sale', async () => {
    await leaveOpen(50);
    const never = new Promise<QueryAnswer>(() => {});
    const reply = Promise.withResolvers<typeof PAID>();
    let askedBeforeSale = -1;
    const engine = anEngine({
      // All places of the queue are taken, and none comes free.
      query: answering(() => never),
      pay: () => {
        askedBeforeSale = asked.length;
        return reply.promise;
      },
    });
    engine.resume();
    await clock.advance(1_000);
    engine.charge(aSubmittedPayment(51), new Secret('134567890123456789'));
    expect(askedBeforeSale).toBe(4);
    reply.resolve(PAID);
    await settle();
    expect(ledger.payment('payment-51')?.state).toBe('paid');
  });
});

describe('trying now', () => {
  it('asks at once instead of when it is due', async () => {
    await leaveOpen(1);
    let answer: QueryAnswer = SILENCE;
    const engine = anEngine({ query: answering(async () => answer) });
    engine.resume();
    await settle();
    answer = PAID;
    expect(engine.tryNow('payment-1')).toBe(true);
    await clock.advance(10);
    expect(asked).toHaveLength(2);
    expect(ledger.payment('payment-1')?.state).toBe('paid');
    expect(engine.tryNow('payment-1')).toBe(false);
  });

  it('never reverses sooner than WeChat Pay allows', async () => {
    const reversed: number[] = [];
    const engine = anEngine({
      pay: async () => SILENCE,
      query: async () => ({ verdict: 'CLOSED' }),
      reverse: async () => {
        reversed.push(clock.now());
        return { verdict: 'REVERSED' };
      },
    });
    const submittedAt = clock.now();
    engine.charge(aSubmittedPayment(), new Secret('134567890123456789'));
    engine.cancel('payment-1');
    await settle();
    expect(engine.tryNow('payment-1')).toBe(true);
    await clock.advance(14_999);
    expect(reversed).toEqual([]);
    await clock.advance(1);
    expect(reversed).toEqual([submittedAt + 15_000]);
  });

  it('begins again a payment whose loop a bug has stopped', async () => {
    await leaveOpen(1);
    let broken = true;
    const engine = anEngine({
      query: async () => {
        if (broken) throw new Error('a bug');
        return PAID;
      },
    });
    engine.resume();
    await settle();
    expect(faults).toHaveLength(1);
    broken = false;
    expect(engine.tryNow('payment-1')).toBe(true);
    await clock.advance(10);
    expect(ledger.payment('payment-1')?.state).toBe('paid');
  });
});

describe('giving up', () => {
  const decision = { manager: '王店长', why: '账单已核对，已退给顾客' };
  const refund = async (): Promise<QueryAnswer> => ({ verdict: 'REFUNDED' });

  function now(): Payment | undefined {
    return ledger.payment('payment-1');
  }

  it('ends a payment that waits for a person, by name and with a reason, and asks no more', async () => {
    await leaveOpen(1);
    const engine = anEngine({ query: answering(refund) });
    engine.resume();
    await clock.advance(100);
    expect(now()?.state).toBe('attention');
    expect(engine.giveUp('payment-1', decision)).toBe(true);
    expect(now()).toMatchObject({ state: 'givenUp', decision, reason: { code: 'REFUNDED' } });
    const before = asked.length;
    await clock.advance(3_600_000);
    expect(asked).toHaveLength(before);
    expect(ledger.unsettled().count).toBe(0);
    expect(ledger.sale('sale-1')?.state).toBe('open');
  });

  it('is refused while the terminal can still find out by itself', async () => {
    await leaveOpen(1);
    const engine = anEngine({ query: async () => SILENCE });
    engine.resume();
    await settle();
    expect(engine.giveUp('payment-1', decision)).toBe(false);
    expect(now()?.state).toBe('pending');
  });

  it('stands when the answer to a last query comes after it', async () => {
    await leaveOpen(1);
    const answers = [refund, refund, () => late.promise];
    const late = Promise.withResolvers<QueryAnswer>();
    const engine = anEngine({ query: async () => (answers.shift() ?? refund)() });
    engine.resume();
    await clock.advance(300_000 * 1.2);
    expect(answers).toEqual([]);
    expect(engine.giveUp('payment-1', decision)).toBe(true);
    late.resolve(PAID);
    await settle();
    expect(now()).toMatchObject({ state: 'givenUp', decision });
    expect(faults).toEqual([]);
  });
});
