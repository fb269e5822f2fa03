import { invariant } from './assert.ts';
import type { Settlement } from './gateway-answer.ts';
import { foldPayment, isPaymentEntry, isStaticEntry, type JournalEntry } from './journal.ts';
import { foldStatic } from './offline-journal.ts';
import type { Payment } from './payment.ts';
import type { Refund } from './refund.ts';
import { foldRefund, isRefundEntry } from './refund-journal.ts';
import type { Sale } from './sale.ts';
import type { StaticPayment } from './static-payment.ts';
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
  if (isPaymentEntry(row)) return { payment: paymentOf(folded(rows.filter(isPaymentEntry), foldPayment)) };
  if (isRefundEntry(row)) return { refund: refundOf(folded(rows.filter(isRefundEntry), foldRefund)) };
  if (isStaticEntry(row)) return { staticPayment: staticOf(folded(rows.filter(isStaticEntry), foldStatic)) };
  if (row.kind === 'shift.closed') return { shift: { id: row.subject, ...openingOf(rows), ...row.payload } };
  // A row that is an outcome by itself is told as it stands, under its own noun.
  const [noun = ''] = event.split('.');
  return { [noun]: { id: row.subject, ...row.payload } };
}

function folded<T, R>(rows: readonly R[], fold: (before: T | undefined, row: R) => T): T {
  const whole = rows.reduce<T | undefined>(fold, undefined);
  invariant(whole !== undefined, 'An outcome without rows');
  return whole;
}

function openingOf(rows: readonly JournalEntry[]): Record<string, unknown> {
  const opening = rows.find((row) => row.kind === 'shift.opened');
  if (opening?.kind !== 'shift.opened') return {};
  const { number, floatFen } = opening.payload;
  return { number, floatFen, openedAt: beijingRfc3339(opening.at) };
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

function refundOf(refund: Refund): Record<string, unknown> {
  const { id, paymentId, outTradeNo, outRefundNo, totalFen, refundFen, gateway, requestedAt, decision, state } = refund;
  const same = { id, paymentId, outTradeNo, outRefundNo, totalFen, refundFen, gateway, decision, state };
  const asked = { ...same, requestedAt: beijingRfc3339(requestedAt) };
  // Not where it went: that may name the customer's card.
  if (refund.state === 'refunded') return { ...asked, refundId: refund.refundId };
  return refund.state === 'givenUp' ? { ...asked, cause: refund.cause, end: refund.end } : asked;
}

function staticOf(payment: StaticPayment): Record<string, unknown> {
  const { id, amountFen, gateway, approval, acceptedAt, state } = payment;
  const same = { id, amountFen, gateway, approval, acceptedAt: beijingRfc3339(acceptedAt), state };
  if (payment.state === 'disproven') return { ...same, cause: payment.cause };
  if (payment.state !== 'proven') return same;
  const { transactionId, outTradeNo, paidAt } = payment.proof;
  return { ...same, proof: { transactionId, outTradeNo, paidAt: beijingRfc3339(paidAt) } };
}

function settlementOf(settlement: Settlement): Settlement {
  const { transactionId, totalFen, cashFen, couponFen, settledFen, foreignCash, bankType, timeEnd } = settlement;
  const foreign = foreignCash === undefined ? {} : { foreignCash };
  const settled = settledFen === undefined ? {} : { settledFen };
  return { transactionId, totalFen, cashFen, couponFen, ...settled, ...foreign, bankType, timeEnd };
}
