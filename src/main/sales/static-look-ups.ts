import { invariant } from '../../core/assert.ts';
import { isStaticEntry, type JournalDraft } from '../../core/journal.ts';
import { foldStatic } from '../../core/offline-journal.ts';
import type { OrderLookUp } from '../../core/order-look-up.ts';
import type { Decision } from '../../core/payment.ts';
import type { Disproof, StaticPayment } from '../../core/static-payment.ts';
import { type Finding, judgeLookUp, type KnownOrder, type ProofNeeded, type Verdict } from '../../core/static-proof.ts';
import type { Clock } from '../../core/time.ts';
import type { LookUpGateway } from '../gateway/gateway.ts';
import { LedgerError } from '../ledger/errors.ts';
import type { Ledger } from '../ledger/open-ledger.ts';
import type { Pacer } from '../queue/pacer.ts';

export interface StaticLookUpsOptions {
  readonly ledger: Pick<
    Ledger,
    'append' | 'payment' | 'staticPayment' | 'staticOwed' | 'saleOfOrder' | 'saleOfTransaction'
  >;
  readonly gateway: LookUpGateway;
  /** What a payment's `gateway` says: who is asked here. */
  readonly gatewayName: string;
  readonly clock: Clock;
  readonly pacer: Pick<Pacer, 'background'>;
  /** After each change, when it is durable. */
  readonly onChange: (payment: StaticPayment) => void;
  /** An order of our own was found: whatever is still open about it is worth asking now. */
  readonly onOwnOrder: (paymentId: string) => void;
  /** A bug. The payment stays to be verified, and the next start takes it up again. */
  readonly onFault: (error: unknown) => void;
}

export type StaticLookUps = ReturnType<typeof createStaticLookUps>;

const LEDGER_RETRY_MS = 2_000;

interface Look {
  readonly staticId: string;
  readonly transactionId: string;
  /** When the payment was accepted: the oldest is asked for first. */
  readonly since: number;
  readonly at: number;
}

/**
 * Looks transactions up by the number on the customer's phone, and writes down what that proves. A number that nobody
 * could be asked about is kept with the payment and asked about again, at once when the line comes back.
 */
