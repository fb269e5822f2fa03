import type { Notice } from '../../contract/types.ts';
import type { JournalDraft } from '../../core/journal.ts';
import type { Fen } from '../../core/money.ts';
import type { Decision } from '../../core/payment.ts';
import { refuseCharge } from '../../core/sale.ts';
import { refuseStatic, type StaticLimits } from '../../core/static-limits.ts';
import { LedgerError } from '../ledger/errors.ts';
import type { Ledger } from '../ledger/open-ledger.ts';
import { openingDraft } from './cash.ts';
import type { Front } from './front.ts';

export interface StaticTenderOptions {
  readonly ledger: Pick<
    Ledger,
    'append' | 'terminal' | 'paymentsOfSale' | 'staticPayment' | 'toVerify' | 'saleOfTransaction' | 'saleOfClaim'
  >;
  readonly newId: () => string;
  /** The merchant whose printed code it is. */
  readonly gateway: string;
  readonly limits: StaticLimits;
  /** What else becomes true in the same transaction: a receipt is owed, which says that nothing is proven. */
  readonly whenAccepted: (saleId: string) => readonly JournalDraft[];
  /** When it is durable. */
  readonly onAccepted: () => void;
}

export interface StaticAccepted {
  /** What the manager saw on the till. */
  readonly amountFen: Fen;
  readonly approval: Decision;
  /** As the customer's phone shows it. */
  readonly transactionId?: string | undefined;
}

/** A payment on the store's own printed code, which the till cannot see: a manager says that it was made. */
export function createStaticTender(front: Front, options: StaticTenderOptions) {
  const { ledger, newId, gateway, limits, whenAccepted, onAccepted } = options;

  /** What forbids it, whatever sale it is for. */
  function refuse({ amountFen, transactionId }: StaticAccepted): Notice | undefined {
    const waitingFen = ledger.toVerify().amountFen;
    const refusal = refuseStatic(limits, amountFen, waitingFen);
    if (refusal === 'STATIC_OVER_ONE') return front.refuse(refusal, String(limits.perPaymentFen));
    if (refusal === 'STATIC_OVER_ALL') {
      return front.refuse(refusal, String(Math.max(0, limits.inAllFen - waitingFen)));
    }
    if (refusal) return front.refuse(refusal);
    if (transactionId === undefined) return undefined;
    // The same phone held up twice would pay two sales with one payment.
    const usedFor = ledger.saleOfTransaction(transactionId) ?? ledger.saleOfClaim(transactionId);
    return usedFor === undefined ? undefined : front.refuse('STATIC_USED', usedFor);
  }

  /**
   * Takes the manager's word for the amount that waits. A second press finds it taken and takes nothing.
   *
   * @returns why it was not accepted; undefined when it is in the books, to be verified.
   */
  return function acceptStatic(accepted: StaticAccepted): Notice | undefined {
    const step = front.step();
    const { amountFen, approval, transactionId } = accepted;
    if (step.step === 'static' && ledger.staticPayment(step.staticId)?.amountFen === amountFen) return undefined;
    if (step.step !== 'scan' || step.amountFen !== amountFen) return front.refuse('STATIC_UNASKED');
    const { sale, resumedId } = step;
    if (sale && refuseCharge(sale, ledger.paymentsOfSale(sale.id))) return front.refuse('PAYMENT_UNRESOLVED');
    const refusal = refuse(accepted);
    if (refusal) return refusal;
    const terminal = ledger.terminal();
    if (terminal === undefined) return front.refuse('LEDGER_UNWRITABLE', 'no terminal in the ledger');

    const saleId = sale?.id ?? resumedId ?? newId();
    const staticId = newId();
    const claim = transactionId === undefined ? {} : { transactionId };
    try {
      ledger.append(
        ...(sale ? [] : [openingDraft(terminal, saleId, amountFen)]),
        { kind: 'static.accepted', subject: staticId, payload: { saleId, amountFen, gateway, approval, ...claim } },
        ...whenAccepted(saleId),
      );
    } catch (error) {
      if (error instanceof LedgerError) return front.refuse('LEDGER_UNWRITABLE', error.detail);
      throw error;
    }
    front.move({ step: 'static', staticId });
    onAccepted();
    return undefined;
  };
}
