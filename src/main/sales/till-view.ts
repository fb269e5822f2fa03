import type { Notice, TillView } from '../../contract/types.ts';
import { unreachable } from '../../core/assert.ts';
import { type Fen, fen } from '../../core/money.ts';
import type { Sale } from '../../core/sale.ts';
import type { StaticLimits } from '../../core/static-limits.ts';
import type { Ledger } from '../ledger/open-ledger.ts';
import { heldViews, staticOffer, staticView } from './offline-views.ts';
import { qrView } from './qr-view.ts';
import { cashView, paymentView } from './views.ts';

/** Where the cashier stands. The books know nothing of a sale before its first payment is submitted. */
export type Step =
  | { readonly step: 'amount' }
  | {
      readonly step: 'scan';
      readonly amountFen: Fen;
      readonly sale?: Sale;
      /** The held sale that was taken up again: it is held still, until something is paid for it. */
      readonly resumedId?: string;
    }
  | { readonly step: 'payment'; readonly paymentId: string }
  | { readonly step: 'cash'; readonly saleId: string }
  | { readonly step: 'static'; readonly staticId: string };

export type ScanStep = Extract<Step, { step: 'scan' }>;

export type TillBooks = Pick<Ledger, 'sale' | 'payment' | 'cashOfSale' | 'staticPayment' | 'heldSales' | 'toVerify'>;

export interface TillMoment {
  readonly now: number;
  readonly staticLimits: StaticLimits;
}

/** The till as every window shows it, from where the cashier stands and what the books say of it. */
export function tillView(ledger: TillBooks, step: Step, notice: Notice | undefined, moment: TillMoment): TillView {
  const held = heldViews(ledger, step.step === 'scan' ? step.resumedId : undefined);
  return {
    ...stepView(ledger, step, moment),
    ...(held.length > 0 ? { held } : {}),
    ...(notice ? { notice } : {}),
  };
}

function stepView(ledger: TillBooks, step: Step, { now, staticLimits }: TillMoment): TillView {
  switch (step.step) {
    case 'amount':
      return NOTHING;
    case 'scan': {
      const { amountFen, sale, resumedId } = step;
      return {
        step: 'scan',
        amountFen,
        ...(sale ? { saleNumber: sale.number } : {}),
        ...(resumedId === undefined ? {} : { resumed: true }),
        ...(staticLimits.enabled ? { staticOffer: staticOffer(ledger, staticLimits) } : {}),
      };
    }
    case 'payment': {
      const payment = ledger.payment(step.paymentId);
      const sale = payment && ledger.sale(payment.saleId);
      if (!payment || !sale) return NOTHING;
      const { amountFen } = payment;
      const view = paymentView(payment, sale, now);
      const qr = view.phase === 'offered' && payment.codeUrl !== undefined ? { qr: qrView(payment.codeUrl) } : {};
      return { step: 'payment', amountFen, saleNumber: sale.number, payment: view, ...qr };
    }
    case 'cash': {
      const cash = cashView(ledger, step.saleId);
      const { amountFen, saleNumber } = cash;
      return { step: 'cash', amountFen, saleNumber, cash };
    }
    case 'static': {
      const shown = staticView(ledger, step.staticId);
      const { amountFen, saleNumber } = shown;
      return { step: 'static', amountFen, saleNumber, static: shown };
    }
    default:
      return unreachable(step);
  }
}

const NOTHING: TillView = { step: 'amount', amountFen: fen(0) };
