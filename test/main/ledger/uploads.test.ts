import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JournalDraft } from '../../../src/core/journal.ts';
import { fen } from '../../../src/core/money.ts';
import type { UploadAnswer } from '../../../src/core/upload-answer.ts';
import { LEDGER_FILE, type Ledger, openLedgerReadOnly, rebuildLedger } from '../../../src/main/ledger/open-ledger.ts';
import { createTaskQueries } from '../../../src/main/ledger/tasks.ts';
import { createUploadProjector } from '../../../src/main/ledger/upload-projection.ts';
import { createUploadQueries } from '../../../src/main/ledger/uploads.ts';
import { verifyLedger } from '../../../src/main/ledger/verify.ts';
import { aLedger, aSubmittedPayment, MORNING, paid, temporaryFolder } from '../../fixtures/ledger.ts';
import { asFirstVersion } from '../../fixtures/older-ledger.ts';

let folder: ReturnType<typeof temporaryFolder>;
let ledger: Ledger;
beforeEach(() => {
  folder = temporaryFolder();
  let now = MORNING;
  ledger = aLedger(folder.path, () => now++);
});
afterEach(() => {
  ledger.close();
  folder.remove();
});

const started: JournalDraft = { kind: 'upload.started', subject: '01', payload: { host: 'office.example' } };
const stopped: JournalDraft = { kind: 'upload.stopped', subject: '01', payload: {} };
const cash = (number: number): JournalDraft => ({
  kind: 'cash.received',
  subject: `cash-${number}`,
  payload: { saleId: `sale-${number}`, amountFen: fen(1230), tenderedFen: fen(2000), changeFen: fen(770) },
});
const opened = (number: number): JournalDraft[] => aSubmittedPayment(number).slice(0, 1);
const answered = (key: string, answer: UploadAnswer): JournalDraft => ({
  kind: 'upload.answered',
  subject: key,
  payload: { answer, waitMs: 0 },
});
const about = <K extends JournalDraft['kind']>(kind: K, payload: Extract<JournalDraft, { kind: K }>['payload']) =>
  ({ kind, subject: 'payment-1', payload }) as Extract<JournalDraft, { kind: K }>;
const reversed: JournalDraft[] = [
  about('payment.answered', { answer: { verdict: 'UNKNOWN', reason: { code: 'NO_REPLY' } } }),
  about('payment.cancelRequested', {}),
  about('payment.reverseAnswered', { answer: { verdict: 'REVERSED' } }),
  about('payment.queried', { answer: { verdict: 'NOT_FOUND' } }),
];
const refused: UploadAnswer = { verdict: 'REFUSED', status: 400, said: 'no' };
const delivered: UploadAnswer = { verdict: 'DELIVERED', status: 204 };

const keys = (): string[] => ledger.uploadsNext(100).map(({ id }) => id);

function problems(): readonly string[] {
  const db = openLedgerReadOnly(folder.path);
  try {
    return verifyLedger(db).problems;
  } finally {
    db.close();
  }
}

describe('what is owed to the back office', () => {
  it('is nothing while nobody has asked for it', () => {
    ledger.append(...aSubmittedPayment(), paid());
    expect(ledger.uploadDesk()).toBeUndefined();
    expect(keys()).toEqual([]);
  });

  it('is what becomes certain from the cursor on, and nothing from before or after', () => {
    ledger.append(...aSubmittedPayment(1), paid(1));
    ledger.append(started);
    ledger.append(...aSubmittedPayment(2), paid(2));
    ledger.append(...opened(3), cash(3));
    ledger.append(stopped);
    ledger.append(...aSubmittedPayment(4), paid(4));
    expect(keys()).toEqual(['payment.paid:payment-2', 'cash.received:cash-3']);
    expect(ledger.uploadDesk()).toMatchObject({ collecting: false, waiting: 2, refused: 0 });
    ledger.append(started);
    ledger.append(...aSubmittedPayment(5), paid(5));
    expect(keys()).toHaveLength(3);
  });

  it('is not what was certain before and is only looked at again', () => {
    ledger.append(...aSubmittedPayment(1), ...reversed);
    ledger.append(started);
    ledger.append(about('payment.queried', { answer: { verdict: 'NOT_FOUND' } }));
    expect(keys()).toEqual([]);
  });

  it('is each outcome once, also when a payment goes through it twice', () => {
    ledger.append(started, ...aSubmittedPayment(1), ...reversed);
    expect(keys()).toEqual(['payment.reversed:payment-1']);
    // The late look finds money: it is taken back once more.
    ledger.append(
      about('payment.queried', { answer: { verdict: 'NOT_PAID' } }),
      about('payment.reverseAnswered', { answer: { verdict: 'REVERSED' } }),
      about('payment.queried', { answer: { verdict: 'CLOSED' } }),
    );
    expect(ledger.payment('payment-1')?.state).toBe('reversed');
    expect(keys()).toEqual(['payment.reversed:payment-1']);
  });

  it('says nothing of a payment that was declined: no money moved', () => {
    ledger.append(started, ...aSubmittedPayment(1));
    const no = { verdict: 'DECLINED', reason: { code: 'NOT_ENOUGH' }, thenReverse: false } as const;
    ledger.append(
      about('payment.answered', { answer: no }),
      about('payment.queried', { answer: { verdict: 'NOT_FOUND' } }),
    );
    expect(ledger.payment('payment-1')?.state).toBe('declined');
    expect(ledger.uploadDesk()?.waiting).toBe(0);
  });
});

