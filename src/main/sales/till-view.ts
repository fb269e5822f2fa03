import type { Notice, TillView } from '../../contract/types.ts';
import { unreachable } from '../../core/assert.ts';
import { type Fen, fen } from '../../core/money.ts';
import type { Sale } from '../../core/sale.ts';
import type { Ledger } from '../ledger/open-ledger.ts';
import { cashView, paymentView } from './views.ts';

/** Where the cashier stands. The books know nothing of a sale before its first payment is submitted. */
export type Step =
  | { readonly step: 'amount' }
  | { readonly step: 'scan'; readonly amountFen: Fen; readonly sale?: Sale }
  | { readonly step: 'payment'; readonly paymentId: string }
  | { readonly step: 'cash'; readonly saleId: string };

/** The till as every window shows it, from where the cashier stands and what the books say of it. */
export function tillView(
  ledger: Pick<Ledger, 'sale' | 'payment' | 'cashOfSale'>,
  step: Step,
  notice: Notice | undefined,
  now: number,
): TillView {
  return { ...stepView(ledger, step, now), ...(notice ? { notice } : {}) };
}

function stepView(ledger: Pick<Ledger, 'sale' | 'payment' | 'cashOfSale'>, step: Step, now: number): TillView {
  switch (step.step) {
    case 'amount':
      return NOTHING;
    case 'scan': {
      const { amountFen, sale } = step;
      return { step: 'scan', amountFen, ...(sale ? { saleNumber: sale.number } : {}) };
    }
    case 'payment': {
      const payment = ledger.payment(step.paymentId);
      const sale = payment && ledger.sale(payment.saleId);
      if (!payment || !sale) return NOTHING;
      const { amountFen } = payment;
      return { step: 'payment', amountFen, saleNumber: sale.number, payment: paymentView(payment, sale, now) };
    }
    case 'cash': {
      const cash = cashView(ledger, step.saleId);
      const { amountFen, saleNumber } = cash;
      return { step: 'cash', amountFen, saleNumber, cash };
    }
    default:
      return unreachable(step);
  }
}

const NOTHING: TillView = { step: 'amount', amountFen: fen(0) };
