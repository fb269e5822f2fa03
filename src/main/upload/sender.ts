import type { Clock } from '../../core/time.ts';
import type { Upload } from '../../core/upload.ts';
import { LedgerError } from '../ledger/errors.ts';
import type { Ledger } from '../ledger/open-ledger.ts';
import { REPORT_WAIT_MAX_MS, reportWaitMs } from './backoff.ts';
import { createOfficeState } from './office-state.ts';
import type { Posted } from './post-once.ts';

export interface UploadSenderOptions {
  readonly ledger: Pick<Ledger, 'append' | 'upload' | 'isUploadInTurn' | 'uploadsNext' | 'uploadRefusedAfter'>;
  /** Delivers one report, once. Never rejects. */
  readonly post: (upload: Upload, stopped: AbortSignal) => Promise<Posted>;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  readonly ratePerSecond: number;
  /** Sales come first: resolves when none is on the wire, or after a moment. */
  readonly afterSales: () => Promise<void>;
  /** After an answer is durable. */
  readonly onChange: () => void;
  /** The back office begins to fail, with a short code, or is well again. */
  readonly onOffice: (trouble: string | undefined) => void;
  /** A bug. The report stays owed, and the next start tries it again. */
  readonly onFault: (error: unknown) => void;
}

export type UploadSender = ReturnType<typeof createUploadSender>;

/** On their way at one time: a back office that answers slowly to one still gets the others. */
const PLACES = 4;
const LEDGER_RETRY_MS = 2_000;
/** Nothing is due: whatever comes wakes it. */
const REST_MAX_MS = 3_600_000;
const REST_MIN_MS = 1;

/**
 * Delivers what the back office is owed, oldest first, at a set rate, each report of a sale after those before it. Only
 * what stands in the books is sent, and an answer counts when it stands there too: whoever dies in between sends it
 * again, under the same key.
 */
