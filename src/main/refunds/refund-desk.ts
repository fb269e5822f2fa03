import type { JournalDraft } from '../../core/journal.ts';
import type { Fen } from '../../core/money.ts';
import { refundNumber } from '../../core/order-number.ts';
import type { Decision, Payment } from '../../core/payment.ts';
import { DEFAULT_REFUND_TIMINGS, type RefundTimings } from '../../core/refund.ts';
import { type RefundRefusal, refuseRefund } from '../../core/refund-rules.ts';
import type { Ledger } from '../ledger/open-ledger.ts';
import type { RefundEngine } from './engine.ts';
import { type PaidOrder, paidOrderOf, type RefundableBooks, refundableOf } from './refundable.ts';

export interface RefundDeskOptions {
  readonly ledger: RefundableBooks & Pick<Ledger, 'append' | 'refund' | 'cashRefund' | 'payment'>;
  readonly engine: Pick<RefundEngine, 'request'>;
  /** Random characters for an out_refund_no: see core/order-number.ts. */
  readonly newTag: () => string;
  /** The gateway this terminal speaks to: no other can give back what it took. */
  readonly gateway: string;
  readonly now: () => number;
  readonly timings?: RefundTimings;
  /** What is owed on paper when cash has been handed back. */
  readonly paperForCash: (refundId: string, saleId: string) => readonly JournalDraft[];
  /** After cash was handed back, when it is durable. */
  readonly onCash: () => void;
}

export interface RefundWish {
  /** Made once by whoever asks: the same again is the same refund. */
  readonly refundId: string;
  readonly saleId: string;
  readonly amountFen: Fen;
  readonly decision: Decision;
}

export type RefundDesk = ReturnType<typeof createRefundDesk>;

/** Where a person asks for money to go back. What it returns is durable: undefined, or why nothing is owed. */
export function createRefundDesk(options: RefundDeskOptions) {
  const { ledger, engine, newTag, gateway, now, paperForCash, onCash } = options;
  const { timings = DEFAULT_REFUND_TIMINGS } = options;

  function refundOrder(wish: RefundWish, order: Omit<PaidOrder, 'paidAt'>, takesBack: boolean): void {
    const { saleId, paymentId, outTradeNo, transactionId, totalFen } = order;
    const nth = ledger.refundsOfSale(saleId).length + 1;
    engine.request(wish.refundId, {
      saleId,
      paymentId,
      outTradeNo,
      ...(transactionId === undefined ? {} : { transactionId }),
      outRefundNo: refundNumber(outTradeNo, nth, newTag()),
      totalFen,
      refundFen: wish.amountFen,
      gateway,
      takesBack,
      decision: wish.decision,
      timings,
    });
  }

  function refundCash({ refundId, saleId, amountFen, decision }: RefundWish): void {
    const payload = { saleId, amountFen, decision };
    ledger.append({ kind: 'cash.refunded', subject: refundId, payload }, ...paperForCash(refundId, saleId));
    onCash();
  }

  function isKnown({ refundId, saleId }: Pick<RefundWish, 'refundId' | 'saleId'>): boolean {
    return (ledger.refund(refundId) ?? ledger.cashRefund(refundId))?.saleId === saleId;
  }

  return {
    /**
     * Gives back all or a part of a paid sale: cash from the drawer at once, WeChat Pay's money through the gateway.
     *
     * @throws LedgerError when it could not be written: nothing is owed then.
     */
    refund(wish: RefundWish): RefundRefusal | undefined {
      // Pressed twice, or sent again because the answer was lost.
      if (isKnown(wish)) return undefined;
      const money = refundableOf(ledger, wish.saleId);
      const refusal = refuseRefund(money, wish.amountFen, now());
      if (refusal) return refusal;
      const order = paidOrderOf(ledger, wish.saleId);
      if (money?.tender === 'cash') refundCash(wish);
      else if (order?.gateway !== gateway) return 'OTHER_GATEWAY';
      else refundOrder(wish, order, false);
      return undefined;
    },

    /**
     * Gives back all of a payment that could not be reversed and never counted as paid.
     *
     * @returns false when it does not wait for a person, or the gateway is not known to hold its money.
     * @throws LedgerError when it could not be written: nothing is owed then.
     */
    takeBack(paymentId: string, { refundId, decision }: Pick<RefundWish, 'refundId' | 'decision'>): boolean {
      const payment = ledger.payment(paymentId);
      if (payment === undefined || payment.gateway !== gateway) return false;
      const { saleId, outTradeNo, amountFen } = payment;
      if (isKnown({ refundId, saleId })) return true;
      if (!canBeTakenBack(payment)) return false;
      const order = { saleId, paymentId, outTradeNo, totalFen: amountFen, gateway };
      refundOrder({ refundId, saleId, amountFen, decision }, order, true);
      return true;
    },
  };
}

/** The gateway refuses to reverse it and surely holds its money, which nobody is giving back yet. */
export function canBeTakenBack(payment: Payment): boolean {
  return payment.state === 'attention' && payment.settlement !== undefined && payment.refundId === undefined;
}
