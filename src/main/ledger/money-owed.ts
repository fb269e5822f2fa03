import type { Database } from 'better-sqlite3';
import type { MoneyOwed } from '../../core/leaving.ts';
import { fen } from '../../core/money.ts';

interface OwedDbRow {
  readonly count: number;
  readonly amount: number | null;
  readonly oldest: number | null;
  readonly to_verify: number | null;
}

/** What is not settled, of whatever kind: every open task that money hangs on. Paper is not counted. */
export function createMoneyOwedQuery(db: Database) {
  const owed = db.prepare<[], OwedDbRow>(
    `SELECT count(*) AS count, sum(amount_fen) AS amount, min(created_at) AS oldest,
       sum(kind = 'verify') AS to_verify FROM task
     WHERE state IN ('open', 'human') AND amount_fen > 0`,
  );
  // A payment that is taken back by a refund is one sum of money with two tasks: the payment's own counts it.
  const twice = db.prepare<[], Pick<OwedDbRow, 'count' | 'amount'>>(
    `SELECT count(*) AS count, sum(refund_fen) AS amount FROM refund JOIN payment ON payment.id = refund.payment_id
     WHERE refund.settled = 0 AND refund.takes_back = 1 AND payment.settled = 0`,
  );
  return {
    moneyOwed(): MoneyOwed {
      const [row, again] = [owed.get(), twice.get()];
      return {
        count: (row?.count ?? 0) - (again?.count ?? 0),
        amountFen: fen((row?.amount ?? 0) - (again?.amount ?? 0)),
        ...(row?.oldest == null ? {} : { oldestAt: row.oldest }),
        ...(row?.to_verify ? { toVerifyCount: row.to_verify } : {}),
      };
    },
  };
}
