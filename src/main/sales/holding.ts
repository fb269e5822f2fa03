import type { Notice } from '../../contract/types.ts';
import { HELD_MAX } from '../../core/held-sale.ts';
import type { JournalDraft } from '../../core/journal.ts';
import type { Fen } from '../../core/money.ts';
import { refuseCharge, type Sale } from '../../core/sale.ts';
import { LedgerError } from '../ledger/errors.ts';
import type { Ledger } from '../ledger/open-ledger.ts';
import type { Front } from './front.ts';

export interface HoldingOptions {
  readonly ledger: Pick<Ledger, 'append' | 'sale' | 'payment' | 'paymentsOfSale' | 'heldSale' | 'heldSales'>;
  readonly newId: () => string;
}

export type ResumeRefusal = 'NO_SUCH_HELD' | 'SALE_IN_FRONT';

interface Holdable {
  readonly saleId: string;
  readonly amountFen: Fen;
  readonly sale?: Sale;
}

/**
 * Puts the sale in front of the cashier aside, and takes it up again. What is put aside is in the journal and nowhere
 * else, and stays there until something is paid for it or a person discards it: neither a crash nor a key loses it.
 */
export function createHolding(front: Front, { ledger, newId }: HoldingOptions) {
  /** What could be put aside now: an amount that waits, or a sale that no payment has moved money for. */
  function holdable(amountFen: Fen): Holdable | undefined {
    const step = front.step();
    switch (step.step) {
      case 'amount':
        return { saleId: newId(), amountFen };
      case 'scan': {
        const { sale, resumedId } = step;
        return { saleId: sale?.id ?? resumedId ?? newId(), amountFen: step.amountFen, ...(sale ? { sale } : {}) };
      }
      case 'payment': {
        const payment = ledger.payment(step.paymentId);
        const sale = payment && ledger.sale(payment.saleId);
        return sale && { saleId: sale.id, amountFen: sale.amountFen, sale };
      }
      case 'cash':
      case 'static':
        return undefined;
    }
  }

  /** Why this sale must stay in front: money may have moved for it, or may still. */
  function refusal({ sale }: Holdable): 'PAYMENT_UNRESOLVED' | 'HOLD_UNASKED' | undefined {
    const charge = sale && refuseCharge(sale, ledger.paymentsOfSale(sale.id));
    if (charge === undefined) return undefined;
    return charge.code === 'PAYMENT_UNRESOLVED' ? 'PAYMENT_UNRESOLVED' : 'HOLD_UNASKED';
  }

  /** Another sale may come to the front: none is there, or the one that is has come to its end. */
  function isFrontFree(): boolean {
    const step = front.step();
    if (step.step !== 'payment') return step.step !== 'scan';
    const payment = ledger.payment(step.paymentId);
    return payment === undefined || ledger.sale(payment.saleId)?.state !== 'open';
  }

  return {
    /**
     * @param amountFen what the cashier saw
     * @returns why it was not put aside; undefined when it is, and durable.
     */
    hold(amountFen: Fen, label?: string): Notice | undefined {
      const held = holdable(amountFen);
      if (held?.amountFen !== amountFen) return front.refuse('HOLD_UNASKED');
      const why = refusal(held);
      if (why) return front.refuse(why);
      const others = ledger.heldSales().filter(({ saleId }) => saleId !== held.saleId);
      if (others.length >= HELD_MAX) return front.refuse('HELD_FULL');
      try {
        const payload = label === undefined ? { amountFen } : { amountFen, label };
        ledger.append({ kind: 'sale.held', subject: held.saleId, payload });
      } catch (error) {
        if (error instanceof LedgerError) return front.refuse('LEDGER_UNWRITABLE', error.detail);
        throw error;
      }
      front.move({ step: 'amount' });
      return undefined;
    },

    /** @returns why it was not taken up; undefined when the till waits for its payment. */
    resume(saleId: string): ResumeRefusal | undefined {
      const held = ledger.heldSale(saleId);
      const sale = ledger.sale(saleId);
      if (held === undefined || (sale !== undefined && sale.state !== 'open')) return 'NO_SUCH_HELD';
      if (!isFrontFree()) return 'SALE_IN_FRONT';
      front.leave();
      tell({ kind: 'sale.resumed', subject: saleId, payload: {} });
      front.move({ step: 'scan', amountFen: held.amountFen, resumedId: saleId, ...(sale ? { sale } : {}) });
      return undefined;
    },

    /**
     * @returns false when there is no such held sale, or it is the one in front.
     * @throws LedgerError when it could not be written: it is still held then.
     */
    discard(saleId: string): boolean {
      const step = front.step();
      const isInFront = step.step === 'scan' && step.resumedId === saleId;
      if (isInFront || ledger.heldSale(saleId) === undefined) return false;
      const isOpen = ledger.sale(saleId)?.state === 'open';
      const ended: JournalDraft[] = isOpen ? [{ kind: 'sale.abandoned', subject: saleId, payload: {} }] : [];
      ledger.append({ kind: 'sale.discarded', subject: saleId, payload: {} }, ...ended);
      return true;
    },
  };

  /** For the story alone: books that cannot be written must not keep a customer who came back waiting. */
  function tell(draft: JournalDraft): void {
    try {
      ledger.append(draft);
    } catch (error) {
      if (!(error instanceof LedgerError)) throw error;
    }
  }
}
