import type { Notice, NoticeCode, TillView } from '../../contract/types.ts';
import { refuseTender } from '../../core/cash.ts';
import type { JournalDraft } from '../../core/journal.ts';
import type { Fen } from '../../core/money.ts';
import { isKeptIfPaid } from '../../core/native-transition.ts';
import { outTradeNo } from '../../core/order-number.ts';
import { isSettled, type Payment, type Timings } from '../../core/payment.ts';
import { readScan } from '../../core/payment-code.ts';
import { glance } from '../../core/payment-view.ts';
import { refuseCharge } from '../../core/sale.ts';
import type { Secret } from '../../core/secret.ts';
import { STATIC_CODE_OFF, type StaticLimits } from '../../core/static-limits.ts';
import { LedgerError } from '../ledger/errors.ts';
import type { Ledger } from '../ledger/open-ledger.ts';
import type { PaymentEngine } from '../payments/engine.ts';
import { cashDraft, openingDraft } from './cash.ts';
import type { Front } from './front.ts';
import { createHolding, type HoldingOptions } from './holding.ts';
import { createNativeTender } from './native-tender.ts';
import { scanRefusal } from './scan-refusal.ts';
import { createStaticTender, type StaticTenderOptions } from './static-tender.ts';
import { type ScanStep, type Step, tillView } from './till-view.ts';

export interface TillOptions {
  readonly ledger: Pick<
    Ledger,
    'append' | 'terminal' | 'sale' | 'payment' | 'cashOfSale' | 'isCodeUsed' | 'saleIdByCode'
  > &
    HoldingOptions['ledger'] &
    StaticTenderOptions['ledger'];
  readonly engine: Pick<PaymentEngine, 'charge' | 'cancel'>;
  readonly hashCode: (code: Secret) => string;
  readonly newId: () => string;
  /** Random characters for an out_trade_no: see core/order-number.ts. */
  readonly newTag: () => string;
  /** What a payment's `gateway` says: where its questions have to go. */
  readonly gateway: string;
  /** No host of the gateway can be reached, as far as is known: a code is refused rather than kept. */
  readonly isLineDown?: () => boolean;
  readonly now: () => number;
  readonly timings: Timings;
  /** The same for QR codes that the till shows; it shows none when absent. */
  readonly qrTimings?: Timings;
  readonly onChange: () => void;
  /** What else becomes true, in the same transaction, when cash or a manager's word is taken: a receipt is owed. */
  readonly whenCashPaid: (saleId: string) => readonly JournalDraft[];
  /** After that, when it is durable. */
  readonly onCash: () => void;
  /** What a manager may accept on the store's static code; nothing when absent. */
  readonly staticLimits?: StaticLimits;
}

export type Till = ReturnType<typeof createTill>;

/** A payment of the present sale is not certain: the till stays with it. */
export class PaymentUnresolved extends Error {
  override name = 'PaymentUnresolved';
  readonly payment: Payment;

  constructor(payment: Payment) {
    super(`Payment ${payment.id} is ${payment.state}`);
    this.payment = payment;
  }
}

