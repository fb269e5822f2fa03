import type {
  CashView,
  PaymentView,
  RefundView,
  SaleRow,
  SaleStory,
  SalesView,
  StoryLine,
} from '../../contract/types.ts';
import { invariant } from '../../core/assert.ts';
import type { JournalEntry } from '../../core/journal.ts';
import { type Fen, fen, sumFen } from '../../core/money.ts';
import type { Payment } from '../../core/payment.ts';
import { glance } from '../../core/payment-view.ts';
import type { Sale } from '../../core/sale.ts';
import type { StaticPayment } from '../../core/static-payment.ts';
import { beijingDay } from '../../core/time.ts';
import type { Ledger } from '../ledger/open-ledger.ts';
import type { SaleGlance } from '../ledger/queries.ts';
import { refundsOfStory } from '../refunds/refund-view.ts';
import { settlementView } from './settlement-view.ts';

/* What screens are shown of the books. Reads only. */

const TODAY_MAX = 200;

export function paymentView(payment: Payment, sale: Sale, now: number): PaymentView {
  const { until, ...shown } = glance(payment);
  return {
    id: payment.id,
    saleId: sale.id,
    saleNumber: sale.number,
    outTradeNo: payment.outTradeNo,
    amountFen: payment.amountFen,
    ...(payment.method ? { method: payment.method } : {}),
    submittedAt: payment.submittedAt,
    ...shown,
    ...(until === undefined ? {} : { msLeft: Math.max(0, Math.round(until - now)) }),
    ...(payment.state === 'paid'
      ? {
          transactionId: payment.settlement.transactionId,
          ...settlementView(payment.settlement),
        }
      : {}),
  };
}

/** @throws when no cash was taken for this sale: nobody may be shown that it was. */
export function cashView(ledger: Pick<Ledger, 'sale' | 'cashOfSale'>, saleId: string): CashView {
  const [sale, cash] = [ledger.sale(saleId), ledger.cashOfSale(saleId)];
  invariant(sale && cash, `Sale ${saleId} was not paid in cash`);
  const { amountFen, tenderedFen, changeFen } = cash;
  return { saleId, saleNumber: sale.number, amountFen, tenderedFen, changeFen };
}

function saleRow(glanced: SaleGlance): SaleRow {
  const { cash, staticPayment, lastPrint, ...sale } = glanced;
  if (staticPayment) return staticRow(glanced, staticPayment);
  // Whatever was tried before the cash is history: the story tells it.
  const lastPayment = cash ? undefined : glanced.lastPayment;
  const seen = lastPayment && glance(lastPayment);
  const isOver = sale.state === 'abandoned' && seen?.settled !== false && seen?.phase !== 'givenUp';
  const phase = isOver ? 'abandoned' : (seen?.phase ?? 'open');
  const tender = cash ? 'cash' : seen?.phase === 'paid' ? 'wechat' : undefined;
  return {
    saleId: sale.id,
    number: sale.number,
    amountFen: sale.amountFen,
    openedAt: sale.openedAt,
    phase: cash ? 'paid' : phase,
    ...(tender ? { tender } : {}),
    ...(lastPayment?.state === 'paid' ? { transactionId: lastPayment.settlement.transactionId } : {}),
    ...(seen?.reason ? { reason: seen.reason } : {}),
    receipt: lastPrint === undefined ? 'none' : RECEIPT_WORD[lastPrint],
    refundedFen: sale.refundedFen,
    refundPendingFen: sale.refundPendingFen,
  };
}

/** Whatever was tried before the manager's word is history, as it is before cash. */
function staticRow(sale: SaleGlance, payment: StaticPayment): SaleRow {
  const { id, number, amountFen, openedAt, lastPrint, refundedFen, refundPendingFen } = sale;
  return {
    saleId: id,
    number,
    amountFen,
    openedAt,
    phase: STATIC_PHASE[payment.state],
    tender: 'static',
    ...(payment.state === 'proven' ? { transactionId: payment.proof.transactionId } : {}),
    receipt: lastPrint === undefined ? 'none' : RECEIPT_WORD[lastPrint],
    refundedFen,
    refundPendingFen,
  };
}

const STATIC_PHASE = { accepted: 'toVerify', proven: 'paid', disproven: 'disproven' } as const;

const RECEIPT_WORD = {
  queued: 'queued',
  sending: 'printing',
  printed: 'printed',
  sent: 'sent',
  unknown: 'unknown',
  dropped: 'failed',
} as const;

export function todaysSales(ledger: Ledger, now: number): SalesView {
  const { from, to } = beijingDay(now);
  const paid = ledger.paidBetween(from, to);
  const cash = ledger.cashBetween(from, to);
  const unsettled = ledger.unsettled();
  const toVerify = ledger.toVerify();
  return {
    rows: ledger.salesBetween(from, to, TODAY_MAX).map(saleRow),
    paidCount: paid.count,
    paidFen: paid.amountFen,
    cashFen: cash.amountFen,
    wechatFen: fen(paid.amountFen - cash.amountFen),
    unsettledCount: unsettled.count,
    unsettledFen: unsettled.amountFen,
    refundedFen: ledger.refundedBetween(from, to),
    refundPendingFen: ledger.refundsPendingFen(),
    ...(toVerify.count > 0 ? { toVerify: { count: toVerify.count, amountFen: toVerify.amountFen } } : {}),
  };
}

/** Everything the journal knows of one sale, in the order it happened. */
export function saleStory(ledger: Ledger, sale: Sale, now: number): SaleStory {
  const payments = ledger.paymentsOfSale(sale.id);
  const cash = ledger.cashOfSale(sale.id);
  const staticPayment = ledger.staticOfSale(sale.id);
  const prints = ledger.printsOfSale(sale.id);
  const lastPayment = payments.at(-1);
  const lastPrint = prints.filter(({ refundId }) => refundId === undefined).at(-1)?.state;
  const { refunds, refundable } = refundsOfStory(ledger, sale.id);
  const ofWhatWasPaid = refunds.filter(({ refundId }) => sale.state !== 'paid' || !ledger.refund(refundId)?.takesBack);
  const subjects = [
    sale.id,
    ...(cash ? [cash.id] : []),
    ...(staticPayment ? [staticPayment.id] : []),
    ...payments.map(({ id }) => id),
    ...refunds.map(({ refundId }) => refundId),
    ...prints.map(({ id }) => id),
  ];
  const entries = subjects.flatMap((subject) => ledger.about(subject)).sort((a, b) => a.seq - b.seq);
  return {
    sale: saleRow({
      ...sale,
      ...(cash ? { cash } : {}),
      ...(staticPayment ? { staticPayment } : {}),
      ...(lastPayment ? { lastPayment } : {}),
      ...(lastPrint ? { lastPrint } : {}),
      refundedFen: sumWhere(ofWhatWasPaid, ({ phase }) => phase === 'refunded'),
      refundPendingFen: sumWhere(ofWhatWasPaid, ({ phase }) => phase !== 'refunded' && phase !== 'givenUp'),
    }),
    payments: payments.map((payment) => paymentView(payment, sale, now)),
    refunds,
    ...(refundable ? { refundable } : {}),
    lines: entries.map(storyLine),
  };
}

function sumWhere(refunds: readonly RefundView[], isCounted: (refund: RefundView) => boolean): Fen {
  return sumFen(refunds.filter(isCounted).map(({ amountFen }) => amountFen));
}

function storyLine({ seq, at, kind, payload }: JournalEntry): StoryLine {
  return { seq, at, kind, payload: { ...payload } };
}
