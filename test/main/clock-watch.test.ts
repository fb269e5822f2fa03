import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JournalDraft } from '../../src/core/journal.ts';
import { fen } from '../../src/core/money.ts';
import { DEFAULT_REFUND_TIMINGS } from '../../src/core/refund.ts';
import type { RefundState } from '../../src/core/refund-answer.ts';
import { CLOCK_CHECK_MS, watchClock } from '../../src/main/clock-watch.ts';
import type { Ledger } from '../../src/main/ledger/open-ledger.ts';
import { createSystemClock, type SystemClock } from '../../src/main/system-clock.ts';
import { ManualClock } from '../fixtures/clock.ts';
import { aLedger, aSubmittedPayment, paid, temporaryFolder } from '../fixtures/ledger.ts';

const HOUR_MS = 3_600_000;
const folder = temporaryFolder();
let machine: ManualClock;
let clock: SystemClock;
let ledger: Ledger;
let stop: () => void;
let believed: number;

beforeEach(() => {
  machine = new ManualClock();
  clock = createSystemClock({
    wall: () => machine.now(),
    monotonicMs: () => machine.monotonicMs(),
    sleep: (ms, signal) => machine.sleep(ms, signal),
  });
  ledger = aLedger(folder.path, clock.now);
  believed = 0;
  const onBelieved = () => void believed++;
  stop = watchClock({ clock, ledger, terminalId: '01', onBelieved, onTrouble: () => {} });
});

afterEach(() => {
  stop();
  ledger.close();
  folder.remove();
});

describe('a wall clock that somebody sets', () => {
  it.each([HOUR_MS, -HOUR_MS])('by %i ms is believed soon, and the journal says so', async (byMs) => {
    machine.setWall(byMs);
    await machine.advance(CLOCK_CHECK_MS);
    expect(clock.now()).toBe(machine.now());
    expect(ledger.about('01').at(-1)).toMatchObject({ kind: 'clock.jumped', payload: { byMs } });
    expect(believed).toBe(1);
  });

  it('is not believed while a payment is timed by the old one, and is once that is certain', async () => {
    ledger.append(...aSubmittedPayment());
    const before = clock.now();
    machine.setWall(-HOUR_MS);
    await machine.advance(10 * CLOCK_CHECK_MS);
    expect(clock.now()).toBe(before + 10 * CLOCK_CHECK_MS);

    ledger.append(paid());
    await machine.advance(CLOCK_CHECK_MS);
    expect(clock.now()).toBe(machine.now());
  });

  it('is not believed while it is timed how long a refund may still be accepted', async () => {
    ledger.append(...aSubmittedPayment(), paid(), aRefund());
    ledger.append({
      kind: 'refund.answered',
      subject: 'refund-1',
      payload: { answer: { verdict: 'UNKNOWN', reason: { code: 'NO_REPLY' } } },
    });
    machine.setWall(HOUR_MS);
    await machine.advance(2 * CLOCK_CHECK_MS);
    expect(believed).toBe(0);

    const decision = { manager: '王', why: '' };
    ledger.append(aRefundFound('CHANGE'), { kind: 'refund.givenUp', subject: 'refund-1', payload: { decision } });
    await machine.advance(CLOCK_CHECK_MS);
    expect(believed).toBe(1);
  });

  it('by less than two seconds is left alone: clocks are nudged all day', async () => {
    machine.setWall(1_500);
    await machine.advance(10 * CLOCK_CHECK_MS);
    expect(believed).toBe(0);
    expect(ledger.about('01')).toHaveLength(1);
  });
});

const REFUND_FEN = fen(500);
const NUMBERS = { outTradeNo: '0001-01-000001-1test', outRefundNo: '0001-01-000001-1test-r1test' };

function aRefund(): JournalDraft {
  const about = { saleId: 'sale-1', paymentId: 'payment-1', gateway: 'simulator', takesBack: false };
  const money = { totalFen: fen(1_230), refundFen: REFUND_FEN };
  const asked = { decision: { manager: '王', why: '' }, timings: DEFAULT_REFUND_TIMINGS };
  return { kind: 'refund.requested', subject: 'refund-1', payload: { ...NUMBERS, ...about, ...money, ...asked } };
}

function aRefundFound(state: RefundState): JournalDraft {
  const { outTradeNo, outRefundNo } = NUMBERS;
  const record = { outRefundNo, refundId: '50', state, refundFen: REFUND_FEN, receivedBy: '', succeededAt: '' };
  const order = { transactionId: '42', outTradeNo, totalFen: fen(1_230), totalCount: undefined };
  return {
    kind: 'refund.queried',
    subject: 'refund-1',
    payload: { answer: { verdict: 'FOUND', found: { ...order, refunds: [record] } } },
  };
}