describe('reports of one sale', () => {
  beforeEach(() => {
    ledger.append(started, ...aSubmittedPayment(1), ...reversed, cash(1));
    ledger.append(...aSubmittedPayment(2), paid(2));
  });

  it('follow one another; those of another sale do not wait for them', () => {
    expect(keys()).toEqual(['payment.reversed:payment-1', 'payment.paid:payment-2']);
    expect(ledger.isUploadInTurn('cash.received:cash-1')).toBe(false);
    ledger.append(answered('payment.reversed:payment-1', delivered));
    expect(keys()).toEqual(['cash.received:cash-1', 'payment.paid:payment-2']);
  });

  it('leave the table when they have arrived, and are still known: an answer that comes twice moves nothing', () => {
    const key = 'payment.paid:payment-2';
    ledger.append(answered(key, delivered));
    ledger.append(answered(key, refused));
    expect(ledger.upload(key)).toBeUndefined();
    expect(ledger.task(`upload:${key}`)).toMatchObject({ state: 'done', attempts: 1 });
    expect(ledger.uploadDesk()).toMatchObject({ waiting: 2, refused: 0 });
  });

  it('wait for one that was refused until a person has decided', () => {
    ledger.append(answered('payment.reversed:payment-1', refused));
    expect(keys()).toEqual(['payment.paid:payment-2']);
    expect(ledger.uploadDesk()).toMatchObject({ waiting: 2, refused: 1 });
    expect(ledger.uploadRefusedAfter(0)?.id).toBe('payment.reversed:payment-1');
    const decision = { manager: '王店长', why: '已手工补录' };
    ledger.append({ kind: 'upload.givenUp', subject: 'payment.reversed:payment-1', payload: { decision } });
    expect(keys()).toEqual(['cash.received:cash-1', 'payment.paid:payment-2']);
    expect(ledger.uploadDesk()).toMatchObject({ waiting: 2, refused: 0 });
  });
});

describe('in the list of what is owed', () => {
  it('a report that waits stands nowhere, and one that was refused behind everything else', () => {
    ledger.append(started, ...opened(1), cash(1), ...opened(2), cash(2));
    ledger.append(answered('cash.received:cash-1', refused));
    ledger.append(...aSubmittedPayment(3));
    expect(ledger.tasksOpen(10)).toMatchObject([
      { kind: 'resolve', subject: 'payment-3' },
      { kind: 'upload', state: 'human', lastError: 'HTTP 400: no', saleNumber: '0001-01-000001' },
    ]);
    // Money is what the till warns of; a report is none.
    expect(ledger.tasksForPerson()).toBe(0);
    expect(ledger.givenUp().count).toBe(0);
  });
});

describe('the books', () => {
  beforeEach(() => {
    ledger.append(started, ...aSubmittedPayment(1), ...reversed, cash(1), ...aSubmittedPayment(2), paid(2));
    ledger.append(...aSubmittedPayment(3), paid(3), stopped);
    ledger.append(answered('payment.reversed:payment-1', delivered), answered('payment.paid:payment-2', refused));
  });

  const tamper = (statement: string): void => {
    const db = new Database(join(folder.path, LEDGER_FILE));
    db.exec(statement);
    db.close();
  };

  it.each([
    [
      'a report that was quietly closed',
      `UPDATE upload SET state = 'given_up' WHERE id = 'payment.paid:payment-2'`,
      'upload row',
    ],
    ['one that was taken out', `DELETE FROM upload WHERE id = 'payment.paid:payment-3'`, 'upload row'],
    ['a turn that is not its own', `UPDATE upload SET turn = 0 WHERE id = 'cash.received:cash-1'`, 'upload row'],
    ['a wrong sum', `UPDATE upload_desk SET refused = 0`, 'upload_desk row'],
  ])('show %s, and are made right again from the journal', (_, statement, words) => {
    expect(problems()).toEqual([]);
    tamper(statement);
    expect(problems().join()).toContain(words);
    ledger.close();
    rebuildLedger(folder.path);
    expect(problems()).toEqual([]);
    ledger = aLedger(folder.path);
    expect(ledger.uploadDesk()).toMatchObject({ collecting: false, waiting: 2, refused: 1 });
  });

  it('of an older program know nothing of reports, and owe none when they are opened', () => {
    ledger.close();
    folder.remove();
    folder = temporaryFolder();
    const older = aLedger(folder.path);
    older.append(...aSubmittedPayment(1), paid(1));
    older.close();
    asFirstVersion(older.path);
    ledger = aLedger(folder.path);
    expect(ledger.uploadDesk()).toBeUndefined();
    expect(problems()).toEqual([]);
  });
});

/**
 * A hundred thousand that wait must not make a sale, a start or a look at the queue slower: every question is answered
 * from the beginning of an index, however long that is.
 */
describe('however many reports wait', () => {
  it('no question that is asked of them reads them all', () => {
    const db = new Database(join(folder.path, LEDGER_FILE), { readonly: true });
    const asked: string[] = [];
    const prepare = db.prepare.bind(db);
    db.prepare = ((sql: string) => {
      asked.push(sql);
      return prepare(sql);
    }) as typeof db.prepare;
    createUploadQueries(db);
    createTaskQueries(db);
    createUploadProjector(db);
    const readers = asked.filter((sql) => /\b(upload|task)\b/.test(sql) && /^\s*SELECT/.test(sql));
    expect(readers.length).toBeGreaterThan(8);
    for (const sql of readers) {
      const reading = planOf(db, sql).filter((step) => /^SCAN \w+$/.test(step) || step.includes('TEMP B-TREE'));
      expect(reading, sql).toEqual(sql.includes('FROM upload_desk') ? reading.slice(0, 1) : []);
    }
    db.close();
  });
});

function planOf(db: Database.Database, sql: string): string[] {
  const parameters = Array(sql.split('?').length - 1).fill(1);
  const explain = db.prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`);
  return explain.all(...parameters).map(({ detail }) => detail);
}
