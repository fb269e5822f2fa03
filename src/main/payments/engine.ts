import { invariant } from '../../core/assert.ts';
import { foldPayment, isPaymentEntry, type JournalDraft, paymentDraft } from '../../core/journal.ts';
import { isSettled, type NextStep, nextStep, type Payment, type PaymentEvent } from '../../core/payment.ts';
import { transition } from '../../core/payment-transition.ts';
import type { Secret } from '../../core/secret.ts';
import type { Clock } from '../../core/time.ts';
import type { PaymentGateway, PayOrder } from '../gateway/gateway.ts';
import { LedgerError } from '../ledger/errors.ts';
import type { Ledger } from '../ledger/open-ledger.ts';
import { createGate } from './gate.ts';

export interface EngineOptions {
  readonly ledger: Pick<Ledger, 'append' | 'paymentsOwed'>;
  readonly gateway: Pick<PaymentGateway, 'pay' | 'query' | 'reverse'>;
  readonly clock: Clock;
  /** What the gateway is told of a payment beside its number and amount. */
  readonly orderOf: (payment: Payment) => PayOrder;
  /** What else becomes true, in the same transaction, when a payment turns out paid: a receipt is owed. */
  readonly whenPaid: (payment: Extract<Payment, { state: 'paid' }>) => readonly JournalDraft[];
  /** After each change, when it is durable. */
  readonly onChange: (payment: Payment) => void;
  /** The books could not be written; tried again until they can. Undefined: they can again. */
  readonly onLedgerTrouble: (error: LedgerError | undefined) => void;
  /** A bug stopped this payment's loop. It stays unsettled in the books, and the next start takes it up again. */
  readonly onFault: (payment: Payment, error: unknown) => void;
}

export type PaymentEngine = ReturnType<typeof createPaymentEngine>;

interface Running {
  payment: Payment;
  wake: AbortController;
  /** What is owed next is done now if it may be, whatever wait was planned for it. */
  hurried: boolean;
  done: Promise<void>;
}

/** Resumed payments share this many calls at a time, so that a morning after an outage does not drown the gateway. */
const BACKGROUND_CALLS_MAX = 4;
const LEDGER_RETRY_MS = 2_000;

/**
 * Drives every payment to certainty. One loop a payment: what is owed (nextStep), do it through the gateway, record
 * the answer, and again. Nothing is sent before its reason to be sent is durable, and nothing is told before it is.
 */
export function createPaymentEngine(options: EngineOptions) {
  const { ledger, gateway, clock, orderOf, whenPaid, onChange, onLedgerTrouble, onFault } = options;
  const running = new Map<string, Running>();
  const stopping = new AbortController();
  const background = createGate(BACKGROUND_CALLS_MAX);

  async function perform(payment: Payment, step: NextStep['step'], code: Secret | undefined): Promise<PaymentEvent> {
    const order = orderOf(payment);
    switch (step) {
      case 'pay':
        invariant(code !== undefined, `Payment ${payment.id} is to be paid without a code`);
        return { type: 'answered', answer: await gateway.pay(order, code) };
      case 'query':
        return { type: 'queried', answer: await gateway.query(order) };
      case 'reverse':
        return { type: 'reverseAnswered', answer: await gateway.reverse(order) };
    }
  }

  /** One event, its consequences, durable; then told. The state moves from where it is now, not from where it was. */
  function record(entry: Running, event: PaymentEvent): void {
    const { payment } = entry;
    const after = transition(payment, event, clock.now());
    const consequences = after.state === 'paid' && payment.state !== 'paid' ? whenPaid(after) : [];
    const [written] = ledger.append(paymentDraft(payment.id, event), ...consequences);
    invariant(written !== undefined && isPaymentEntry(written), 'The journal returned another row');
    entry.payment = foldPayment(payment, written);
    onChange(entry.payment);
  }

  /** An answer that cannot be written down yet is held, and nobody is told: not durable is not known. */
  async function recordOrWait(entry: Running, event: PaymentEvent): Promise<void> {
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

  async function drive(entry: Running, code: Secret | undefined, callThrough: typeof background): Promise<void> {
    let codeInHand = code;
    for (;;) {
      const next = nextStep(entry.payment);
      if (next === undefined || stopping.signal.aborted) return;
      const wait = next.at - clock.now();
      const isHurried = entry.hurried && mayHurry(entry.payment, clock.now());
      entry.hurried = false;
      if (wait > 0 && !isHurried) {
        await clock.sleep(wait, AbortSignal.any([entry.wake.signal, stopping.signal]));
        entry.wake = new AbortController();
        // Whatever woke us may have changed what is owed.
        continue;
      }
      // Whoever waited for a turn may find that the day is over.
      const event = await callThrough(async () =>
        stopping.signal.aborted ? undefined : perform(entry.payment, next.step, codeInHand),
      );
      if (event === undefined) return;
      codeInHand = undefined;
      await recordOrWait(entry, event);
    }
  }

  function run(entry: Running, code: Secret | undefined, callThrough: typeof background): void {
    entry.done = drive(entry, code, callThrough)
      .catch((error: unknown) => {
        // While stopping, the last answer may find the books closed to it: the next start asks for it again.
        if (!stopping.signal.aborted) onFault(entry.payment, error);
      })
      .finally(() => running.delete(entry.payment.id));
  }

  function admit(payment: Payment): Running {
    const entry = { payment, wake: new AbortController(), hurried: false, done: Promise.resolve() };
    running.set(payment.id, entry);
    return entry;
  }

  return {
    /**
     * Writes the drafts, the payment's submission among them, and sends it: synchronous up to the wire, so that the
     * customer waits for one commit and nothing else.
     *
     * @throws LedgerError when it could not be written: nothing was sent then.
     */
    charge(drafts: readonly JournalDraft[], code: Secret): Payment {
      invariant(!stopping.signal.aborted, 'A payment was submitted to an engine that is stopping');
      const submission = ledger.append(...drafts).find((entry) => entry.kind === 'payment.submitted');
      invariant(submission !== undefined, 'A charge without a submission');
      const payment = foldPayment(undefined, submission);
      run(admit(payment), code, (call) => call());
      onChange(payment);
      return payment;
    },

    /** The cashier wants it back. Does the safe thing: what is certain stays, what is not is reversed. */
    cancel(paymentId: string): void {
      const entry = running.get(paymentId);
      if (entry === undefined || isSettled(entry.payment)) return;
      record(entry, { type: 'cancelRequested' });
      entry.wake.abort();
    },

    /** The line is back: what waits for its next query or reversal, and may have it already, does not wait any longer. */
    hurry(): void {
      for (const entry of running.values()) {
        entry.hurried = true;
        entry.wake.abort();
      }
    },

    /** Takes up every payment that still owes a step. Returns when each is running again. */
    resume(): number {
      const owed = ledger.paymentsOwed().filter((payment) => !running.has(payment.id));
      for (const payment of owed) {
        const entry = admit(payment);
        record(entry, { type: 'resumed' });
        run(entry, undefined, background);
      }
      return owed.length;
    },

    /** No new step begins; resolves when the steps under way have been recorded. Close the gateway to hurry them. */
    async stop(): Promise<void> {
      stopping.abort();
      await Promise.allSettled([...running.values()].map((entry) => entry.done));
    },
  };
}

/** A question does no harm at any time; a reversal has its earliest time, and a last look its own. */
function mayHurry(payment: Payment, now: number): boolean {
  switch (payment.state) {
    case 'pending':
    case 'declining':
    case 'confirming':
    case 'attention':
      return true;
    case 'reversing':
      return now >= payment.reverseFrom;
    default:
      return false;
  }
}
