import { invariant } from '../../core/assert.ts';
import type { JournalDraft, PrintResult, RefundPaper } from '../../core/journal.ts';
import { cashReceiptOf, type Receipt, receiptOf, type Shop, staticReceiptOf } from '../../core/receipt.ts';
import type { RefundReceipt } from '../../core/refund-receipt.ts';
import type { ReportKind } from '../../core/shift-rows.ts';
import type { Clock } from '../../core/time.ts';
import type { Printable } from '../../devices/printer/printable.ts';
import type { PrintOutcome, ReceiptPrinter } from '../../devices/printer/printer.ts';
import type { Ledger } from '../ledger/open-ledger.ts';
import type { PrintJob } from '../ledger/queries.ts';
import type { ReportJob } from '../ledger/shifts.ts';
import { writeOrWait } from '../ledger/write-or-wait.ts';
import { type RefundPaperBooks, refundReceiptOf } from './refund-paper.ts';
import { shiftReport } from './shift-report.ts';

export interface PrintQueueOptions {
  readonly ledger: RefundPaperBooks &
    Pick<
      Ledger,
      | 'append'
      | 'terminal'
      | 'payment'
      | 'staticOfSale'
      | 'printsOpen'
      | 'printsOfSale'
      | 'shift'
      | 'reportsOpen'
      | 'reportsOfShift'
      | 'unsettled'
      | 'toVerify'
    >;
  readonly printer: Pick<ReceiptPrinter, 'print' | 'status'>;
  readonly shop: Shop;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly onChange: () => void;
  /** A bug: the receipt is dropped with a word in the journal, and the others go on. */
  readonly onFault: (error: unknown) => void;
}

type PrintDraft = Extract<JournalDraft, { readonly kind: 'print.queued' }>;

export type PrintQueue = ReturnType<typeof createPrintQueue>;

/** Why a wait is over. Without a reason of our own, an exception with its stack is made each time, for nobody. */
const TRIED_AGAIN = 'tried again';
/** A printer that stays away all night should not fill the journal; a new receipt tries at once anyway. */
const RETRY_MS = [2_000, 5_000, 10_000, 30_000, 60_000, 300_000] as const;

/**
 * Receipts owed, one after another, beside the sales and never in their way. What is about to be sent is written down
 * before; what surely did not reach the printer is tried again; what may have reached it is left to a person's eyes.
 */
