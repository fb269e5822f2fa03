import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fen } from '../../../src/core/money.ts';
import { TASK_KINDS, type TaskKind, taskId } from '../../../src/core/task.ts';
import { fromRow, readJournal } from '../../../src/main/ledger/journal.ts';
import { migrate } from '../../../src/main/ledger/migrate.ts';
import { LEDGER_FILE, openLedgerReadOnly, rebuildLedger } from '../../../src/main/ledger/open-ledger.ts';
import { createProjector } from '../../../src/main/ledger/projections.ts';
import { createTaskQueries } from '../../../src/main/ledger/tasks.ts';
import { verifyLedger } from '../../../src/main/ledger/verify.ts';
import { aLedger, aSubmittedPayment, MORNING, paid, temporaryFolder } from '../../fixtures/ledger.ts';
import { asFirstVersion } from '../../fixtures/older-ledger.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
  let now = MORNING;
  const ledger = aLedger(folder.path, () => now++);
  // 1 is paid and printed, 2 is open, 3 waits for a person, 4 was given up.
  for (let number = 1; number <= 4; number++) ledger.append(...aSubmittedPayment(number));
  ledger.append(paid(1), {
    kind: 'print.queued',
    subject: 'print-1',
    payload: { saleId: 'sale-1', paymentId: 'payment-1', copy: 0 },
  });
  for (const number of [3, 4]) {
    const subject = `payment-${number}`;
    ledger.append(
      { kind: 'payment.answered', subject, payload: { answer: { verdict: 'UNKNOWN', reason: { code: 'NO_REPLY' } } } },
      { kind: 'payment.queried', subject, payload: { answer: { verdict: 'REFUNDED' } } },
    );
  }
  const decision = { manager: '王店长', why: '已核对账单' };
  ledger.append({ kind: 'payment.givenUp', subject: 'payment-4', payload: { decision } });
  ledger.close();
});
afterEach(() => folder.remove());

function problems(): readonly string[] {
  const db = openLedgerReadOnly(folder.path);
  try {
    return verifyLedger(db).problems;
  } finally {
    db.close();
  }
}

function withDatabase<T>(use: (db: Database.Database) => T): T {
  const db = new Database(join(folder.path, LEDGER_FILE));
  try {
    return use(db);
  } finally {
    db.close();
  }
}

describe('the tasks of a ledger', () => {
  it('list what is owed, oldest first, with the sale it belongs to', () => {
    const ledger = aLedger(folder.path);
    expect(ledger.tasksOpen(10)).toMatchObject([
      { id: 'resolve:payment-2', state: 'open', saleId: 'sale-2', saleNumber: '0001-01-000002' },
      { id: 'resolve:payment-3', state: 'human', lastError: 'REFUNDED', outTradeNo: '0001-01-000003-1test' },
      { id: 'print:print-1', state: 'open', saleId: 'sale-1', amountFen: 0 },
    ]);
    expect(ledger.tasksOpen(1)).toHaveLength(1);
    expect(ledger.tasksForPerson()).toBe(1);
    ledger.close();
  });

  it('show money before paper where not all fits: a printer that stays away hides no payment', () => {
    const ledger = aLedger(folder.path, () => MORNING - 1_000);
    for (let copy = 1; copy <= 3; copy++) {
      const payload = { saleId: 'sale-1', paymentId: 'payment-1', copy };
      ledger.append({ kind: 'print.queued', subject: `older-${copy}`, payload });
    }
    const listed = (limit: number) => ledger.tasksOpen(limit).map(({ subject }) => subject);
    expect(listed(1)).toEqual(['payment-2']);
    expect(listed(3)).toEqual(['older-1', 'payment-2', 'payment-3']);
    expect(listed(9)).toEqual(['older-1', 'older-2', 'older-3', 'payment-2', 'payment-3', 'print-1']);
    ledger.close();
  });

  it('keep the money of what was given up in sight, and out of every other sum', () => {
    const ledger = aLedger(folder.path);
    expect(ledger.givenUp()).toEqual({ count: 1, amountFen: fen(1230) });
    expect(ledger.unsettled()).toMatchObject({ count: 2, amountFen: fen(2460) });
    expect(ledger.paidBetween(0, MORNING * 2)).toEqual({ count: 1, amountFen: fen(1230) });
    ledger.close();
  });

  it('are what the journal says: a task that somebody quietly closed is found, and made again', () => {
    expect(problems()).toEqual([]);
    withDatabase((db) => db.exec(`UPDATE task SET state = 'done' WHERE id = 'resolve:payment-2'`));
    expect(problems()).toEqual([expect.stringMatching(/^task row \d+ \(resolve:payment-2\)/)]);
    rebuildLedger(folder.path);
    expect(problems()).toEqual([]);
  });

  it('of a ledger older than tasks are made when it is opened', () => {
    asFirstVersion(join(folder.path, 'ledger.db'));
    const ledger = aLedger(folder.path);
    expect(ledger.tasksOpen(10)).toHaveLength(3);
    ledger.close();
    expect(problems()).toEqual([]);
  });
});

it('another kind of task needs one registration, and nothing else', () => {
  /** As a bill that is to be sent away each time the till starts. */
  const sendAway: TaskKind = {
    kind: 'send-away',
    rows: 'ledger.',
    after: (task, { subject, at }) =>
      task ?? {
        id: taskId('send-away', subject),
        kind: 'send-away',
        subject,
        amountFen: fen(0),
        createdAt: at,
        attempts: 0,
        state: 'open',
      },
  };
  const db = new Database(':memory:');
  migrate(db);
  const project = createProjector(db, [...TASK_KINDS, sendAway]);
  withDatabase((kept) => {
    for (const row of readJournal(kept)) project(fromRow(row));
  });
  const kinds = createTaskQueries(db)
    .tasksOpen(10)
    .map(({ kind, subject }) => `${kind} ${subject}`);
  expect(kinds).toEqual(['send-away 01', 'resolve payment-2', 'resolve payment-3', 'print print-1']);
  db.close();
});
