import type { Notice } from '../../contract/types.ts';
import type { JournalDraft } from '../../core/journal.ts';
import type { Fen } from '../../core/money.ts';
import { outTradeNo } from '../../core/order-number.ts';
import type { Payment, Timings } from '../../core/payment.ts';
import { glance } from '../../core/payment-view.ts';
import { refuseCharge } from '../../core/sale.ts';
import { LedgerError } from '../ledger/errors.ts';
import type { Ledger } from '../ledger/open-ledger.ts';
import type { PaymentEngine } from '../payments/engine.ts';
import { openingDraft } from './cash.ts';
import type { Front } from './front.ts';

export interface NativeTenderOptions {
  readonly ledger: Pick<Ledger, 'terminal' | 'payment' | 'paymentsOfSale'>;
  readonly engine: Pick<PaymentEngine, 'charge'>;
  readonly newId: () => string;
  readonly newTag: () => string;
  /** What a payment's `gateway` says. */
  readonly gateway: string;
  readonly isLineDown?: (() => boolean) | undefined;
  /** How long a code is shown, and when its order may be closed; undefined: this till shows none. */
  readonly timings: Timings | undefined;
}

/** An order placed for the amount in front of the cashier, which the customer pays by scanning the till's QR code. */
export function createNativeTender(front: Front, options: NativeTenderOptions) {
  const { ledger, engine, newId, newTag, gateway, isLineDown, timings } = options;

  /** The order in front of the cashier, as long as its code is there to be scanned. */
  function offeredOrder(): Payment | undefined {
    const step = front.step();
    const payment = step.step === 'payment' ? ledger.payment(step.paymentId) : undefined;
    return payment && glance(payment).phase === 'offered' ? payment : undefined;
  }

  return {
    offeredOrder,

    /**
     * Places an order for the amount that waits, or that was just keyed. A second press finds it placed and places none.
     *
     * @returns why there will be no code; undefined when the order is on its way.
     */
    offerQr(amountFen: Fen): Notice | undefined {
      const step = front.step();
      if (step.step === 'payment') {
        const present = ledger.payment(step.paymentId);
        if (present?.method === 'native' && present.amountFen === amountFen) return undefined;
      }
      const isAsked = step.step === 'amount' || (step.step === 'scan' && step.amountFen === amountFen);
      if (!isAsked || timings === undefined) return front.refuse('QR_UNASKED');
      const { sale, resumedId } = step.step === 'scan' ? step : {};
      const attempts = sale ? ledger.paymentsOfSale(sale.id) : [];
      if (sale && refuseCharge(sale, attempts)) return front.refuse('PAYMENT_UNRESOLVED');
      if (isLineDown?.()) return front.refuse('LINE_DOWN');
      const terminal = ledger.terminal();
      if (terminal === undefined) return front.refuse('LEDGER_UNWRITABLE', 'no terminal in the ledger');

      const saleId = sale?.id ?? resumedId ?? newId();
      const opening = openingDraft(terminal, saleId, amountFen);
      const attempt = attempts.length + 1;
      const number = outTradeNo(sale?.number ?? opening.payload.number, attempt, newTag());
      const order = { saleId, outTradeNo: number, amountFen, gateway, attempt, method: 'native', timings } as const;
      const submission: JournalDraft = {
        kind: 'payment.submitted',
        subject: newId(),
        payload: { ...order, codeHash: '' },
      };
      try {
        const payment = engine.charge(sale ? [submission] : [opening, submission]);
        front.move({ step: 'payment', paymentId: payment.id });
        return undefined;
      } catch (error) {
        if (error instanceof LedgerError) return front.refuse('LEDGER_UNWRITABLE', error.detail);
        throw error;
      }
    },
  };
}