export function createUploadSender(options: UploadSenderOptions) {
  const { ledger, post, clock, random, ratePerSecond, afterSales, onChange, onOffice, onFault } = options;
  const stopping = new AbortController();
  const office = createOfficeState(random, onOffice);
  const flying = new Set<string>();
  /** Left alone until the next start: a bug, told once, must not be told a thousand times. */
  const faulty = new Set<string>();
  /** A person wants these now, whatever the back office did lately. Kept until they have been tried. */
  const asked = new Set<string>();
  /**
   * Those that were refused before are tried once more at each start, one by one: `afterSeq` is how far that is.
   * Undefined when it is done.
   */
  let retry: { readonly afterSeq: number; readonly refusedBefore: number } | undefined;
  let alarm = new AbortController();
  let work: Promise<void> | undefined;

  function isFree({ id }: Upload): boolean {
    return !flying.has(id) && !faulty.has(id);
  }

  function nextInTurn(): Upload | undefined {
    return ledger.uploadsNext(flying.size + faulty.size + 1).find(isFree);
  }

  function nextRefused(): Upload | undefined {
    if (retry === undefined) return undefined;
    const { afterSeq, refusedBefore } = retry;
    const upload = ledger.uploadRefusedAfter(afterSeq);
    retry = upload && { afterSeq: upload.seq, refusedBefore };
    return upload && upload.nextAt < refusedBefore && isFree(upload) ? upload : undefined;
  }

  function retryRefused(): void {
    retry = { afterSeq: 0, refusedBefore: clock.now() };
  }

  /** The next report that may go now. */
  function pick(): Upload | undefined {
    for (const id of asked) {
      if (flying.has(id)) continue;
      const upload = ledger.upload(id);
      if (upload && isOwed(upload)) return upload;
      asked.delete(id);
    }
    if (flying.size >= office.places(clock.now(), PLACES)) return undefined;
    const upload = nextInTurn();
    return upload && isDue(upload, clock.now()) ? upload : nextRefused();
  }

  /** Until something is due, or somebody calls. */
  async function rest(): Promise<void> {
    alarm = new AbortController();
    const now = clock.now();
    const firstAt = retry === undefined ? (nextInTurn()?.nextAt ?? Number.POSITIVE_INFINITY) : now;
    const dueMs = Math.max(firstAt - now, office.msLeft(now), REST_MIN_MS);
    // With every place taken, the next answer wakes it.
    const isFull = flying.size > 0 && flying.size >= office.places(now, PLACES);
    const restMs = isFull ? REST_MAX_MS : Math.min(dueMs, REST_MAX_MS);
    await clock.sleep(restMs, AbortSignal.any([alarm.signal, stopping.signal]));
  }

  async function deliver(upload: Upload): Promise<void> {
    const isAsked = asked.has(upload.id);
    await afterSales();
    if (stopping.signal.aborted) return;
    const posted = await post(upload, stopping.signal);
    // Cut short by ourselves: that says nothing of the back office.
    if (stopping.signal.aborted && posted.answer.verdict === 'AGAIN') return;
    await record(upload, posted);
    office.note(posted, clock.now());
    onChange();
    // Whatever stood in the way of one that a person has looked at may have stood in the way of the others.
    if (isAsked && posted.answer.verdict === 'DELIVERED') retryRefused();
  }

  async function record({ id, attempts }: Upload, { answer, retryAfterMs = 0 }: Posted): Promise<void> {
    const backoffMs = Math.max(reportWaitMs(attempts + 1, random()), retryAfterMs);
    const waitMs = answer.verdict === 'AGAIN' ? backoffMs : 0;
    for (;;) {
      try {
        ledger.append({ kind: 'upload.answered', subject: id, payload: { answer, waitMs } });
        return;
      } catch (error) {
        if (!(error instanceof LedgerError) || stopping.signal.aborted) throw error;
        await clock.sleep(LEDGER_RETRY_MS, stopping.signal);
      }
    }
  }

  function launch(upload: Upload): Promise<void> {
    flying.add(upload.id);
    return deliver(upload)
      .catch((error: unknown) => {
        // While stopping, the last answer may find the books closed to it: the next start sends it again.
        if (stopping.signal.aborted) return;
        faulty.add(upload.id);
        onFault(error);
      })
      .finally(() => {
        flying.delete(upload.id);
        asked.delete(upload.id);
        alarm.abort();
      });
  }

  async function workThrough(): Promise<void> {
    const underWay = new Set<Promise<void>>();
    while (!stopping.signal.aborted) {
      const upload = pick();
      if (upload === undefined) {
        await rest();
        continue;
      }
      const flight = launch(upload);
      underWay.add(flight);
      void flight.finally(() => underWay.delete(flight));
      await clock.sleep(1_000 / ratePerSecond, stopping.signal);
    }
    await Promise.all(underWay);
  }

  return {
    start(): void {
      retryRefused();
      work ??= workThrough().catch(onFault);
    },

    /** There may be something new to send. */
    wake: (): void => alarm.abort(),

    /** The line is back: a back office that could not be reached may be there again. */
    hurry(): void {
      office.endPause(clock.now());
      alarm.abort();
    },

    /** @returns false when it is over, or waits for one before it. */
    tryNow(id: string): boolean {
      const upload = ledger.upload(id);
      if (upload === undefined || !isOwed(upload) || !ledger.isUploadInTurn(id)) return false;
      faulty.delete(id);
      asked.add(id);
      alarm.abort();
      return true;
    },

    /** Whether anything goes out by itself right now; what waits for a later try does not count. */
    isBusy(): boolean {
      if (flying.size > 0 || asked.size > 0) return true;
      if (office.places(clock.now(), PLACES) === 0) return false;
      const upload = nextInTurn();
      return (upload !== undefined && isDue(upload, clock.now())) || retry !== undefined;
    },

    /** Nothing new goes out; resolves when the answers that still came are recorded. */
    async stop(): Promise<void> {
      stopping.abort();
      await work;
    },
  };
}

function isOwed({ state }: Upload): boolean {
  return state === 'open' || state === 'human';
}

function isDue({ nextAt }: Upload, now: number): boolean {
  return nextAt <= now || nextAt > now + REPORT_WAIT_MAX_MS;
}
