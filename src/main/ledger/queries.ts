import type { Database } from 'better-sqlite3';
import type { Cash } from '../../core/cash.ts';
import type { PrintState, RefundPaper } from '../../core/journal.ts';
import { type Fen, fen } from '../../core/money.ts';
import type { Payment } from '../../core/payment.ts';
import type { Sale } from '../../core/sale.ts';
import type { StaticPayment } from '../../core/static-payment.ts';
import { staticFromData } from './offline-projections.ts';
import { paymentFromData } from './projections.ts';

export interface PrintJob {
  readonly id: string;
  readonly saleId: string;
  /** Absent on a receipt for cash. */
  readonly paymentId?: string;
  /** On what is printed about a refund, with which of its papers it is. */
  readonly refundId?: string;
  readonly paper?: RefundPaper;
  /** 0 for the original, then 1, 2, … */
  readonly copy: number;
  readonly queuedAt: number;
  readonly state: PrintState;
  readonly detail?: string;
}

/** A sale with what a list shows of it: its latest attempt, and what became of its latest receipt. */
export interface SaleGlance extends Sale {
  readonly lastPayment?: Payment;
  readonly cash?: Cash;
  readonly staticPayment?: StaticPayment;
  readonly lastPrint?: PrintState;
  /** Given back, and asked for without being certain yet. */
  readonly refundedFen: Fen;
  readonly refundPendingFen: Fen;
}

export interface TerminalRow {
  readonly storeId: string;
  readonly terminalId: string;
  readonly lastSequence: number;
  /** 1, and one more after each restore from a backup. */
  readonly epoch: number;
}

export interface Total {
  readonly count: number;
  readonly amountFen: Fen;
}

interface SaleDbRow {
  readonly id: string;
  readonly number: string;
  readonly amount_fen: number;
  readonly opened_at: number;
  readonly state: 'open' | 'paid' | 'abandoned';
  readonly to_verify: 0 | 1;
}

interface SaleGlanceDbRow extends SaleDbRow {
  readonly payment: string | null;
  readonly print: PrintState | null;
  readonly cash: string | null;
  readonly refunded: number;
  readonly refund_pending: number;
  readonly static: string | null;
}

interface CashDbRow {
  readonly id: string;
  readonly sale_id: string;
  readonly amount_fen: number;
  readonly tendered_fen: number;
  readonly change_fen: number;
  readonly received_at: number;
}

interface PrintDbRow {
  readonly id: string;
  readonly sale_id: string;
  readonly payment_id: string | null;
  readonly refund_id: string | null;
  readonly paper: RefundPaper | null;
  readonly copy: number;
  readonly queued_at: number;
  readonly state: PrintState;
  readonly detail: string | null;
}

interface TotalDbRow {
  readonly count: number;
  readonly amount: number | null;
  readonly oldest: number | null;
}

