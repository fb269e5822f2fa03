import type { Database } from 'better-sqlite3';
import type { MoneyOwed } from '../../core/leaving.ts';
import { fen } from '../../core/money.ts';

interface OwedDbRow {
  readonly count: number;
  readonly amount: number | null;
  readonly oldest: number | null;
}

/** What is not settled, of whatever kind: every open task that money hangs on. Paper is not counted. */
export function createMoneyOwedQuery(db: Database) {
  const owed = db.prepare<[], OwedDbRow>(
    `SELECT count(*) AS count, sum(amount_fen) AS amount, min(created_at) AS oldest FROM task
     WHERE state IN ('open', 'human') AND amount_fen > 0`,
  );
  return {
    moneyOwed(): MoneyOwed {
      const row = owed.get();
      return {
        count: row?.count ?? 0,
        amountFen: fen(row?.amount ?? 0),
        ...(row?.oldest == null ? {} : { oldestAt: row.oldest }),
      };
    },
  };
}
