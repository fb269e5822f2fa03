import { invariant } from '../../core/assert.ts';
import type { JournalDraft, PrintResult } from '../../core/journal.ts';
import { receiptOf, type Shop } from '../../core/receipt.ts';
import type { Clock } from '../../core/time.ts';
import type { PrintOutcome, ReceiptPrinter } from '../../devices/printer/printer.ts';
import { LedgerError } from '../ledger/errors.ts';
import type { Ledger } from '../ledger/open-ledger.ts';
import type { PrintJob } from '../ledger/queries.ts';

export interface PrintQueueOptions {
  readonly ledger: Pick<Ledger, 'append' | 'sale' | 'payment' | 'printsOpen' | 'printsOfSale'>;
  readonly printer: Pick<ReceiptPrinter, 'print'>;
  readonly shop: Shop;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly onChange: () => void;
  /** A bug: the receipt is dropped with a word in the journal, and the others go on. */
  readonly onFault: (error: unknown) => void;
}

export type PrintQueue = ReturnType<typeof createPrintQueue>;

const RETRY_MS = [2_000, 5_000, 10_000, 30_000, 60_000] as const;

/**
 * Receipts owed, one after another, beside the sales and never in their way. What is about to be sent is written down
 * before; what surely did not reach the printer is tried again; what may have reached it is left to a person's eyes.
 */
export function createPrintQueue(options: PrintQueueOptions) {
  const { ledger, printer, shop, clock, newId, onChange, onFault } = options;
  const stopping = new AbortController();
  let work: Promise<void> | undefined;
  let wake = new AbortController();

  function settle(job: PrintJob, result: PrintResult, detail?: string): void {
    const payload = detail === undefined ? { result } : { result, detail };
    ledger.append({ kind: 'print.settled', subject: job.id, payload });
    onChange();
  }

  /** @returns whether the job left the queue. */
  async function printOne(job: PrintJob): Promise<boolean> {
    const sale = ledger.sale(job.saleId);
    const payment = ledger.payment(job.paymentId);
    invariant(sale && payment?.state === 'paid', `Receipt ${job.id} is for a payment that is not paid`);
    ledger.append({ kind: 'print.sending', subject: job.id, payload: {} });
    const outcome = await printer.print(receiptOf(shop, sale, payment, job.copy));
    settle(job, ...resultOf(outcome));
    return outcome.result !== 'not-sent';
  }

  async function workThrough(): Promise<void> {
    let failures = 0;
    while (!stopping.signal.aborted) {
      const [job] = ledger.printsOpen();
      if (job === undefined) return;
      const left = await printOne(job).catch((error: unknown) => {
        // Books that cannot be written now can be later; the receipt waits for that as for a dead printer.
        if (error instanceof LedgerError) return false;
        onFault(error);
        settle(job, 'dropped', String(error));
        return true;
      });
      if (left) {
        failures = 0;
        continue;
      }
      const wait = RETRY_MS[Math.min(failures++, RETRY_MS.length - 1)] ?? RETRY_MS[0];
      wake = new AbortController();
      await clock.sleep(wait, AbortSignal.any([wake.signal, stopping.signal]));
    }
  }

  function start(): void {
    if (stopping.signal.aborted) return;
    wake.abort();
    work ??= workThrough().finally(() => {
      work = undefined;
      // A job may have come between the last look and the end.
      if (!stopping.signal.aborted && ledger.printsOpen().length > 0) start();
    });
  }

  return {
    /** The journal line that makes a receipt owed; written together with what it is owed for. */
    draft(saleId: string, paymentId: string): JournalDraft {
      const copy = ledger.printsOfSale(saleId).length;
      return { kind: 'print.queued', subject: newId(), payload: { saleId, paymentId, copy } };
    },

    start,

    /** After a restart: what was being sent may lie printed on the counter. It is shown, not printed again. */
    recover(): void {
      for (const job of ledger.printsOpen()) {
        if (job.state === 'sending') settle(job, 'unknown', 'the terminal stopped while printing');
      }
      start();
    },

    /** Resolves when nothing is owed any more, or when stopped. */
    async idle(): Promise<void> {
      while (work) await work;
    },

    async stop(): Promise<void> {
      stopping.abort();
      await work?.catch(() => {});
    },
  };
}

function resultOf(outcome: PrintOutcome): [PrintResult, string?] {
  switch (outcome.result) {
    case 'printed':
    case 'sent':
      return [outcome.result];
    case 'not-sent':
      return ['queued', outcome.status.detail ?? outcome.status.state];
    case 'unknown':
      return ['unknown', outcome.status.detail ?? outcome.status.state];
  }
}
