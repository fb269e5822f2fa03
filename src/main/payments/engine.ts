import { invariant } from '../../core/assert.ts';
import { foldPayment, isPaymentEntry, type JournalDraft, type JournalEntry, paymentDraft } from '../../core/journal.ts';
import {
  type Decision,
  isSettled,
  type NextStep,
  nextStep,
  type Payment,
  type PaymentEvent,
  type RefundMove,
} from '../../core/payment.ts';
import { transition } from '../../core/payment-transition.ts';
import type { Secret } from '../../core/secret.ts';
import type { Clock } from '../../core/time.ts';
import type { PaymentGateway, PayOrder } from '../gateway/gateway.ts';
import type { LedgerError } from '../ledger/errors.ts';
import type { Ledger } from '../ledger/open-ledger.ts';
import { writeOrWait } from '../ledger/write-or-wait.ts';
import { createPacer, type Pacer } from '../queue/pacer.ts';
import type { NativeCalls } from './native-calls.ts';

export interface EngineOptions {
  readonly ledger: Pick<Ledger, 'append' | 'paymentsOwed'>;
  readonly gateway: Pick<PaymentGateway, 'pay' | 'query' | 'reverse'>;
  /** Places and closes the orders of QR codes; a till without it shows none. */
  readonly native?: NativeCalls;
  readonly clock: Clock;
  /** When the calls that no customer waits for may begin; without one, whenever they are due. */
  readonly pacer?: Pacer;
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

export interface RefundMoved {
  readonly refundId: string;
  readonly to: RefundMove;
}

export type PaymentEngine = ReturnType<typeof createPaymentEngine>;

interface Running {
  payment: Payment;
  /** Begun here: until its deadline a customer stands before it. */
  readonly attended: boolean;
  /** Its next step is done as soon as it may be: a person asked for that, or the line is back. */
  hurried: 'person' | 'line' | undefined;
  wake: AbortController;
  done: Promise<void>;
}

/**
 * Drives every payment to certainty. One loop a payment: what is owed (nextStep), do it through the gateway, record
 * the answer, and again. Nothing is sent before its reason to be sent is durable, and nothing is told before it is.
 */
export function createPaymentEngine(options: EngineOptions) {
  const { ledger, gateway, native, clock, orderOf, whenPaid, onChange, onLedgerTrouble, onFault } = options;
  const running = new Map<string, Running>();
  const stopping = new AbortController();
  const pacer = options.pacer ?? createPacer({ clock, ratePerSecond: 0, concurrency: 0, random: () => 0 });

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
      case 'place':
        invariant(native !== undefined, `Payment ${payment.id} is to be placed where no orders can be`);
        return { type: 'placed', answer: await native.place(order) };
      case 'close':
        invariant(native !== undefined, `Payment ${payment.id} is to be closed where no orders can be`);
        return { type: 'closeAnswered', answer: await native.close(order) };
    }
  }

  /** One event, its consequences, durable; then told. The state moves from where it is now, not from where it was. */
  function record(entry: Running, event: PaymentEvent, also: readonly JournalDraft[] = []): readonly JournalEntry[] {
    const { payment } = entry;
    const after = transition(payment, event, clock.now());
    const consequences = after.state === 'paid' && payment.state !== 'paid' ? whenPaid(after) : [];
    const rows = ledger.append(paymentDraft(payment.id, event), ...consequences, ...also);
    const [written] = rows;
    invariant(written !== undefined && isPaymentEntry(written), 'The journal returned another row');
    entry.payment = foldPayment(payment, written);
    onChange(entry.payment);
    return rows;
  }

  function recordOrWait(entry: Running, event: PaymentEvent): Promise<void> {
    const waiting = { clock, stopping: stopping.signal, onTrouble: onLedgerTrouble };
    return writeOrWait(() => record(entry, event), waiting);
  }

  function isWaitedFor({ attended, payment }: Running): boolean {
    return attended && clock.now() <= payment.giveUpAt;
  }

  function callInTurn<T>(entry: Running, call: () => Promise<T>): Promise<T> {
    if (isWaitedFor(entry)) return pacer.sale(call);
    return pacer.background(entry.hurried === 'person' ? Number.NEGATIVE_INFINITY : entry.payment.submittedAt, call);
  }

  async function drive(entry: Running, code: Secret | undefined): Promise<void> {
    let codeInHand = code;
    for (;;) {
      const next = nextStep(entry.payment);
      if (next === undefined || stopping.signal.aborted) return;
      // One that has been settled meanwhile is not hurried: its late look, taken sooner, would prove nothing.
      const isHurried = entry.hurried !== undefined && !isSettled(entry.payment);
      const wait = (isHurried ? hurriedAt(entry.payment, next) : next.at) - clock.now();
      if (wait > 0) {
        const sleepMs = isWaitedFor(entry) ? wait : pacer.spread(wait);
        await clock.sleep(sleepMs, AbortSignal.any([entry.wake.signal, stopping.signal]));
        entry.wake = new AbortController();
        // Whatever woke us may have changed what is owed.
        continue;
      }
      // Whoever waited for a turn may find that the day is over, or that something else is owed by now.
      const event = await callInTurn(entry, async () =>
        stopping.signal.aborted || nextStep(entry.payment)?.step !== next.step
          ? undefined
          : perform(entry.payment, next.step, codeInHand),
      );
      if (event === undefined) continue;
      codeInHand = undefined;
      entry.hurried = undefined;
      await recordOrWait(entry, event);
    }
  }

  function run(entry: Running, code: Secret | undefined): void {
    entry.done = drive(entry, code)
      .catch((error: unknown) => {
        // While stopping, the last answer may find the books closed to it: the next start asks for it again.
        if (!stopping.signal.aborted) onFault(entry.payment, error);
      })
      .finally(() => running.delete(entry.payment.id));
  }

  function admit(payment: Payment, attended: boolean): Running {
    const entry = { payment, attended, hurried: undefined, wake: new AbortController(), done: Promise.resolve() };
    running.set(payment.id, entry);
    return entry;
  }

  /** Payments that nobody drives go on from what the books say of them: one commit for all, for they may be many. */
  function takeUp(owed: readonly Payment[]): void {
    const rows = ledger.append(...owed.map(({ id }) => paymentDraft(id, { type: 'resumed' })));
    owed.forEach((payment, index) => {
      const row = rows[index];
      invariant(row !== undefined && isPaymentEntry(row), 'The journal returned another row');
      const entry = admit(foldPayment(payment, row), false);
      onChange(entry.payment);
      run(entry, undefined);
    });
  }

  /** The payment's loop; one that a bug has stopped is begun again. Undefined when nothing is owed. */
  function runningOrTakenUp(paymentId: string): Running | undefined {
    if (!running.has(paymentId)) takeUp(ledger.paymentsOwed().filter(({ id }) => id === paymentId));
    return running.get(paymentId);
  }

  return {
    /**
     * Writes the drafts, the payment's submission among them, and sends it: synchronous up to the wire, so that the
     * customer waits for one commit and nothing else. `code`: the customer's, or none where the till shows its own.
     *
     * @throws LedgerError when it could not be written: nothing was sent then.
     */
    charge(drafts: readonly JournalDraft[], code?: Secret): Payment {
      invariant(!stopping.signal.aborted, 'A payment was submitted to an engine that is stopping');
      const submission = ledger.append(...drafts).find((entry) => entry.kind === 'payment.submitted');
      invariant(submission !== undefined, 'A charge without a submission');
      const payment = foldPayment(undefined, submission);
      run(admit(payment, true), code);
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
        // The one late look at a reversed order keeps its time: sooner, it would prove nothing.
        if (isSettled(entry.payment)) continue;
        entry.hurried ??= 'line';
        entry.wake.abort();
      }
    },

    /** Takes up every payment that still owes a step. Returns when each is running again. */
    resume(): number {
      const owed = ledger.paymentsOwed().filter((payment) => !running.has(payment.id));
      if (owed.length > 0) takeUp(owed);
      return owed.length;
    },

    /**
     * Does what is owed now instead of when it is due, but never reverses sooner than WeChat Pay allows.
     *
     * @returns false when nothing is owed.
     */
    tryNow(paymentId: string): boolean {
      const entry = runningOrTakenUp(paymentId);
      if (entry === undefined || isSettled(entry.payment)) return false;
      entry.hurried = 'person';
      entry.wake.abort();
      return true;
    },

    /**
     * A manager's word ends a payment that waits for one.
     *
     * @returns false when it does not wait for a person.
     * @throws LedgerError when the word could not be written: nothing has changed then.
     */
    giveUp(paymentId: string, decision: Decision): boolean {
      const entry = runningOrTakenUp(paymentId);
      if (entry?.payment.state !== 'attention' || entry.payment.refundId !== undefined) return false;
      record(entry, { type: 'givenUp', decision });
      entry.wake.abort();
      return true;
    },

    /**
     * Writes what became of the refund that takes a payment back, in one commit with the refund's own rows.
     *
     * @throws LedgerError when it could not be written: nothing has changed then.
     */
    refundMoved(paymentId: string, moved: RefundMoved, rows: readonly JournalDraft[]): readonly JournalEntry[] {
      const entry = runningOrTakenUp(paymentId);
      // Whatever has ended the payment meanwhile stands.
      if (entry === undefined) return ledger.append(...rows);
      const written = record(entry, { type: 'refundMoved', ...moved }, rows);
      entry.wake.abort();
      return written;
    },

    /** No new step begins; resolves when the steps under way have been recorded. Close the gateway to hurry them. */
    async stop(): Promise<void> {
      stopping.abort();
      pacer.release();
      await Promise.allSettled([...running.values()].map((entry) => entry.done));
    },
  };
}

/** The soonest that a step may be done when somebody asks for it: a reversal keeps its distance from the payment. */
function hurriedAt({ reverseFrom }: Payment, { step, at }: NextStep): number {
  return step === 'reverse' || step === 'close' ? Math.min(at, reverseFrom) : Number.NEGATIVE_INFINITY;
}
