import { invariant } from './assert.ts';
import type { Settlement } from './gateway-answer.ts';
import { foldPayment, isPaymentEntry, type JournalEntry } from './journal.ts';
import type { Payment } from './payment.ts';
import type { Sale } from './sale.ts';
import { beijingRfc3339 } from './time.ts';
import type { Upload } from './upload.ts';

/** One more with each change that a receiver would have to know of; docs/upload.md describes it. */
export const UPLOAD_VERSION = 1;

export interface UploadSource {
  readonly storeId: string;
  readonly terminalId: string;
  readonly sale: Sale | undefined;
  /** All that the journal says of its subject. */
  readonly rows: readonly JournalEntry[];
}

/**
 * What is delivered: the same bytes at each try, because it is made of what stood in the journal when the outcome
 * became certain, whatever has happened since. Amounts are integer fen, times RFC 3339 in Beijing time.
 */
export function uploadBody(upload: Upload, { storeId, terminalId, sale, rows }: UploadSource): string {
  const { id, event, seq, at } = upload;
  return JSON.stringify({
    version: UPLOAD_VERSION,
    key: id,
    event,
    storeId,
    terminalId,
    seq,
    at: beijingRfc3339(at),
    ...(sale === undefined ? {} : { sale: saleOf(sale) }),
    ...detailsOf(
      upload,
      rows.filter((row) => row.seq <= seq),
    ),
  });
}

function saleOf({ id, number, amountFen, openedAt }: Sale) {
  return { id, number, amountFen, openedAt: beijingRfc3339(openedAt) };
}

function detailsOf({ id, seq, event }: Upload, rows: readonly JournalEntry[]): Record<string, unknown> {
  const row = rows.find((candidate) => candidate.seq === seq);
  invariant(row !== undefined, `Report ${id} tells of row ${seq}, which is not there`);
  if (isPaymentEntry(row)) return { payment: paymentOf(paymentAt(rows)) };
  // A row that is an outcome by itself is told as it stands, under its own noun.
  const [noun = ''] = event.split('.');
  return { [noun]: { id: row.subject, ...row.payload } };
}

function paymentAt(rows: readonly JournalEntry[]): Payment {
  const payment = rows.filter(isPaymentEntry).reduce<Payment | undefined>(foldPayment, undefined);
  invariant(payment !== undefined, 'A payment without rows');
  return payment;
}

/** Named field by field: neither the hash of a payment code nor anything that is added later slips out unseen. */
function paymentOf(payment: Payment): Record<string, unknown> {
  const { id, outTradeNo, amountFen, gateway, submittedAt, state } = payment;
  const same = { id, outTradeNo, amountFen, gateway, submittedAt: beijingRfc3339(submittedAt), state };
  if (payment.state === 'paid') return { ...same, settlement: settlementOf(payment.settlement) };
  if (payment.state === 'reversed') return { ...same, cause: payment.cause };
  if (payment.state !== 'givenUp') return same;
  const { cause, decision, settlement } = payment;
  return { ...same, cause, decision, ...(settlement ? { settlement: settlementOf(settlement) } : {}) };
}

function settlementOf(settlement: Settlement): Settlement {
  const { transactionId, totalFen, cashFen, couponFen, settledFen, foreignCash, bankType, timeEnd } = settlement;
  const foreign = foreignCash === undefined ? {} : { foreignCash };
  const settled = settledFen === undefined ? {} : { settledFen };
  return { transactionId, totalFen, cashFen, couponFen, ...settled, ...foreign, bankType, timeEnd };
}