/** The one sale in front of the cashier: amount, scan, payment, and again. Every window and scanner talks to the same. */
export function createTill(options: TillOptions) {
  const { ledger, engine, hashCode, newId, newTag, gateway, isLineDown } = options;
  const { now, timings, onChange, whenCashPaid, onCash, staticLimits = STATIC_CODE_OFF } = options;
  let current: Step = { step: 'amount' };
  let notice: Notice | undefined;

  function move(step: Step): void {
    current = step;
    notice = undefined;
    onChange();
  }

  function refuse(code: NoticeCode, detail?: string): Notice {
    notice = { code, at: now(), ...(detail === undefined ? {} : { detail }) };
    onChange();
    return notice;
  }

  function presentPayment(): Payment | undefined {
    return current.step === 'payment' ? ledger.payment(current.paymentId) : undefined;
  }

  /** Leaves the present payment, which may go on in the background but not while the customer is in the middle of it. */
  function leave(): void {
    if (current.step === 'scan' && current.sale && current.resumedId === undefined) abandonSale(current.sale.id);
    const payment = presentPayment();
    if (payment && !glance(payment).leavable) throw new PaymentUnresolved(payment);
    // Whoever turns to the next customer does not wait for this one's money any more.
    if (payment && isKeptIfPaid(payment)) cancelPayment(payment.id);
    if (payment) abandonSale(payment.saleId);
  }

  /** A sale that nothing more will be paid for. One whose payment is not certain, or that is held, stays open. */
  function abandonSale(saleId: string): void {
    const sale = ledger.sale(saleId);
    if (sale?.state !== 'open' || !ledger.paymentsOfSale(saleId).every(isSettled)) return;
    if (ledger.heldSale(saleId) !== undefined) return;
    try {
      ledger.append({ kind: 'sale.abandoned', subject: saleId, payload: {} });
    } catch (error) {
      // Books that cannot be written keep it open, which harms nobody; the cashier must not be held up by it.
      if (!(error instanceof LedgerError)) throw error;
    }
  }

  function charge({ amountFen, sale: openSale, resumedId }: ScanStep, code: Secret): Notice | undefined {
    const codeHash = hashCode(code);
    if (ledger.isCodeUsed(codeHash)) return refuse('SCAN_REPEATED');
    const attempts = openSale ? ledger.paymentsOfSale(openSale.id) : [];
    if (openSale && refuseCharge(openSale, attempts)) return refuse('PAYMENT_UNRESOLVED');
    // Not kept and not noted: the customer may show the very same code again.
    if (isLineDown?.()) return refuse('LINE_DOWN');

    const terminal = ledger.terminal();
    if (terminal === undefined) return refuse('LEDGER_UNWRITABLE', 'no terminal in the ledger');
    const saleId = openSale?.id ?? resumedId ?? newId();
    const opening = openingDraft(terminal, saleId, amountFen);
    const number = openSale?.number ?? opening.payload.number;
    const attempt = attempts.length + 1;
    const drafts: JournalDraft[] = [
      {
        kind: 'payment.submitted',
        subject: newId(),
        payload: {
          saleId,
          outTradeNo: outTradeNo(number, attempt, newTag()),
          amountFen,
          gateway,
          attempt,
          codeHash,
          timings,
        },
      },
    ];
    if (!openSale) drafts.unshift(opening);
    try {
      const payment = engine.charge(drafts, code);
      move({ step: 'payment', paymentId: payment.id });
      return undefined;
    } catch (error) {
      if (error instanceof LedgerError) return refuse('LEDGER_UNWRITABLE', error.detail);
      throw error;
    }
  }

  function takeCash({ amountFen, sale: openSale, resumedId }: ScanStep, tenderedFen: Fen): Notice | undefined {
    if (openSale && refuseCharge(openSale, ledger.paymentsOfSale(openSale.id))) return refuse('PAYMENT_UNRESOLVED');
    const terminal = ledger.terminal();
    if (terminal === undefined) return refuse('LEDGER_UNWRITABLE', 'no terminal in the ledger');
    const saleId = openSale?.id ?? resumedId ?? newId();
    const opening = openSale ? [] : [openingDraft(terminal, saleId, amountFen)];
    const received = cashDraft(newId(), { saleId, amountFen, tenderedFen });
    try {
      ledger.append(...opening, received, ...whenCashPaid(saleId));
    } catch (error) {
      if (error instanceof LedgerError) return refuse('LEDGER_UNWRITABLE', error.detail);
      throw error;
    }
    move({ step: 'cash', saleId });
    onCash();
    return undefined;
  }

  function cancelPayment(paymentId: string): void {
    try {
      engine.cancel(paymentId);
      onChange();
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
      refuse('LEDGER_UNWRITABLE', error.detail);
    }
  }

  const front: Front = { step: () => current, move, refuse, leave };

  return {
    view: (): TillView => tillView(ledger, current, notice, { now: now(), staticLimits }),

    ...createHolding(front, { ledger, newId }),
    ...createNativeTender(front, { ledger, engine, newId, newTag, gateway, isLineDown, timings: options.qrTimings }),

    acceptStatic: createStaticTender(front, {
      ledger,
      newId,
      gateway,
      limits: staticLimits,
      whenAccepted: whenCashPaid,
      onAccepted: onCash,
    }),

    isWaitingForScan(): boolean {
      return current.step === 'scan';
    },

    /** @throws PaymentUnresolved */
    ask(amountFen: Fen): void {
      leave();
      move({ step: 'scan', amountFen });
    },

    /**
     * A text from any scanner. Only a WeChat payment code, while an amount waits for one, does anything.
     *
     * @returns why it did nothing; undefined when a payment is on its way.
     */
    scan(text: string): Notice | undefined {
      const scanned = readScan(text);
      if (scanned.kind !== 'wechat') return refuse(...scanRefusal(scanned, ledger));
      if (current.step === 'scan') return charge(current, scanned.code);
      const payment = presentPayment();
      if (payment && ledger.isCodeUsed(hashCode(scanned.code))) {
        // An always-on scanner reads the same phone again and again. That is no news, and shows none.
        return { code: 'SCAN_REPEATED', at: now() };
      }
      return refuse(payment && !isSettled(payment) ? 'PAYMENT_UNRESOLVED' : 'SCAN_UNASKED');
    },

    /**
     * Cash for the amount in front of the cashier. A second press finds it taken and takes nothing.
     *
     * @returns why nothing was taken; undefined when the money is in the books.
     */
    takeCash(amountFen: Fen, tenderedFen: Fen): Notice | undefined {
      if (current.step === 'cash' && ledger.cashOfSale(current.saleId)?.amountFen === amountFen) return undefined;
      if (current.step !== 'scan' || current.amountFen !== amountFen) {
        const payment = presentPayment();
        return refuse(payment && !isSettled(payment) ? 'PAYMENT_UNRESOLVED' : 'CASH_UNASKED');
      }
      const refusal = refuseTender(amountFen, tenderedFen);
      return refusal ? refuse(refusal) : takeCash(current, tenderedFen);
    },

    /** Steps back from the scan; asks for a payment under way to be taken back; never touches one that is certain. */
    cancel(): void {
      if (current.step === 'cash' || current.step === 'static') return;
      if (current.step === 'payment') {
        cancelPayment(current.paymentId);
        return;
      }
      leave();
      move({ step: 'amount' });
    },

    /** A payment has become certain. If its sale was left while it was not, the sale ends with it. */
    settled(payment: Payment): void {
      const isHere =
        (current.step === 'payment' && current.paymentId === payment.id) ||
        (current.step === 'scan' && current.sale?.id === payment.saleId);
      if (!isHere && isSettled(payment)) abandonSale(payment.saleId);
    },

    /** @throws PaymentUnresolved */
    next(): void {
      leave();
      move({ step: 'amount' });
    },

    /**
     * The same sale again, after a payment that is certain not to have moved money.
     *
     * @returns false when there is nothing to try again.
     * @throws PaymentUnresolved
     */
    retry(): boolean {
      const payment = presentPayment();
      const sale = payment && ledger.sale(payment.saleId);
      if (!payment || !sale) return false;
      const refusal = refuseCharge(sale, ledger.paymentsOfSale(sale.id));
      if (refusal?.code === 'PAYMENT_UNRESOLVED') throw new PaymentUnresolved(refusal.payment);
      if (refusal) return false;
      move({ step: 'scan', amountFen: sale.amountFen, sale });
      return true;
    },

    /** Tells the cashier something that no scan caused. */
    notify: refuse,
  };
}
