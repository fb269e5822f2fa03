import type { Database } from 'better-sqlite3';
import type { JournalEntry } from '../../core/journal.ts';
import { foldStatic, type StaticDraft } from '../../core/offline-journal.ts';
import type { ProvenPayment } from '../../core/shift.ts';
import type { StaticPayment } from '../../core/static-payment.ts';

/**
 * Writes what the journal says of sales that were put aside, and of payments on the store's static code.
 *
 * @param whenProven told once of each such payment, when it is proven
 */
export function createOfflineProjector(db: Database, whenProven: (payment: ProvenPayment) => void) {
  const hold = db.prepare(
    `INSERT INTO held_sale (sale_id, amount_fen, label, held_at) VALUES (@saleId, @amountFen, @label, @at)
     ON CONFLICT (sale_id) DO UPDATE SET amount_fen = @amountFen, label = @label, held_at = @at`,
  );
  const release = db.prepare('DELETE FROM held_sale WHERE sale_id = ?');
  const findStatic = db.prepare<[string], { data: string }>('SELECT data FROM static_payment WHERE id = ?');
  const putStatic = db.prepare(
    `INSERT INTO static_payment (id, sale_id, amount_fen, accepted_at, state, transaction_id, claimed_id, look_at, data)
     VALUES (@id, @saleId, @amountFen, @acceptedAt, @state, @transactionId, @claimedId, @lookAt, @data)
     ON CONFLICT (id) DO UPDATE SET state = @state, transaction_id = @transactionId, claimed_id = @claimedId,
       look_at = @lookAt, data = @data`,
  );
  const verifySale = db.prepare('UPDATE sale SET to_verify = @toVerify WHERE id = @saleId');
  const paySale = db.prepare(`UPDATE sale SET state = 'paid', to_verify = 0 WHERE id = ?`);

  return {
    /** A held sale is kept until something is paid for it, or it is discarded: being looked at again ends nothing. */
    projectHeld(entry: JournalEntry): void {
      switch (entry.kind) {
        case 'sale.held': {
          const { amountFen, label = null } = entry.payload;
          hold.run({ saleId: entry.subject, amountFen, label, at: entry.at });
          return;
        }
        case 'sale.discarded':
          release.run(entry.subject);
          return;
        case 'payment.submitted':
        case 'cash.received':
        case 'static.accepted':
          release.run(entry.payload.saleId);
          return;
        default:
          return;
      }
    },

    projectStatic(entry: JournalEntry & StaticDraft): StaticPayment {
      const row = findStatic.get(entry.subject);
      const before = row && staticFromData(row.data);
      const payment = foldStatic(before, entry);
      const { id, saleId, amountFen, acceptedAt, state } = payment;
      putStatic.run({
        id,
        saleId,
        amountFen,
        acceptedAt,
        state,
        transactionId: state === 'proven' ? payment.proof.transactionId : null,
        claimedId: (state === 'proven' ? undefined : payment.claimedId) ?? null,
        lookAt: (state === 'accepted' ? payment.lookAt : undefined) ?? null,
        data: JSON.stringify(payment),
      });
      if (payment.state === 'proven' && before?.state !== 'proven') whenProven(payment);
      if (state === 'proven') paySale.run(saleId);
      else verifySale.run({ saleId, toVerify: state === 'accepted' ? 1 : 0 });
      return payment;
    },
  };
}

export function staticFromData(data: string): StaticPayment {
  return JSON.parse(data) as StaticPayment;
}
