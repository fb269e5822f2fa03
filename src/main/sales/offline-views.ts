import type { HeldSaleView, StaticOffer, StaticView, VerifyView } from '../../contract/types.ts';
import { invariant } from '../../core/assert.ts';
import { type StaticLimits, staticRoomFen } from '../../core/static-limits.ts';
import type { StaticPayment } from '../../core/static-payment.ts';
import type { Ledger } from '../ledger/open-ledger.ts';

/* What screens are shown of held sales and of payments on the static code. Reads only. */

/** Oldest first, without the one that is in front of the cashier. */
export function heldViews(ledger: Pick<Ledger, 'heldSales'>, inFront: string | undefined): HeldSaleView[] {
  return ledger.heldSales().filter(({ saleId }) => saleId !== inFront);
}

export function staticOffer(ledger: Pick<Ledger, 'toVerify'>, limits: StaticLimits): StaticOffer {
  const { perPaymentFen, inAllFen } = limits;
  return { perPaymentFen, inAllFen, roomFen: staticRoomFen(limits, ledger.toVerify().amountFen) };
}

export function staticView(ledger: Pick<Ledger, 'sale' | 'staticPayment'>, staticId: string): StaticView {
  const payment = ledger.staticPayment(staticId);
  const sale = payment && ledger.sale(payment.saleId);
  invariant(payment && sale, `Static payment ${staticId} is not there`);
  return viewOf(payment, sale.number);
}

/** With what the latest look-up found, for whoever has to prove it. */
export function verifyView(payment: StaticPayment, saleNumber: string): VerifyView {
  const finding = payment.state === 'accepted' ? payment.finding : undefined;
  return { ...viewOf(payment, saleNumber), ...(finding === undefined ? {} : { finding }) };
}

function viewOf(payment: StaticPayment, saleNumber: string): StaticView {
  const { saleId, amountFen, state, acceptedAt, approval } = payment;
  const transactionId = payment.state === 'proven' ? payment.proof.transactionId : payment.claimedId;
  return {
    saleId,
    saleNumber,
    amountFen,
    state,
    acceptedAt,
    manager: approval.manager,
    seen: approval.why,
    ...(transactionId === undefined ? {} : { transactionId }),
  };
}