export function createStaticLookUps(options: StaticLookUpsOptions) {
  const { ledger, gateway, gatewayName, clock, pacer, onChange, onOwnOrder, onFault } = options;
  const stopping = new AbortController();
  /** Payments whose next look does not wait until it is due. */
  const hurried = new Set<string>();
  let wake = new AbortController();
  let work: Promise<void> | undefined;
  let askedAgain = false;

  function judge(needed: ProofNeeded, transactionId: string, answer: OrderLookUp): Verdict {
    const known = (outTradeNo: string): KnownOrder => {
      const ownSale = ledger.saleOfOrder(outTradeNo);
      const usedFor = ledger.saleOfTransaction(transactionId);
      return { ...(ownSale === undefined ? {} : { ownSale }), ...(usedFor === undefined ? {} : { usedFor }) };
    };
    return judgeLookUp(needed, { gateway: gatewayName, transactionId }, answer, known);
  }

  function record(payment: StaticPayment, ...drafts: [JournalDraft, ...JournalDraft[]]): void {
    const [written] = ledger.append(...drafts);
    invariant(written !== undefined && isStaticEntry(written), 'The journal returned another row');
    onChange(foldStatic(payment, written));
  }

  /** From here on nothing waits: what the books said when the verdict was reached still holds when it is written. */
  function conclude(staticId: string, transactionId: string, answer: OrderLookUp): Verdict | undefined {
    const payment = ledger.staticPayment(staticId);
    if (payment?.state !== 'accepted') return undefined;
    const verdict = judge(payment, transactionId, answer);
    const { saleId } = payment;
    record(
      payment,
      'proof' in verdict
        ? { kind: 'static.proven', subject: staticId, payload: { saleId, proof: verdict.proof } }
        : { kind: 'static.lookedUp', subject: staticId, payload: { transactionId, finding: verdict.finding } },
    );
    return verdict;
  }

  /** Whose number is asked about next, and when. One that a person asks for again need not be owed a look. */
  function nextLook(): Look | undefined {
    for (const id of hurried) {
      hurried.delete(id);
      const look = lookOf(ledger.staticPayment(id));
      if (look) return { ...look, at: Number.NEGATIVE_INFINITY };
    }
    return lookOf(ledger.staticOwed()[0]);
  }

  async function workThrough(): Promise<void> {
    while (!stopping.signal.aborted) {
      const next = nextLook();
      if (next === undefined) return;
      const waitMs = next.at - clock.now();
      if (waitMs > 0) await clock.sleep(waitMs, AbortSignal.any([wake.signal, stopping.signal]));
      else await look(next);
    }
  }

  async function look({ staticId, transactionId, since }: Look): Promise<void> {
    const answer = await pacer.background(since, async () =>
      stopping.signal.aborted ? undefined : gateway.lookUp({ transactionId }),
    );
    if (answer === undefined || stopping.signal.aborted) return;
    // A person may have read another number from the phone meanwhile: then this answer is about nothing any more.
    if (lookOf(ledger.staticPayment(staticId))?.transactionId !== transactionId) return;
    try {
      conclude(staticId, transactionId, answer);
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
      // What cannot be written down is not known: it is asked again when there may be room.
      await clock.sleep(LEDGER_RETRY_MS, stopping.signal);
    }
  }

  /** Looks at whatever is owed, beside the sales. Nothing happens when nothing is. */
  function start(): void {
    wake.abort();
    wake = new AbortController();
    if (stopping.signal.aborted) return;
    // One may come just when the last one has been looked for: then it is looked for once more.
    askedAgain = work !== undefined;
    work ??= workThrough()
      .catch((error: unknown) => {
        if (!stopping.signal.aborted) onFault(error);
      })
      .finally(() => {
        work = undefined;
        if (askedAgain) start();
      });
  }

  return {
    start,

    /**
     * A person asks about a number, for a payment on the static code that waits for proof.
     *
     * @returns what was found; undefined when the payment does not wait any more.
     * @throws LedgerError when it could not be written down: nothing has changed then.
     */
    async prove(staticId: string, transactionId: string): Promise<Verdict | undefined> {
      if (ledger.staticPayment(staticId)?.state !== 'accepted') return undefined;
      const verdict = conclude(staticId, transactionId, await gateway.lookUp({ transactionId }));
      start();
      return verdict;
    },

    /**
     * A person asks about a number, for a payment by a scanned code that is not certain. Tells what it is, and changes
     * nothing: only the payment's own order can settle it, and that is asked for when this is it.
     *
     * @returns undefined when there is no such payment.
     */
    async explain(paymentId: string, transactionId: string): Promise<Finding | undefined> {
      const payment = ledger.payment(paymentId);
      if (payment === undefined) return undefined;
      const answer = await gateway.lookUp({ transactionId });
      if (answer.verdict === 'FOUND' && answer.order.outTradeNo === payment.outTradeNo) onOwnOrder(paymentId);
      const { amountFen, gateway: asked, submittedAt } = payment;
      const verdict = judge({ amountFen, gateway: asked, acceptedAt: submittedAt }, transactionId, answer);
      return 'proof' in verdict ? { code: 'OTHER_PAYMENT' } : verdict.finding;
    },

    /** The line is back: what could not be asked waits no longer. */
    hurry(): void {
      for (const { id } of ledger.staticOwed()) hurried.add(id);
      start();
    },

    /** @returns false when there is no number to ask about: a person has to find one. */
    tryNow(staticId: string): boolean {
      const payment = ledger.staticPayment(staticId);
      if (lookOf(payment) === undefined) return false;
      hurried.add(staticId);
      start();
      return true;
    },

    /**
     * A manager's word that it was no money for this sale.
     *
     * @returns false when it does not wait for one.
     * @throws LedgerError when the word could not be written: nothing has changed then.
     */
    disprove(staticId: string, decision: Decision): boolean {
      const payment = ledger.staticPayment(staticId);
      if (payment?.state !== 'accepted') return false;
      const cause: Disproof = { by: 'manager', decision };
      const { saleId } = payment;
      record(
        payment,
        { kind: 'static.disproven', subject: staticId, payload: { saleId, cause } },
        { kind: 'sale.abandoned', subject: saleId, payload: {} },
      );
      return true;
    },

    /** No new look begins; resolves when the one under way has ended. Close the gateway to hurry it. */
    async stop(): Promise<void> {
      stopping.abort();
      await work;
    },
  };
}

/** Undefined when there is no number to ask about, or nothing to prove any more. */
function lookOf(payment: StaticPayment | undefined): Look | undefined {
  if (payment?.state !== 'accepted' || payment.claimedId === undefined) return undefined;
  const { id: staticId, claimedId: transactionId, acceptedAt: since, lookAt: at = Number.POSITIVE_INFINITY } = payment;
  return { staticId, transactionId, since, at };
}
