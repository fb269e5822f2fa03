import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Ledger } from '../../../src/main/ledger/open-ledger.ts';
import { saleStory, todaysSales } from '../../../src/main/sales/views.ts';
import { aLedger, aSettlement, aSubmittedPayment, MORNING, paid, temporaryFolder } from '../../fixtures/ledger.ts';

const DAY_MS = 86_400_000;
let folder: ReturnType<typeof temporaryFolder>;
let ledger: Ledger;
let now: number;

beforeEach(() => {
  folder = temporaryFolder();
  now = MORNING;
  ledger = aLedger(folder.path, () => now++);
  // One paid and printed, one declined and given up, one not certain yet.
  ledger.append(...aSubmittedPayment(1), paid(1));
  ledger.append({
    kind: 'print.queued',
    subject: 'print-1',
    payload: { saleId: 'sale-1', paymentId: 'payment-1', copy: 0 },
  });
  ledger.append({ kind: 'print.settled', subject: 'print-1', payload: { result: 'printed' } });
  ledger.append({
    kind: 'print.queued',
    subject: 'print-2',
    payload: { saleId: 'sale-1', paymentId: 'payment-1', copy: 1 },
  });
  ledger.append(...aSubmittedPayment(2));
  const notSent = { verdict: 'NOT_SENT', reason: { code: 'NOT_SENT' } } as const;
  ledger.append({ kind: 'payment.answered', subject: 'payment-2', payload: { answer: notSent } });
  ledger.append({ kind: 'sale.abandoned', subject: 'sale-2', payload: {} });
  ledger.append(...aSubmittedPayment(3));
});
afterEach(() => {
  ledger.close();
  folder.remove();
});

describe("today's sales", () => {
  it('show each sale by its latest attempt and its latest receipt, newest first', () => {
    expect(todaysSales(ledger, now)).toMatchObject({
      rows: [
        { number: '0001-01-000003', phase: 'working', receipt: 'none' },
        { number: '0001-01-000002', phase: 'abandoned', reason: { code: 'NOT_SENT' }, receipt: 'none' },
        {
          number: '0001-01-000001',
          phase: 'paid',
          receipt: 'queued',
          transactionId: aSettlement().transactionId,
        },
      ],
      paidCount: 1,
      paidFen: 1230,
      unsettledCount: 1,
      unsettledFen: 1230,
    });
  });

  it('are those of the Beijing day; what is not certain is counted whatever its day', () => {
    expect(todaysSales(ledger, now + DAY_MS)).toMatchObject({ rows: [], paidCount: 0, unsettledCount: 1 });
  });
});

describe('the story of a sale', () => {
  it('is everything the journal knows of it, in order, under the same row as in the list', () => {
    const sale = ledger.sale('sale-1');
    if (!sale) throw new Error('There is no sale');
    const story = saleStory(ledger, sale, now);
    expect(story.sale).toEqual(todaysSales(ledger, now).rows.find(({ saleId }) => saleId === 'sale-1'));
    expect(story.lines.map(({ kind }) => kind)).toEqual([
      'sale.opened',
      'payment.submitted',
      'payment.answered',
      'print.queued',
      'print.settled',
      'print.queued',
    ]);
    expect(story.payments).toMatchObject([{ phase: 'paid', paidFen: 1230 }]);
  });
});
