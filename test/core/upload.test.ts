import { describe, expect, it } from 'vitest';
import type { JournalDraft, JournalEntry } from '../../src/core/journal.ts';
import { fen } from '../../src/core/money.ts';
import { foldUpload, isUploadEntry, owedUpload, type Upload } from '../../src/core/upload.ts';
import { complaint, judgeReply, type UploadAnswer } from '../../src/core/upload-answer.ts';
import { uploadBody } from '../../src/core/upload-body.ts';
import { taskOfUpload } from '../../src/core/upload-task.ts';
import { aSubmittedPayment, MORNING, paid } from '../fixtures/ledger.ts';

function entries(...drafts: JournalDraft[]): JournalEntry[] {
  return drafts.map((draft, index) => ({
    ...draft,
    terminalId: '01',
    seq: index + 1,
    at: MORNING + index * 1_000,
    prevHash: '',
    hash: '',
  }));
}

const KEY = 'payment.paid:payment-1';
const answered = (answer: UploadAnswer, waitMs = 0): JournalDraft => ({
  kind: 'upload.answered',
  subject: KEY,
  payload: { answer, waitMs },
});
const givenUp: JournalDraft = {
  kind: 'upload.givenUp',
  subject: KEY,
  payload: { decision: { manager: '王店长', why: '已手工补录' } },
};
const refused: UploadAnswer = { verdict: 'REFUSED', status: 422, said: 'no such store' };
const again: UploadAnswer = { verdict: 'AGAIN', detail: 'ECONNREFUSED' };
const delivered: UploadAnswer = { verdict: 'DELIVERED', status: 204 };

/** The report of a payment that was paid, after these rows. */
function uploadAfter(...drafts: JournalDraft[]): Upload {
  const [, , outcome, ...rows] = entries(...aSubmittedPayment(), paid(), ...drafts);
  if (outcome === undefined) throw new Error('There is a row for each draft');
  const owed = owedUpload({ event: 'payment.paid', lane: 'sale-1' }, outcome);
  return rows.filter(isUploadEntry).reduce(foldUpload, owed);
}

