import type { Database } from 'better-sqlite3';
import { isRefundSettled, type Refund } from '../../core/refund.ts';
import { foldRefund, type RefundDraft, type RefundEntry } from '../../core/refund-journal.ts';
import type { DoneRefund } from '../../core/shift.ts';

/**
 * Writes what a journal row about money that goes back means into its tables. Part of the row's transaction.
 *
 * @param whenRefunded told once of each refund, when it has reached the customer
 */
export function createRefundProjector(db: Database, whenRefunded: (refund: DoneRefund) => void) {
  const find = db.prepare<[string], { data: string }>('SELECT data FROM refund WHERE id = ?');
  const insert = db.prepare(
    `INSERT INTO refund (id, sale_id, payment_id, out_refund_no, refund_fen, takes_back, requested_at, state, settled,
                         ended_at, data)
     VALUES (@id, @saleId, @paymentId, @outRefundNo, @refundFen, @takesBack, @requestedAt, @state, @settled, @endedAt,
             @data)`,
  );
  const update = db.prepare(
    'UPDATE refund SET state = @state, settled = @settled, ended_at = @endedAt, data = @data WHERE id = @id',
  );
  const handBack = db.prepare(
    `INSERT INTO cash_refund (id, sale_id, refund_fen, refunded_at, manager, why)
     VALUES (@id, @saleId, @amountFen, @at, @manager, @why)`,
  );

  return {
    refund(entry: RefundEntry): Refund {
      const row = find.get(entry.subject);
      const before = row && refundFromData(row.data);
      const refund = foldRefund(before, entry);
      const columns = {
        id: refund.id,
        state: refund.state,
        settled: isRefundSettled(refund) ? 1 : 0,
        endedAt: 'endedAt' in refund ? refund.endedAt : null,
        data: JSON.stringify(refund),
      };
      if (entry.kind === 'refund.requested') {
        const { saleId, paymentId, outRefundNo, refundFen, requestedAt } = refund;
        const takesBack = refund.takesBack ? 1 : 0;
        insert.run({ ...columns, saleId, paymentId, outRefundNo, refundFen, requestedAt, takesBack });
      } else {
        update.run(columns);
      }
      if (refund.state === 'refunded' && before?.state !== 'refunded') whenRefunded(refund);
      return refund;
    },

    cash({ subject, payload, at }: CashRefunded & { readonly at: number }): void {
      const { saleId, amountFen, decision } = payload;
      handBack.run({ id: subject, saleId, amountFen, at, ...decision });
    },
  };
}

type CashRefunded = Extract<RefundDraft, { readonly kind: 'cash.refunded' }>;

export function refundFromData(data: string): Refund {
  return JSON.parse(data) as Refund;
}
