import { invariant } from '../../core/assert.ts';
import type { JournalDraft, JournalEntry } from '../../core/journal.ts';
import type { Decision } from '../../core/payment.ts';
import { isRefundSettled, nextRefundStep, type Refund, type RefundEvent, type RefundStep } from '../../core/refund.ts';
import { foldRefund, isRefundEntry, type RefundRequest, refundEventDraft } from '../../core/refund-journal.ts';
import { mayAskFrom } from '../../core/refund-rules.ts';
import { refundTransition } from '../../core/refund-transition.ts';
import type { Clock } from '../../core/time.ts';
import type { RefundGateway } from '../gateway/gateway.ts';
import { LedgerError } from '../ledger/errors.ts';
import type { Ledger } from '../ledger/open-ledger.ts';
import type { Pacer } from '../queue/pacer.ts';

export interface RefundEngineOptions {
  readonly ledger: Pick<Ledger, 'append' | 'refundsOpen' | 'refundsOfSale'>;
  readonly gateway: RefundGateway;
  readonly clock: Clock;
  /** When its calls may begin: always behind the sales. */
  readonly pacer: Pacer;
  /** Writes the rows that move a refund, with all that becomes true by them, in one durable commit. */
  readonly write: (move: RefundMoved, rows: readonly JournalDraft[]) => readonly JournalEntry[];
  /** After each change, when it is durable. */
  readonly onChange: (refund: Refund) => void;
  /** The books could not be written; tried again until they can. Undefined: they can again. */
  readonly onLedgerTrouble: (error: LedgerError | undefined) => void;
  /** A bug stopped this refund's loop. It stays open in the books, and the next start takes it up again. */
  readonly onFault: (refund: Refund, error: unknown) => void;
}

export interface RefundMoved {
  /** Undefined when it has just been asked for. */
  readonly before: Refund | undefined;
  readonly after: Refund;
}

export type RefundEngine = ReturnType<typeof createRefundEngine>;

interface Running {
  refund: Refund;
  hurried: 'person' | 'line' | undefined;
  /** A call is under way: nobody can say now that it comes to nothing. */
  isCalling: boolean;
  wake: AbortController;
  done: Promise<void>;
}

const LEDGER_RETRY_MS = 2_000;
/** So long one sleeps that only a person, or another refund of its order, can wake. */
const NAP_MS = 3_600_000;

/**
 * Drives every refund to its end. As with payments: what is owed (nextRefundStep), do it through the gateway, record
 * the answer, and again. The request is durable before anything is sent, and each call bears the same number.
 */
