import { describe, expect, it } from 'vitest';
import { foldPayment, isPaymentEntry, type JournalDraft, type JournalEntry } from '../../src/core/journal.ts';
import { fen } from '../../src/core/money.ts';
import type { Payment } from '../../src/core/payment.ts';
import { type Drain, drainAfter, TASK_KINDS, type Task } from '../../src/core/task.ts';
import { aSettlement, aSubmittedPayment, MORNING, paid } from '../fixtures/ledger.ts';

/** The tasks after these rows, each a second after the one before. */
function tasksAfter(...drafts: JournalDraft[]): Task[] {
  const tasks = new Map<string, Task>();
  let payment: Payment | undefined;
  drafts.forEach((draft, index) => {
    const entry: JournalEntry = {
      ...draft,
      terminalId: '01',
      seq: index + 1,
      at: MORNING + index * 1_000,
      prevHash: '',
      hash: '',
    };
    if (isPaymentEntry(entry)) payment = foldPayment(payment, entry);
    for (const { kind, rows, after } of TASK_KINDS) {
      if (!entry.kind.startsWith(rows)) continue;
      const facts = { payment: isPaymentEntry(entry) ? payment : undefined };
      const task = after(tasks.get(kind), entry, facts);
      if (task) tasks.set(kind, task);
    }
  });
  return [...tasks.values()];
}

const silence = { verdict: 'UNKNOWN', reason: { code: 'NO_REPLY' } } as const;
const submitted = aSubmittedPayment();
const about = <K extends JournalDraft['kind']>(kind: K, payload: Extract<JournalDraft, { kind: K }>['payload']) =>
  ({ kind, subject: 'payment-1', payload }) as Extract<JournalDraft, { kind: K }>;
const unanswered = about('payment.answered', { answer: silence });
const refusedReversal: JournalDraft[] = [
  unanswered,
  about('payment.cancelRequested', {}),
  about('payment.reverseAnswered', { answer: { verdict: 'REFUSED', reason: { code: 'REVERSE_EXPIRED' } } }),
];

describe('the task of a payment', () => {
  it('is there from the commit that lets the money move', () => {
    expect(tasksAfter(...submitted)).toMatchObject([
      { id: 'resolve:payment-1', state: 'open', attempts: 0, amountFen: 1230, createdAt: MORNING + 1_000 },
    ]);
  });

  it('is done by the answer that makes it certain', () => {
    const [task] = tasksAfter(...submitted, paid());
    expect(task).toMatchObject({ state: 'done', attempts: 1 });
    expect(task).not.toHaveProperty('notBefore');
  });

  it('counts each answer that settled nothing, says why, and when it is tried again', () => {
    const [task] = tasksAfter(...submitted, unanswered, about('payment.queried', { answer: silence }));
    expect(task).toMatchObject({
      state: 'open',
      attempts: 2,
      lastError: 'NO_REPLY',
      notBefore: MORNING + 3_000 + 3_000,
    });
  });

  it('waits for a person when the gateway will not reverse', () => {
    expect(tasksAfter(...submitted, ...refusedReversal)).toMatchObject([
      { state: 'human', lastError: 'REVERSE_EXPIRED' },
    ]);
  });

  it('ends with a manager’s word, which is not "done", and stays ended when a late answer comes', () => {
    const decision = { manager: '王店长', why: '账单已核对' };
    const late = about('payment.queried', { answer: { verdict: 'PAID', settlement: aSettlement() } });
    const [task] = tasksAfter(...submitted, ...refusedReversal, about('payment.givenUp', { decision }), late);
    expect(task).toMatchObject({ state: 'given_up', amountFen: 1230 });
  });

  it('is open again when a reversed order turns out to be paid after all', () => {
    const reversed = [
      unanswered,
      about('payment.cancelRequested', {}),
      about('payment.reverseAnswered', { answer: { verdict: 'REVERSED' } }),
      about('payment.queried', { answer: { verdict: 'NOT_FOUND' } }),
    ];
    expect(tasksAfter(...submitted, ...reversed)).toMatchObject([{ state: 'done' }]);
    const late = about('payment.queried', { answer: { verdict: 'PAID', settlement: aSettlement() } });
    expect(tasksAfter(...submitted, ...reversed, late)).toMatchObject([{ state: 'open' }]);
  });
});

describe('the task of a receipt', () => {
  const queued: JournalDraft = {
    kind: 'print.queued',
    subject: 'print-1',
    payload: { saleId: 'sale-1', paymentId: 'payment-1', copy: 0 },
  };
  const settled = (result: 'printed' | 'sent' | 'unknown' | 'queued' | 'dropped', detail?: string): JournalDraft => ({
    kind: 'print.settled',
    subject: 'print-1',
    payload: { result, ...(detail === undefined ? {} : { detail }) },
  });

  it.each([
    ['printed', 'done'],
    ['sent', 'done'],
    // It may lie on the counter: nobody owes it any more, and the story offers a copy.
    ['unknown', 'done'],
    ['queued', 'open'],
    ['dropped', 'given_up'],
  ] as const)('that was %s is %s', (result, state) => {
    expect(tasksAfter(queued, settled(result))).toMatchObject([{ state, attempts: 1, amountFen: fen(0) }]);
  });

  it('forgets the printer’s last complaint when it is over', () => {
    const [task] = tasksAfter(queued, settled('queued', 'paper-out'), settled('printed'));
    expect(task).toMatchObject({ state: 'done', attempts: 2 });
    expect(task).not.toHaveProperty('lastError');
  });
});

describe('a drain', () => {
  it('counts up while tasks come and down while they go, and begins again when none is left', () => {
    const opens = [3, 2, 4, 1, 0, 1];
    const seen: Drain[] = [];
    opens.reduce(
      (drain, open) => {
        const next = drainAfter(drain, open);
        seen.push(next);
        return next;
      },
      drainAfter({ done: 0, total: 0 }, 0),
    );
    expect(seen.map(({ done, total }) => `${done}/${total}`)).toEqual(['0/3', '1/3', '1/5', '4/5', '0/0', '0/1']);
  });
});
