import type { Database } from 'better-sqlite3';
import { type Fen, fen } from '../../core/money.ts';
import type { Decision } from '../../core/payment.ts';
import type { Refund } from '../../core/refund.ts';
import { refundFromData } from './refund-projection.ts';

/** Money that was handed back from the drawer. */
export interface CashRefund {
  readonly id: string;
  readonly saleId: string;
  readonly refundFen: Fen;
  readonly refundedAt: number;
  readonly decision: Decision;
}

interface CashRefundDbRow {
  readonly id: string;
  readonly sale_id: string;
  readonly refund_fen: number;
  readonly refunded_at: number;
  readonly manager: string;
  readonly why: string;
}

/** What is asked of the books about money that goes back. Why `+?`: see journal.ts. */
export function createRefundQueries(db: Database) {
  const byId = db.prepare<[string], { data: string }>('SELECT data FROM refund WHERE id = ?');
  const byNumber = db.prepare<[string], { data: string }>('SELECT data FROM refund WHERE out_refund_no = ?');
  const bySale = db.prepare<[string], { data: string }>(
    'SELECT data FROM refund WHERE sale_id = +? ORDER BY requested_at, id',
  );
  const open = db.prepare<[], { data: string }>('SELECT data FROM refund WHERE settled = 0 ORDER BY requested_at, id');
  const cashById = db.prepare<[string], CashRefundDbRow>('SELECT * FROM cash_refund WHERE id = ?');
  const cashBySale = db.prepare<[string], CashRefundDbRow>(
    'SELECT * FROM cash_refund WHERE sale_id = +? ORDER BY refunded_at, id',
  );
  const refundedBetween = db
    .prepare<[number, number, number, number], number>(
      `SELECT (SELECT coalesce(sum(refund_fen), 0) FROM refund
               WHERE state = 'refunded' AND takes_back = 0 AND ended_at >= ? AND ended_at < ?)
            + (SELECT coalesce(sum(refund_fen), 0) FROM cash_refund WHERE refunded_at >= ? AND refunded_at < ?)`,
    )
    .pluck();
  const pending = db
    .prepare<[], number>('SELECT coalesce(sum(refund_fen), 0) FROM refund WHERE settled = 0 AND takes_back = 0')
    .pluck();
  const saleByCode = db
    .prepare<[string, string], string>(
      `SELECT id FROM sale WHERE number = ? UNION SELECT sale_id FROM payment WHERE out_trade_no = ? LIMIT 1`,
    )
    .pluck();

  return {
    refund(id: string): Refund | undefined {
      const row = byId.get(id);
      return row && refundFromData(row.data);
    },
    refundByNumber(outRefundNo: string): Refund | undefined {
      const row = byNumber.get(outRefundNo);
      return row && refundFromData(row.data);
    },
    /** In the order they were asked for. */
    refundsOfSale(saleId: string): Refund[] {
      return bySale.all(saleId).map((row) => refundFromData(row.data));
    },
    /** Those that are not settled, oldest first: what a restart resumes, and what waits for a person. */
    refundsOpen(): Refund[] {
      return open.all().map((row) => refundFromData(row.data));
    },
    cashRefund(id: string): CashRefund | undefined {
      const row = cashById.get(id);
      return row && cashRefundFromRow(row);
    },
    cashRefundsOfSale(saleId: string): CashRefund[] {
      return cashBySale.all(saleId).map(cashRefundFromRow);
    },
    /** Given back in that time, of sales of whatever day. `from` inclusive, `to` exclusive. */
    refundedBetween(from: number, to: number): Fen {
      return fen(refundedBetween.get(from, to, from, to) ?? 0);
    },
    /** Asked for and not certain, of whatever day. */
    refundsPendingFen(): Fen {
      return fen(pending.get() ?? 0);
    },
    /** The sale whose receipt bears this: its number, or a payment's out_trade_no. */
    saleIdByCode(code: string): string | undefined {
      return saleByCode.get(code, code);
    },
  };
}

function cashRefundFromRow(row: CashRefundDbRow): CashRefund {
  return {
    id: row.id,
    saleId: row.sale_id,
    refundFen: fen(row.refund_fen),
    refundedAt: row.refunded_at,
    decision: { manager: row.manager, why: row.why },
  };
}