/** All that the terminal asks of the projections. SQL in sight; rows never leave this file. Why `+?`: see journal.ts. */
export function createQueries(db: Database) {
  const terminal = db.prepare<[], Record<string, string | number>>('SELECT * FROM terminal');
  const saleById = db.prepare<[string], SaleDbRow>('SELECT * FROM sale WHERE id = ?');
  // What was taken back before the sale was paid is history, and nothing of what was paid has gone back by it.
  // One statement for the whole list: it is read again after every change of every payment, while a customer waits.
  const salesBetween = db.prepare<[number, number, number], SaleGlanceDbRow>(
    `SELECT sale.*,
       (SELECT data FROM payment WHERE sale_id = sale.id ORDER BY attempt DESC LIMIT 1) AS payment,
       (SELECT state FROM print WHERE sale_id = sale.id AND refund_id IS NULL ORDER BY copy DESC, queued_at DESC LIMIT 1) AS print,
       (SELECT coalesce(sum(refund_fen), 0) FROM refund
        WHERE sale_id = sale.id AND state = 'refunded' AND (takes_back = 0 OR sale.state <> 'paid'))
         + (SELECT coalesce(sum(refund_fen), 0) FROM cash_refund WHERE sale_id = sale.id) AS refunded,
       (SELECT coalesce(sum(refund_fen), 0) FROM refund
        WHERE sale_id = sale.id AND settled = 0 AND (takes_back = 0 OR sale.state <> 'paid')) AS refund_pending,
       (SELECT json_object('id', id, 'sale_id', sale_id, 'amount_fen', amount_fen, 'tendered_fen', tendered_fen,
                           'change_fen', change_fen, 'received_at', received_at)
        FROM cash WHERE sale_id = sale.id) AS cash,
       (SELECT data FROM static_payment WHERE sale_id = sale.id) AS static
     FROM sale WHERE opened_at >= +? AND opened_at < +? ORDER BY opened_at DESC, number DESC LIMIT +?`,
  );
  const paidBetween = db.prepare<[number, number], TotalDbRow>(
    `SELECT count(*) AS count, sum(amount_fen) AS amount, NULL AS oldest FROM sale
     WHERE opened_at >= +? AND opened_at < +? AND state = 'paid'`,
  );
  const cashBetween = db.prepare<[number, number], TotalDbRow>(
    `SELECT count(*) AS count, sum(cash.amount_fen) AS amount, NULL AS oldest
     FROM sale JOIN cash ON cash.sale_id = sale.id WHERE opened_at >= +? AND opened_at < +?`,
  );
  const cashBySale = db.prepare<[string], CashDbRow>('SELECT * FROM cash WHERE sale_id = ?');
  const paymentById = db.prepare<[string], { data: string }>('SELECT data FROM payment WHERE id = ?');
  const paymentByNumber = db.prepare<[string], { data: string }>('SELECT data FROM payment WHERE out_trade_no = ?');
  const paymentsBySale = db.prepare<[string], { data: string }>(
    'SELECT data FROM payment WHERE sale_id = +? ORDER BY attempt',
  );
  const owed = db.prepare<[], { data: string }>('SELECT data FROM payment WHERE owed = 1 ORDER BY submitted_at');
  const unsettled = db.prepare<[], TotalDbRow>(
    `SELECT count(*) AS count, sum(fen) AS amount, min(since) AS oldest FROM (
       SELECT amount_fen AS fen, submitted_at AS since FROM payment WHERE owed = 1 AND settled = 0
       UNION ALL
       SELECT refund_fen, requested_at FROM refund WHERE settled = 0 AND takes_back = 0)`,
  );
  // A code that never left this machine is as good as before.
  const codeUsed = db.prepare<[string], { id: string }>(
    `SELECT id FROM payment WHERE code_hash = +?
     AND NOT (state = 'declined' AND json_extract(data, '$.reason.code') = 'NOT_SENT') LIMIT 1`,
  );
  const printsBySale = db.prepare<[string], PrintDbRow>(
    'SELECT * FROM print WHERE sale_id = +? ORDER BY copy, queued_at',
  );
  const printsOpen = db.prepare<[number], PrintDbRow>(
    `SELECT * FROM print WHERE state IN ('queued', 'sending') ORDER BY queued_at, id LIMIT +?`,
  );

  return {
    terminal(): TerminalRow | undefined {
      const row = terminal.get();
      return (
        row && {
          storeId: String(row.store_id),
          terminalId: String(row.terminal_id),
          lastSequence: Number(row.last_sequence),
          epoch: Number(row.epoch),
        }
      );
    },
    sale(id: string): Sale | undefined {
      const row = saleById.get(id);
      return row && saleFromRow(row);
    },
    /** Newest first. `from` inclusive, `to` exclusive, epoch milliseconds. */
    salesBetween(from: number, to: number, limit: number): SaleGlance[] {
      return salesBetween.all(from, to, limit).map((row) => ({
        ...saleFromRow(row),
        ...(row.payment === null ? {} : { lastPayment: paymentFromData(row.payment) }),
        ...(row.cash === null ? {} : { cash: cashFromRow(JSON.parse(row.cash)) }),
        ...(row.static === null ? {} : { staticPayment: staticFromData(row.static) }),
        ...(row.print === null ? {} : { lastPrint: row.print }),
        refundedFen: fen(row.refunded),
        refundPendingFen: fen(row.refund_pending),
      }));
    },
    paidBetween(from: number, to: number): Total {
      return totalFromRow(paidBetween.get(from, to));
    },
    /** Of the sales of that time, what was paid in cash. */
    cashBetween(from: number, to: number): Total {
      return totalFromRow(cashBetween.get(from, to));
    },
    cashOfSale(saleId: string): Cash | undefined {
      const row = cashBySale.get(saleId);
      return row && cashFromRow(row);
    },
    payment(id: string): Payment | undefined {
      const row = paymentById.get(id);
      return row && paymentFromData(row.data);
    },
    paymentByNumber(outTradeNo: string): Payment | undefined {
      const row = paymentByNumber.get(outTradeNo);
      return row && paymentFromData(row.data);
    },
    paymentsOfSale(saleId: string): Payment[] {
      return paymentsBySale.all(saleId).map((row) => paymentFromData(row.data));
    },
    /** Payments that still owe a step, oldest first: what a restart resumes. */
    paymentsOwed(): Payment[] {
      return owed.all().map((row) => paymentFromData(row.data));
    },
    /** Payments and refunds whose outcome is not certain; one that takes back such a payment counts with it. */
    unsettled(): Total & { readonly oldestAt?: number } {
      const row = unsettled.get();
      return { ...totalFromRow(row), ...(row?.oldest == null ? {} : { oldestAt: row.oldest }) };
    },
    isCodeUsed(codeHash: string): boolean {
      return codeUsed.get(codeHash) !== undefined;
    },
    printsOfSale(saleId: string): PrintJob[] {
      return printsBySale.all(saleId).map(printFromRow);
    },
    /** Oldest first; of a day's worth of them, whoever wants the next one need not read all. */
    printsOpen(limit = Number.MAX_SAFE_INTEGER): PrintJob[] {
      return printsOpen.all(limit).map(printFromRow);
    },
  };
}

function saleFromRow(row: SaleDbRow): Sale {
  return {
    id: row.id,
    number: row.number,
    amountFen: fen(row.amount_fen),
    openedAt: row.opened_at,
    state: row.state === 'open' && row.to_verify === 1 ? 'toVerify' : row.state,
  };
}

function cashFromRow(row: CashDbRow): Cash {
  return {
    id: row.id,
    saleId: row.sale_id,
    amountFen: fen(row.amount_fen),
    tenderedFen: fen(row.tendered_fen),
    changeFen: fen(row.change_fen),
    receivedAt: row.received_at,
  };
}

function printFromRow(row: PrintDbRow): PrintJob {
  return {
    id: row.id,
    saleId: row.sale_id,
    ...(row.payment_id === null ? {} : { paymentId: row.payment_id }),
    ...(row.refund_id === null ? {} : { refundId: row.refund_id }),
    ...(row.paper === null ? {} : { paper: row.paper }),
    copy: row.copy,
    queuedAt: row.queued_at,
    state: row.state,
    ...(row.detail === null ? {} : { detail: row.detail }),
  };
}

function totalFromRow(row: TotalDbRow | undefined): Total {
  return { count: row?.count ?? 0, amountFen: fen(row?.amount ?? 0) };
}
