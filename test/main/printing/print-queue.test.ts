import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeviceState } from '../../../src/core/device-status.ts';
import type { Printable } from '../../../src/devices/printer/printable.ts';
import type { PrintOutcome } from '../../../src/devices/printer/printer.ts';
import { LedgerError } from '../../../src/main/ledger/errors.ts';
import type { Ledger } from '../../../src/main/ledger/open-ledger.ts';
import { createPrintQueue, type PrintQueue } from '../../../src/main/printing/print-queue.ts';
import { ManualClock, settle } from '../../fixtures/clock.ts';
import { aLedger, aSubmittedPayment, paid, temporaryFolder } from '../../fixtures/ledger.ts';

const OFF: PrintOutcome = { result: 'not-sent', status: { kind: 'printer', name: 'tcp', state: 'missing' } };
const TORN: PrintOutcome = { result: 'unknown', status: { kind: 'printer', name: 'tcp', state: 'paper-out' } };
const PRINTED: PrintOutcome = { result: 'printed' };

let folder: ReturnType<typeof temporaryFolder>;
let clock: ManualClock;
let ledger: Ledger;
let receipts: Printable[];
let printerState: DeviceState;
let diskIsFull: boolean;

beforeEach(() => {
  folder = temporaryFolder();
  clock = new ManualClock();
  ledger = aLedger(folder.path, () => clock.now());
  receipts = [];
  printerState = 'ready';
  diskIsFull = false;
  for (const number of [1, 2]) ledger.append(...aSubmittedPayment(number), paid(number));
});
afterEach(() => {
  ledger.close();
  folder.remove();
});

/** A queue over a printer that has one outcome a receipt; the last one repeats. */
function aQueue(...outcomes: (PrintOutcome | Promise<PrintOutcome>)[]): PrintQueue {
  let ids = 0;
  const books: Ledger = {
    ...ledger,
    append(...drafts) {
      if (diskIsFull) throw new LedgerError('DISK_FULL', 'ledger.db', 'database or disk is full');
      return ledger.append(...drafts);
    },
  };
  return createPrintQueue({
    ledger: books,
    printer: {
      status: () => ({ kind: 'printer', name: 'tcp', state: printerState }),
      async print(receipt) {
        receipts.push(receipt);
        return outcomes[Math.min(receipts.length, outcomes.length) - 1] ?? PRINTED;
      },
    },
    shop: { storeName: '店', storeId: '0001', terminalId: '01' },
    clock,
    newId: () => `print-${++ids}`,
    onChange: () => {},
    onFault: (error) => {
      throw error;
    },
  });
}

function owe(queue: PrintQueue, number: number): void {
  ledger.append(queue.draft(`sale-${number}`, `payment-${number}`));
  queue.start();
}

function states(): string[] {
  return [1, 2].flatMap((number) => ledger.printsOfSale(`sale-${number}`).map(({ state }) => state));
}

describe('a receipt that is owed', () => {
  it('is written down as being sent before a byte leaves, and as printed when the printer says so', async () => {
    owe(aQueue(PRINTED), 1);
    await settle();
    expect(ledger.about('print-1').map(({ kind }) => kind)).toEqual(['print.queued', 'print.sending', 'print.settled']);
    expect(states()).toEqual(['printed']);
    expect(receipts).toMatchObject([{ saleNumber: '0001-01-000001', copy: 0, paidFen: 1230 }]);
  });

  it('waits for a printer that is off, and is printed when it is on again', async () => {
    owe(aQueue(OFF, OFF, PRINTED), 1);
    await settle();
    expect(states()).toEqual(['queued']);
    await clock.advance(2_000 + 5_000);
    expect(states()).toEqual(['printed']);
    expect(receipts).toHaveLength(3);
  });

  it('is tried at once when the next sale comes, without waiting for its turn', async () => {
    const queue = aQueue(OFF, PRINTED);
    owe(queue, 1);
    await settle();
    owe(queue, 2);
    await settle();
    expect(states()).toEqual(['printed', 'printed']);
  });

  it('that may be half on the paper is never printed again unasked', async () => {
    owe(aQueue(TORN), 1);
    await clock.advance(3_600_000);
    expect(states()).toEqual(['unknown']);
    expect(receipts).toHaveLength(1);
  });

  it('keeps its order behind the one before it', async () => {
    const first = Promise.withResolvers<PrintOutcome>();
    const queue = aQueue(first.promise, PRINTED);
    owe(queue, 1);
    owe(queue, 2);
    await settle();
    expect(receipts).toHaveLength(1);
    first.resolve(PRINTED);
    await queue.idle();
    expect(receipts.map((receipt) => 'saleNumber' in receipt && receipt.saleNumber)).toEqual([
      '0001-01-000001',
      '0001-01-000002',
    ]);
  });

  it('counts its copies', async () => {
    const queue = aQueue(PRINTED);
    owe(queue, 1);
    await queue.idle();
    owe(queue, 1);
    await queue.idle();
    expect(receipts.map(({ copy }) => copy)).toEqual([0, 1]);
  });
});

describe('a disk that fills up', () => {
  it('while a receipt prints does not print it again when there is room', async () => {
    const outcome = Promise.withResolvers<PrintOutcome>();
    owe(aQueue(outcome.promise), 1);
    await settle();
    diskIsFull = true;
    outcome.resolve(PRINTED);
    await clock.advance(10_000);
    expect(states()).toEqual(['sending']);
    diskIsFull = false;
    await clock.advance(2_000);
    expect(states()).toEqual(['printed']);
    expect(receipts).toHaveLength(1);
  });
});

describe('a till without a printer', () => {
  it('keeps what is owed and asks nobody for it', async () => {
    printerState = 'none';
    owe(aQueue(PRINTED), 1);
    await clock.advance(3_600_000);
    expect(receipts).toEqual([]);
    expect(ledger.about('print-1')).toHaveLength(1);
  });
});

describe('after a restart', () => {
  it('what was being sent is shown as uncertain, what was only queued is printed', async () => {
    const before = aQueue(PRINTED);
    ledger.append(before.draft('sale-1', 'payment-1'), { kind: 'print.sending', subject: 'print-1', payload: {} });
    ledger.append(before.draft('sale-2', 'payment-2'));
    const after = aQueue(PRINTED);
    await after.recover();
    await settle();
    expect(states()).toEqual(['unknown', 'printed']);
    expect(receipts).toHaveLength(1);
  });
});