describe('what a reply means', () => {
  it.each([
    [200, 'DELIVERED'],
    [299, 'DELIVERED'],
    [101, 'AGAIN'],
    [302, 'AGAIN'],
    [400, 'REFUSED'],
    [401, 'REFUSED'],
    [404, 'REFUSED'],
    [408, 'AGAIN'],
    [429, 'AGAIN'],
    [500, 'AGAIN'],
    [599, 'AGAIN'],
  ])('%i is %s', (status, verdict) => {
    expect(judgeReply(status, '').verdict).toBe(verdict);
  });

  it('keeps one short line of what was said, for a person', () => {
    const answer = judgeReply(400, `\u001b[31m第一行\r\n\t第二行${'很长'.repeat(500)}`);
    expect(answer).toMatchObject({ said: expect.stringMatching(/^\[31m第一行 第二行很长/) });
    expect('said' in answer && answer.said).toHaveLength(200);
    expect(complaint(judgeReply(503, 'later'))).toBe('HTTP 503: later');
    expect(complaint(judgeReply(204, 'thanks'))).toBeUndefined();
  });
});

describe('a report', () => {
  it('is owed under a key made of what happened and to whom', () => {
    expect(uploadAfter()).toEqual({
      id: KEY,
      event: 'payment.paid',
      subject: 'payment-1',
      lane: 'sale-1',
      seq: 3,
      at: MORNING + 2_000,
      attempts: 0,
      nextAt: MORNING + 2_000,
      state: 'open',
    });
  });

  it.each<[string, JournalDraft[], Upload['state'], number]>([
    ['arrived', [answered(delivered)], 'done', 1],
    ['did not arrive', [answered(again)], 'open', 1],
    ['was refused', [answered(again), answered(refused)], 'human', 2],
    ['was refused, and could not be sent again', [answered(refused), answered(again)], 'open', 2],
    ['was refused, and arrived at another try', [answered(refused), answered(delivered)], 'done', 2],
    ['was refused and given up', [answered(refused), givenUp], 'given_up', 1],
    ['was given up while it was on its way, and arrived', [answered(refused), givenUp, answered(delivered)], 'done', 2],
    ['was given up while it was on its way, and did not', [answered(refused), givenUp, answered(again)], 'given_up', 2],
    ['arrived twice', [answered(delivered), answered(again)], 'done', 2],
    ['nobody refused, and somebody gave up', [givenUp], 'open', 0],
  ])('that %s', (_, rows, state, attempts) => {
    expect(uploadAfter(...rows)).toMatchObject({ state, attempts });
  });

  it('is not tried sooner than was drawn when it failed', () => {
    expect(uploadAfter(answered(again, 5_500)).nextAt).toBe(MORNING + 3_000 + 5_500);
  });

  it('is a task without money, which says what the back office said', () => {
    const task = taskOfUpload(uploadAfter(answered(refused)));
    expect(task).toMatchObject({
      state: 'human',
      amountFen: fen(0),
      lastError: 'HTTP 422: no such store',
      attempts: 1,
    });
    expect(task).not.toHaveProperty('notBefore');
  });
});

describe('what is told', () => {
  const rows = entries(...aSubmittedPayment(), paid());
  const sale = {
    id: 'sale-1',
    number: '0001-01-000001',
    amountFen: fen(1230),
    openedAt: MORNING,
    state: 'paid',
  } as const;

  it('is the outcome and its sale, and nothing of the payment code, not even its hash', () => {
    const body = uploadBody(uploadAfter(), { storeId: '0001', terminalId: '01', sale, rows });
    expect(JSON.parse(body)).toEqual({
      version: 1,
      key: KEY,
      event: 'payment.paid',
      storeId: '0001',
      terminalId: '01',
      seq: 3,
      at: '2026-01-02T10:05:13.000+08:00',
      sale: { id: 'sale-1', number: '0001-01-000001', amountFen: 1230, openedAt: '2026-01-02T10:05:11.000+08:00' },
      payment: {
        id: 'payment-1',
        outTradeNo: '0001-01-000001-1test',
        amountFen: 1230,
        gateway: 'simulator',
        submittedAt: '2026-01-02T10:05:12.000+08:00',
        state: 'paid',
        settlement: {
          transactionId: '4200000000202601020000000001',
          totalFen: 1230,
          cashFen: 1230,
          couponFen: 0,
          bankType: 'OTHERS',
          timeEnd: '20260102100512',
        },
      },
    });
    expect(body).not.toContain('hash');
  });

  it('is how things stood when they became certain, whatever has happened since', () => {
    const reversed: JournalDraft[] = [
      ...aSubmittedPayment(),
      {
        kind: 'payment.answered',
        subject: 'payment-1',
        payload: { answer: { verdict: 'UNKNOWN', reason: { code: 'NO_REPLY' } } },
      },
      { kind: 'payment.cancelRequested', subject: 'payment-1', payload: {} },
      { kind: 'payment.reverseAnswered', subject: 'payment-1', payload: { answer: { verdict: 'REVERSED' } } },
      { kind: 'payment.queried', subject: 'payment-1', payload: { answer: { verdict: 'NOT_FOUND' } } },
    ];
    const before = entries(...reversed);
    const outcome = before.at(-1);
    if (outcome === undefined) throw new Error('It has rows');
    const upload = owedUpload({ event: 'payment.reversed', lane: 'sale-1' }, outcome);
    const since = entries(...reversed, paid());
    const tell = (known: readonly JournalEntry[]) =>
      uploadBody(upload, { storeId: '0001', terminalId: '01', sale, rows: known });
    expect(tell(since)).toBe(tell(before));
    expect(JSON.parse(tell(since))).toMatchObject({ payment: { state: 'reversed', cause: 'cancelled' } });
  });
});