export function createRefundEngine(options: RefundEngineOptions) {
  const { ledger, gateway, clock, pacer, write, onChange, onLedgerTrouble, onFault } = options;
  const running = new Map<string, Running>();
  const stopping = new AbortController();

  async function perform(refund: Refund, step: RefundStep['step']): Promise<RefundEvent> {
    const { outRefundNo, outTradeNo, totalFen, refundFen, decision } = refund;
    if (step === 'query') return { type: 'queried', answer: await gateway.refundQuery({ outRefundNo }) };
    const order = { outTradeNo };
    const answer = await gateway.refund({ order, outRefundNo, totalFen, refundFen, desc: decision.why });
    return { type: 'answered', answer };
  }

  /** One event and its consequences, durable; then told. */
  function record(entry: Running, event: RefundEvent): void {
    const before = entry.refund;
    const after = refundTransition(before, event, clock.now());
    const written = write({ before, after }, [refundEventDraft(before.id, event)]);
    entry.refund = foldRefund(before, rowOf(written, before.id));
    onChange(entry.refund);
    wakeOrder(entry);
  }

  /** An answer that cannot be written down yet is held, and nobody is told: not durable is not known. */
  async function recordOrWait(entry: Running, event: RefundEvent): Promise<void> {
    for (let troubled = false; ; troubled = true) {
      try {
        record(entry, event);
        if (troubled) onLedgerTrouble(undefined);
        return;
      } catch (error) {
        if (!(error instanceof LedgerError) || stopping.signal.aborted) throw error;
        onLedgerTrouble(error);
        await clock.sleep(LEDGER_RETRY_MS, stopping.signal);
      }
    }
  }

  /** Others of the same order may have waited for this one. */
  function wakeOrder({ refund }: Running): void {
    for (const other of running.values()) {
      if (other.refund.outTradeNo === refund.outTradeNo && other.refund.id !== refund.id) other.wake.abort();
    }
  }

  /** When the step may be done; undefined: not before somebody wakes this refund. */
  function dueAt({ refund, hurried }: Running, next: RefundStep | undefined): number | undefined {
    if (next === undefined) return undefined;
    const at = hurried === undefined ? next.at : Number.NEGATIVE_INFINITY;
    if (next.step === 'query') return at;
    if (isOrderBusy(refund)) return undefined;
    const ofOrder = ledger.refundsOfSale(refund.saleId).filter(({ outTradeNo }) => outTradeNo === refund.outTradeNo);
    const from = mayAskFrom(refund, ofOrder, clock.now());
    return from === undefined ? undefined : Math.max(at, from);
  }

  function isOrderBusy({ id, outTradeNo }: Refund): boolean {
    return [...running.values()].some(
      ({ refund, isCalling }) => isCalling && refund.id !== id && refund.outTradeNo === outTradeNo,
    );
  }

  async function callInTurn(entry: Running, step: RefundStep['step']): Promise<RefundEvent | undefined> {
    const order = entry.hurried === 'person' ? Number.NEGATIVE_INFINITY : entry.refund.requestedAt;
    return pacer.background(order, async () => {
      // Whoever waited for a turn may find that the day is over, or that something else is owed by now.
      const isStale = stopping.signal.aborted || nextRefundStep(entry.refund)?.step !== step;
      if (isStale || (step === 'refund' && isOrderBusy(entry.refund))) return undefined;
      entry.isCalling = true;
      return perform(entry.refund, step);
    });
  }

  async function drive(entry: Running): Promise<void> {
    while (!stopping.signal.aborted && !isRefundSettled(entry.refund)) {
      const next = nextRefundStep(entry.refund);
      const wait = (dueAt(entry, next) ?? clock.now() + NAP_MS) - clock.now();
      if (next === undefined || wait > 0) {
        await clock.sleep(pacer.spread(wait), AbortSignal.any([entry.wake.signal, stopping.signal]));
        entry.wake = new AbortController();
        continue;
      }
      const event = await callInTurn(entry, next.step);
      if (event === undefined) continue;
      entry.hurried = undefined;
      await recordOrWait(entry, event);
      entry.isCalling = false;
      wakeOrder(entry);
    }
  }

  function run(refund: Refund): Running {
    const wake = new AbortController();
    const entry: Running = { refund, hurried: undefined, isCalling: false, wake, done: Promise.resolve() };
    running.set(refund.id, entry);
    entry.done = drive(entry)
      .catch((error: unknown) => {
        // While stopping, the last answer may find the books closed to it: the next start asks for it again.
        if (!stopping.signal.aborted) onFault(entry.refund, error);
      })
      .finally(() => running.delete(refund.id));
    return entry;
  }

  /** Refunds that nobody drives go on from what the books say of them: one commit for all. */
  function takeUp(open: readonly Refund[]): void {
    const rows = ledger.append(...open.map(({ id }) => refundEventDraft(id, { type: 'resumed' })));
    for (const refund of open) onChange(run(foldRefund(refund, rowOf(rows, refund.id))).refund);
  }

  function runningOrTakenUp(refundId: string): Running | undefined {
    if (!running.has(refundId)) takeUp(ledger.refundsOpen().filter(({ id }) => id === refundId));
    return running.get(refundId);
  }

  return {
    /**
     * Makes a refund owed. It is durable when this returns, whether or not there is a line.
     *
     * @throws LedgerError when it could not be written: nothing is owed then.
     */
    request(id: string, request: RefundRequest): Refund {
      invariant(!stopping.signal.aborted, 'A refund was requested of an engine that is stopping');
      const draft: JournalDraft = { kind: 'refund.requested', subject: id, payload: request };
      const planned: Refund = { ...request, id, requestedAt: clock.now(), state: 'requested', tries: 0, nextAt: 0 };
      const written = write({ before: undefined, after: planned }, [draft]);
      const { refund } = run(foldRefund(undefined, rowOf(written, id)));
      onChange(refund);
      return refund;
    },

    /** Takes up every refund that is not settled. Returns when each is running again. */
    resume(): number {
      const open = ledger.refundsOpen().filter(({ id }) => !running.has(id));
      if (open.length > 0) takeUp(open);
      return open.length;
    },

    /** The line is back: whatever waits for its next step does not wait any longer. */
    hurry(): void {
      for (const entry of running.values()) {
        if (entry.refund.state === 'attention') continue;
        entry.hurried ??= 'line';
        entry.wake.abort();
      }
    },

    /** The wall clock was set: what was planned by the old one, for a day from now perhaps, is looked at now. */
    retime(): void {
      for (const entry of running.values()) {
        entry.hurried ??= 'line';
        entry.wake.abort();
      }
    },

    /**
     * Does what is owed now instead of when it is due, and asks again for what was refused: what was in the way may have
     * been mended. Never sooner after another refund of the order than WeChat Pay allows.
     *
     * @returns false when nothing is owed.
     */
    tryNow(refundId: string): boolean {
      const entry = runningOrTakenUp(refundId);
      if (entry === undefined || isRefundSettled(entry.refund)) return false;
      const { refund } = entry;
      const canBeAsked = refund.state === 'attention' && (refund.cause === 'refused' || refund.cause === 'blocked');
      if (canBeAsked && !entry.isCalling) record(entry, { type: 'retried' });
      entry.hurried = 'person';
      entry.wake.abort();
      return true;
    },

    /**
     * A manager's word ends a refund that waits for one: the money goes back another way, or not at all.
     *
     * @returns false when it does not wait for a person, or is being asked for at this moment.
     * @throws LedgerError when the word could not be written: nothing has changed then.
     */
    giveUp(refundId: string, decision: Decision): boolean {
      const entry = runningOrTakenUp(refundId);
      if (entry?.refund.state !== 'attention' || entry.isCalling) return false;
      record(entry, { type: 'givenUp', decision });
      entry.wake.abort();
      return true;
    },

    /** No new step begins; resolves when the steps under way have been recorded. */
    async stop(): Promise<void> {
      stopping.abort();
      await Promise.allSettled([...running.values()].map(({ done }) => done));
    },
  };
}

function rowOf(rows: readonly JournalEntry[], refundId: string) {
  const row = rows.find((entry) => isRefundEntry(entry) && entry.subject === refundId);
  invariant(row !== undefined && isRefundEntry(row), `The journal returned no row of refund ${refundId}`);
  return row;
}
