import { afterEach, beforeEach, describe, expect, it } from 'vitest';
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

  it('by less than two seconds is left alone: clocks are nudged all day', async () => {
    machine.setWall(1_500);
    await machine.advance(10 * CLOCK_CHECK_MS);
    expect(believed).toBe(0);
    expect(ledger.about('01')).toHaveLength(1);
  });
});