export function createPrintQueue(options: PrintQueueOptions) {
  const { ledger, printer, shop, clock, newId, onChange, onFault } = options;
  const stopping = new AbortController();
  let work: Promise<void> | undefined;
  let wake = new AbortController();
  let askedAgain = false;
  let passing: (() => Printable | undefined)[] = [];

  /** Written when the books can be written: until then nothing else is printed, and this receipt never again. */
  async function settle(job: PrintJob | ReportJob, result: PrintResult, detail?: string): Promise<void> {
    const payload = detail === undefined ? { result } : { result, detail };
    await whenWritable(() => ledger.append({ kind: 'print.settled', subject: job.id, payload }));
    onChange();
  }

  function whenWritable(write: () => unknown): Promise<void> {
    return writeOrWait(write, { clock, stopping: stopping.signal, onTrouble: () => {} });
  }

  /** Receipts first: a customer waits for one. */
  function nextJob(): PrintJob | ReportJob | undefined {
    return ledger.printsOpen(1)[0] ?? ledger.reportsOpen()[0];
  }

  function paperFor(job: PrintJob | ReportJob): Printable {
    return 'shiftId' in job ? shiftReport(ledger, shop, job, clock.now()) : receiptFor(job);
  }

  function receiptFor(job: PrintJob): Receipt | RefundReceipt {
    const { id, saleId, paymentId, refundId, paper = 'slip', copy } = job;
    if (refundId !== undefined) return refundReceiptOf(ledger, shop, { id, saleId, refundId, paper, copy });
    const sale = ledger.sale(saleId);
    const cash = paymentId === undefined ? ledger.cashOfSale(saleId) : undefined;
    if (sale && cash) return cashReceiptOf(shop, sale, cash, copy);
    const onCode = paymentId === undefined ? ledger.staticOfSale(saleId) : undefined;
    if (sale && onCode && onCode.state !== 'disproven') return staticReceiptOf(shop, sale, onCode, copy);
    const payment = paymentId === undefined ? undefined : ledger.payment(paymentId);
    invariant(sale && payment?.state === 'paid', `Receipt ${id} is for a payment that is not paid`);
    return receiptOf(shop, sale, payment, copy);
  }

  /** @returns whether the job left the queue. */
  async function printOne(job: PrintJob | ReportJob): Promise<boolean> {
    const paper = paperFor(job);
    await whenWritable(() => ledger.append({ kind: 'print.sending', subject: job.id, payload: {} }));
    const outcome = await printer.print(paper);
    await settle(job, ...resultOf(outcome));
    return outcome.result !== 'not-sent';
  }

  async function workThrough(): Promise<void> {
    for (let failures = 0; !stopping.signal.aborted; ) {
      await printPassing();
      const job = nextJob();
      if (job === undefined) return;
      const left = await printOne(job).catch(async (error: unknown) => {
        if (stopping.signal.aborted) throw error;
        onFault(error);
        await settle(job, 'dropped', String(error));
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

  /** Paper that is of use now or never. What does not reach the printer is not tried again. */
  async function printPassing(): Promise<void> {
    const asked = passing;
    passing = [];
    for (const make of asked) {
      const paper = stopping.signal.aborted ? undefined : make();
      if (paper) await printer.print(paper).catch(onFault);
    }
  }

  function start(): void {
    // Without a printer there is nothing to do; what is owed waits for one.
    if (stopping.signal.aborted || !isPaperOwed()) return;
    wake.abort(TRIED_AGAIN);
    // A job may come just when the last one has been looked for: then it is looked for once more.
    askedAgain = work !== undefined;
    work ??= workThrough()
      // Nothing about paper may end the process; the next receipt, or the next start, tries again.
      .catch((error: unknown) => {
        if (!stopping.signal.aborted) onFault(error);
      })
      .finally(() => {
        work = undefined;
        if (askedAgain) start();
      });
  }

  function draft(saleId: string, paymentId?: string): PrintDraft {
    const copy = ledger.printsOfSale(saleId).filter(({ refundId }) => refundId === undefined).length;
    const payload = paymentId === undefined ? { saleId, copy } : { saleId, paymentId, copy };
    return { kind: 'print.queued', subject: newId(), payload };
  }

  /** Without a printer no paper is owed. */
  function isPaperOwed(): boolean {
    return printer.status().state !== 'none';
  }

  return {
    /** The journal line that makes a receipt owed, whatever printer there is. Cash, and the static code, have no payment. */
    draft,

    /** What a receipt adds to the commit that makes it owed. */
    receiptDrafts(saleId: string, paymentId?: string): JournalDraft[] {
      return isPaperOwed() ? [draft(saleId, paymentId)] : [];
    },

    /** The same for the paper about a refund. */
    refundDrafts(refundId: string, saleId: string, paper: RefundPaper): JournalDraft[] {
      const payload = { saleId, refundId, paper, copy: 0 };
      return isPaperOwed() ? [{ kind: 'print.queued', subject: newId(), payload }] : [];
    },

    /** The same for a shift's report. A Z report is printed again as a marked copy. */
    reportDrafts(shiftId: string, report: ReportKind): JournalDraft[] {
      if (!isPaperOwed()) return [];
      const copy = report === 'X' ? 0 : ledger.reportsOfShift(shiftId).filter((job) => job.report === 'Z').length;
      return [{ kind: 'print.reportQueued', subject: newId(), payload: { shiftId, report, copy } }];
    },

    /**
     * Prints something that is of use now or never, as soon as the printer is free, and does not keep it: a code to be
     * paid must not come out when somebody puts in paper the next morning.
     *
     * @returns false without a printer.
     */
    printNow(make: () => Printable | undefined): boolean {
      if (!isPaperOwed()) return false;
      passing = [...passing, make];
      start();
      return true;
    },

    start,

    /** The printer is tried again now. False without one. */
    tryNow(): boolean {
      start();
      return work !== undefined;
    },

    /** After a restart: what was being sent may lie printed on the counter. It is shown, not printed again. */
    async recover(): Promise<void> {
      for (const job of [...ledger.printsOpen(), ...ledger.reportsOpen()]) {
        if (job.state === 'sending') await settle(job, 'unknown', 'the terminal stopped while printing');
      }
      start();
    },

    /** Resolves when nothing is owed any more, or when stopped. */
    async idle(): Promise<void> {
      while (work) await work;
    },

    async stop(): Promise<void> {
      stopping.abort();
      await work;
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
