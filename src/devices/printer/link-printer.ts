import type { DeviceState, DeviceStatus } from '../../core/device-status.ts';
import type { Clock } from '../../core/time.ts';
import { faultOf } from '../transport/device-fault.ts';
import type { Link, LinkSource } from '../transport/link.ts';
import { encodeReceipt, type PaperOptions, warmUpEncoder } from './encode-receipt.ts';
import { askPrinter, PRINT_TIMINGS, type PrintTimings, runJob } from './print-job.ts';
import type { Printable } from './printable.ts';
import type { PrinterListener, PrintOutcome, ReceiptPrinter } from './printer.ts';

export interface LinkPrinterOptions extends PaperOptions, PrinterListener {
  /** As people and the status line call it: "tcp:192.168.1.87:9100". */
  readonly name: string;
  readonly clock: Clock;
  readonly timings?: PrintTimings;
}

/** How often a printer that is not well is looked at. One that is well is left alone: others may want to use it. */
const LOOK_MS = 5_000;
/** Late enough to be out of the way of whatever else starts. */
const WARM_UP_MS = 500;

/** An ESC/POS printer at the end of any line. Opens the line for each job and closes it: others can print between. */
export function createLinkPrinter(links: LinkSource, options: LinkPrinterOptions): ReceiptPrinter {
  const { name, clock, timings = PRINT_TIMINGS } = options;
  const closing = new AbortController();
  let status: DeviceStatus = { kind: 'printer', name, state: 'opening' };
  let canConfirm = false;
  let jobs: Promise<void> = Promise.resolve();
  let jobsWaiting = 0;
  let look = { stop: new AbortController(), done: Promise.resolve() };
  const watching = keepLooking();

  return {
    status: () => status,
    print(receipt) {
      const outcome = Promise.withResolvers<PrintOutcome>();
      jobsWaiting++;
      jobs = jobs.then(() => print(receipt, outcome.resolve)).finally(() => jobsWaiting--);
      return outcome.promise;
    },
    async close() {
      closing.abort();
      look.stop.abort();
      await Promise.all([watching, jobs]);
      await links.close();
    },
  };

  /** Settles as soon as the outcome is known; done when the line is closed and the next job may use it. */
  async function print(receipt: Printable, settle: (outcome: PrintOutcome) => void): Promise<void> {
    look.stop.abort();
    await look.done;
    if (closing.signal.aborted) {
      settle({ result: 'not-sent', status: tell('missing', 'the terminal is closing') });
      return;
    }
    let link: Link;
    let bytes: Uint8Array;
    try {
      bytes = encodeReceipt(receipt, options);
      link = await links.open(closing.signal);
    } catch (error) {
      const { state, message } = faultOf(error);
      settle({ result: 'not-sent', status: tell(state, message) });
      return;
    }
    const end = await runJob(link, bytes, {
      timings,
      clock,
      canConfirm,
      askFirst: hadTrouble(),
      onTrouble: ({ state, detail }) => tell(state, detail),
    });
    if (end.result === 'printed') canConfirm = true;
    if ('problem' in end) settle({ result: end.result, status: tell(end.problem.state, end.problem.detail) });
    else {
      tell('ready');
      settle({ result: end.result });
    }
    await link.close();
  }

  async function keepLooking(): Promise<void> {
    await lookOnce();
    await clock.sleep(WARM_UP_MS, closing.signal);
    if (!closing.signal.aborted) warmUpEncoder(options);
    while (!closing.signal.aborted) {
      await clock.sleep(LOOK_MS, closing.signal);
      if (status.state !== 'ready') await lookOnce();
    }
  }

  /** Is it there? A job that comes in the meantime goes first. */
  async function lookOnce(): Promise<void> {
    if (closing.signal.aborted || jobsWaiting > 0) return;
    const stop = new AbortController();
    const done = Promise.withResolvers<void>();
    look = { stop, done: done.promise };
    try {
      const link = await links.open(stop.signal);
      stop.signal.addEventListener('abort', () => void link.abandon());
      const problem = hadTrouble() ? await askPrinter(link, timings, clock) : undefined;
      await link.abandon();
      if (!stop.signal.aborted) tell(problem?.state ?? 'ready', problem?.detail);
    } catch (error) {
      const { state, message } = faultOf(error);
      if (!stop.signal.aborted) tell(state, message);
    } finally {
      done.resolve();
    }
  }

  /** It has been there and could not print: worth a question before it is sent anything. */
  function hadTrouble(): boolean {
    return status.state === 'paper-out' || status.state === 'cover-open' || status.state === 'faulty';
  }

  function tell(state: DeviceState, detail?: string): DeviceStatus {
    if (status.state === state && status.detail === detail) return status;
    status = { kind: 'printer', name, state, ...(detail === undefined ? {} : { detail }) };
    options.onStatus(status);
    return status;
  }
}
