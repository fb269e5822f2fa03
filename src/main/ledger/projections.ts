import type { Database } from 'better-sqlite3';
import { invariant } from '../../core/assert.ts';
import {
  foldPayment,
  isPaymentEntry,
  isStaticEntry,
  type JournalEntry,
  type PaymentEntry,
  type PrintState,
} from '../../core/journal.ts';
import { isSettled, nextStep, type Payment } from '../../core/payment.ts';
import { isRefundEntry } from '../../core/refund-journal.ts';
import { TASK_KINDS, type TaskKind } from '../../core/task.ts';
import { createOfflineProjector } from './offline-projections.ts';
import { createRefundProjector } from './refund-projection.ts';
import { createShiftProjector } from './shifts.ts';
import { createTaskProjector } from './tasks.ts';
import { createUploadProjector } from './upload-projection.ts';

/** The tables that a rebuild empties and remakes, children first. */
export const PROJECTION_TABLES = [
  'upload_desk',
  'upload',
  'task',
  'report_print',
  'shift',
  'print',
  'held_sale',
  'static_payment',
  'cash_refund',
  'refund',
  'cash',
  'payment',
  'sale',
  'terminal',
] as const;

/** Writes what one journal row means into the projections. Deterministic: the row and what is there, nothing else. */
export function createProjector(
  db: Database,
  taskKinds: readonly TaskKind[] = TASK_KINDS,
): (entry: JournalEntry) => void {
  const createTerminal = db.prepare(
    `INSERT INTO terminal (terminal_id, store_id, created_at, last_sequence)
     VALUES (@terminalId, @storeId, @at, 0)`,
  );
  const beginEpoch = db.prepare('UPDATE terminal SET epoch = @epoch WHERE terminal_id = @terminalId');
  const countSale = db.prepare('UPDATE terminal SET last_sequence = @sequence WHERE terminal_id = @terminalId');
  const openSale = db.prepare(
    `INSERT INTO sale (id, number, amount_fen, opened_at, state) VALUES (@id, @number, @amountFen, @at, 'open')`,
  );
  const abandonSale = db.prepare(`UPDATE sale SET state = 'abandoned' WHERE id = ? AND state = 'open'`);
  const paySale = db.prepare(`UPDATE sale SET state = 'paid' WHERE id = ?`);
  const findPayment = db.prepare<[string], { data: string }>('SELECT data FROM payment WHERE id = ?');
  const insertPayment = db.prepare(
    `INSERT INTO payment (id, sale_id, out_trade_no, attempt, amount_fen, submitted_at, code_hash, state, settled, owed,
                          transaction_id, data)
     VALUES (@id, @saleId, @outTradeNo, @attempt, @amountFen, @submittedAt, @codeHash, @state, @settled, @owed,
             @transactionId, @data)`,
  );
  const updatePayment = db.prepare(
    `UPDATE payment SET state = @state, settled = @settled, owed = @owed, transaction_id = @transactionId, data = @data
     WHERE id = @id`,
  );
  const receiveCash = db.prepare(
    `INSERT INTO cash (id, sale_id, amount_fen, tendered_fen, change_fen, received_at)
     VALUES (@id, @saleId, @amountFen, @tenderedFen, @changeFen, @at)`,
  );
  const queuePrint = db.prepare(
    `INSERT INTO print (id, sale_id, payment_id, copy, queued_at, state, detail, refund_id, paper)
     VALUES (@id, @saleId, @paymentId, @copy, @at, 'queued', NULL, @refundId, @paper)`,
  );
  const movePrint = db.prepare('UPDATE print SET state = @state, detail = @detail WHERE id = @id');

  const projectTasks = createTaskProjector(db, taskKinds);
  const shifts = createShiftProjector(db);
  const refunds = createRefundProjector(db, shifts.refunded);
  const offline = createOfflineProjector(db, shifts.proven);
  const projectUpload = createUploadProjector(db);

  function projectPayment(entry: PaymentEntry): Payment {
    const row = findPayment.get(entry.subject);
    const before = row && paymentFromData(row.data);
    const payment = foldPayment(before, entry);
    const columns = {
      id: payment.id,
      state: payment.state,
      settled: isSettled(payment) ? 1 : 0,
      owed: nextStep(payment) === undefined ? 0 : 1,
      transactionId: payment.state === 'paid' ? payment.settlement.transactionId : null,
      data: JSON.stringify(payment),
    };
    if (entry.kind === 'payment.submitted') {
      const { saleId, outTradeNo, amountFen, attempt, codeHash } = entry.payload;
      const { submittedAt } = payment;
      insertPayment.run({ ...columns, saleId, outTradeNo, amountFen, attempt, codeHash, submittedAt });
    } else {
      updatePayment.run(columns);
    }
    if (payment.state === 'paid') paySale.run(payment.saleId);
    if (payment.state === 'paid' && before?.state !== 'paid') shifts.paid(payment);
    return payment;
  }

  return function project(entry: JournalEntry): void {
    // First: what is new is what the tables do not say yet.
    const upload = projectUpload(entry);
    projectTasks(entry, {
      payment: isPaymentEntry(entry) ? projectPayment(entry) : undefined,
      refund: isRefundEntry(entry) ? refunds.refund(entry) : undefined,
      staticPayment: isStaticEntry(entry) ? offline.projectStatic(entry) : undefined,
      upload,
    });
    projectOther(entry);
    shifts.project(entry);
    offline.projectHeld(entry);
  };

  function movePrinting(entry: JournalEntry, state: PrintState, detail: string | null): void {
    const id = entry.subject;
    if (!shifts.moveReport(id, state, detail)) changeOne(movePrint.run({ id, state, detail }), entry);
  }

  function projectOther(entry: JournalEntry): void {
    if (isPaymentEntry(entry) || isRefundEntry(entry) || isStaticEntry(entry)) return;
    switch (entry.kind) {
      case 'ledger.created':
        createTerminal.run({ ...entry.payload, at: entry.at });
        return;
      case 'sale.opened': {
        const { number, amountFen, sequence } = entry.payload;
        openSale.run({ id: entry.subject, number, amountFen, at: entry.at });
        countSale.run({ sequence, terminalId: entry.terminalId });
        return;
      }
      case 'sale.abandoned':
        abandonSale.run(entry.subject);
        return;
      case 'cash.received':
        receiveCash.run({ id: entry.subject, ...entry.payload, at: entry.at });
        changeOne(paySale.run(entry.payload.saleId), entry);
        return;
      case 'cash.refunded':
        refunds.cash(entry);
        return;
      case 'print.queued':
        queuePrint.run({ id: entry.subject, ...SALE_RECEIPT, ...entry.payload, at: entry.at });
        return;
      case 'print.sending':
        movePrinting(entry, 'sending', null);
        return;
      case 'print.settled': {
        const { result, detail = null } = entry.payload;
        movePrinting(entry, result, detail);
        return;
      }
      case 'terminal.restored':
      case 'terminal.reset':
        changeOne(beginEpoch.run({ epoch: entry.payload.epoch, terminalId: entry.terminalId }), entry);
        return;
      // Of the shifts: see ledger/shifts.ts.
      case 'shift.opened':
      case 'shift.cashMoved':
      case 'shift.counted':
      case 'shift.closed':
      case 'print.reportQueued':
      // They tell a story and change no table.
      case 'sale.resumed':
      case 'terminal.started':
      case 'clock.jumped':
      // See offline-projections.ts.
      case 'sale.held':
      case 'sale.discarded':
        return;
      // Theirs is the upload projection.
      case 'upload.started':
      case 'upload.stopped':
      case 'upload.answered':
      case 'upload.givenUp':
        return;
    }
  }
}

const SALE_RECEIPT = { paymentId: null, refundId: null, paper: null };

export function paymentFromData(data: string): Payment {
  return JSON.parse(data) as Payment;
}

function changeOne({ changes }: { changes: number }, entry: JournalEntry): void {
  invariant(changes === 1, `${entry.kind} is about ${entry.subject}, which is not there`);
}
