import type { Database } from 'better-sqlite3';
import type { HeldSale } from '../../core/held-sale.ts';
import { type Fen, fen } from '../../core/money.ts';
import type { StaticPayment } from '../../core/static-payment.ts';
import { staticFromData } from './offline-projections.ts';

interface HeldDbRow {
  readonly sale_id: string;
  readonly amount_fen: number;
  readonly label: string | null;
  readonly held_at: number;
  readonly number: string | null;
}

/** A held sale, with its number once a payment has opened it. */
export interface HeldGlance extends HeldSale {
  readonly saleNumber?: string;
}

/** What is asked of sales that were put aside, and of payments on the store's static code. Why `+?`: see journal.ts. */
export function createOfflineQueries(db: Database) {
  const held = db.prepare<[], HeldDbRow>(
    `SELECT held_sale.*, sale.number FROM held_sale LEFT JOIN sale ON sale.id = held_sale.sale_id
     ORDER BY held_at, sale_id`,
  );
  const heldById = db.prepare<[string], HeldDbRow>(
    `SELECT held_sale.*, sale.number FROM held_sale LEFT JOIN sale ON sale.id = held_sale.sale_id WHERE sale_id = +?`,
  );
  const staticById = db.prepare<[string], { data: string }>('SELECT data FROM static_payment WHERE id = ?');
  const staticByOrder = db.prepare<[string], { data: string }>(
    `SELECT data FROM static_payment WHERE state = 'proven' AND data ->> '$.proof.outTradeNo' = ?`,
  );
  const staticBySale = db.prepare<[string], { data: string }>('SELECT data FROM static_payment WHERE sale_id = ?');
  // The first condition is the index's own.
  const staticOwed = db.prepare<[], { data: string }>(
    `SELECT data FROM static_payment WHERE state = 'accepted' AND look_at IS NOT NULL ORDER BY look_at, id`,
  );
  const toVerify = db.prepare<[], { count: number; amount: number | null; oldest: number | null }>(
    `SELECT count(*) AS count, sum(amount_fen) AS amount, min(accepted_at) AS oldest FROM static_payment
     WHERE state = 'accepted'`,
  );
  const saleOfOrder = db.prepare<[string], string>(
    'SELECT sale.number FROM payment JOIN sale ON sale.id = payment.sale_id WHERE out_trade_no = ?',
  );
  const saleOfTransaction = db.prepare<[string, string], string>(
    `SELECT sale.number FROM payment JOIN sale ON sale.id = payment.sale_id WHERE transaction_id = ?
     UNION ALL
     SELECT sale.number FROM static_payment JOIN sale ON sale.id = sale_id WHERE transaction_id = ?`,
  );
  const saleOfClaim = db.prepare<[string], string>(
    `SELECT sale.number FROM static_payment JOIN sale ON sale.id = sale_id
     WHERE claimed_id = ? AND static_payment.state = 'accepted'`,
  );

  return {
    /** Oldest first. */
    heldSales(): HeldGlance[] {
      return held.all().map(heldFromRow);
    },
    heldSale(saleId: string): HeldGlance | undefined {
      const row = heldById.get(saleId);
      return row && heldFromRow(row);
    },
    staticPayment(id: string): StaticPayment | undefined {
      const row = staticById.get(id);
      return row && staticFromData(row.data);
    },
    staticOfSale(saleId: string): StaticPayment | undefined {
      const row = staticBySale.get(saleId);
      return row && staticFromData(row.data);
    },
    /** The payment that is proven by this order, whose number WeChat Pay has made. */
    staticByOrder(outTradeNo: string): StaticPayment | undefined {
      const row = staticByOrder.get(outTradeNo);
      return row && staticFromData(row.data);
    },
    /** Those whose number is still to be looked up, soonest first. */
    staticOwed(): StaticPayment[] {
      return staticOwed.all().map((row) => staticFromData(row.data));
    },
    /** What waits for proof, of whatever day: neither received nor owed. */
    toVerify(): { readonly count: number; readonly amountFen: Fen; readonly oldestAt?: number } {
      const row = toVerify.get();
      const sum = { count: row?.count ?? 0, amountFen: fen(row?.amount ?? 0) };
      return row?.oldest == null ? sum : { ...sum, oldestAt: row.oldest };
    },
    /** The number of the sale that this order of ours was made for. */
    saleOfOrder(outTradeNo: string): string | undefined {
      return saleOfOrder.pluck().get(outTradeNo);
    },
    /** The number of the sale that this transaction has paid, by a scanned code or on the static code. */
    saleOfTransaction(transactionId: string): string | undefined {
      return saleOfTransaction.pluck().get(transactionId, transactionId);
    },
    /** The number of the sale for which this transaction was read from a phone, and nothing is proven yet. */
    saleOfClaim(transactionId: string): string | undefined {
      return saleOfClaim.pluck().get(transactionId);
    },
  };
}

function heldFromRow(row: HeldDbRow): HeldGlance {
  return {
    saleId: row.sale_id,
    amountFen: fen(row.amount_fen),
    ...(row.label === null ? {} : { label: row.label }),
    heldAt: row.held_at,
    ...(row.number === null ? {} : { saleNumber: row.number }),
  };
}
