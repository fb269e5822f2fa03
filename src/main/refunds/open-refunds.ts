import type { JournalDraft, JournalEntry } from '../../core/journal.ts';
import type { RefundMove } from '../../core/payment.ts';
import type { Refund } from '../../core/refund.ts';
import type { Clock } from '../../core/time.ts';
import type { RefundGateway } from '../gateway/gateway.ts';
import type { Ledger } from '../ledger/open-ledger.ts';
import type { PaymentEngine } from '../payments/engine.ts';
import type { PrintQueue } from '../printing/print-queue.ts';
import type { Pacer } from '../queue/pacer.ts';
import { createRefundEngine, type RefundEngineOptions, type RefundMoved } from './engine.ts';
import { createRefundDesk } from './refund-desk.ts';

export interface RefundsOptions extends Pick<RefundEngineOptions, 'onLedgerTrouble' | 'onFault'> {
  readonly ledger: Ledger;
  readonly gateway: RefundGateway;
  readonly gatewayName: string;
  readonly clock: Clock;
  readonly pacer: Pacer;
  readonly payments: Pick<PaymentEngine, 'refundMoved'>;
  readonly prints: Pick<PrintQueue, 'refundDrafts' | 'start'>;
  /** Random characters for an out_refund_no. */
  readonly newTag: () => string;
  /** After each change of the books, when it is durable. */
  readonly onChange: () => void;
}

/** Everything about money that goes back: who asks for it, who drives it, and what each step makes true besides. */
export function openRefunds(options: RefundsOptions) {
  const { ledger, gatewayName, clock, payments, prints, newTag, onChange } = options;

  function write({ before, after }: RefundMoved, rows: readonly JournalDraft[]): readonly JournalEntry[] {
    const all = [...rows, ...paperOf(before, after)];
    const to = moveOfPayment(before, after);
    if (to === undefined) return ledger.append(...all);
    return payments.refundMoved(after.paymentId, { refundId: after.id, to }, all);
  }

  /** A slip when it is asked for, a receipt when it has arrived: owed in the commit that makes it so. */
  function paperOf(before: Refund | undefined, { id, saleId, state }: Refund): JournalDraft[] {
    if (before === undefined) return prints.refundDrafts(id, saleId, 'slip');
    return state === 'refunded' && before.state !== 'refunded' ? prints.refundDrafts(id, saleId, 'receipt') : [];
  }

  function changed(): void {
    prints.start();
    onChange();
  }

  const engine = createRefundEngine({
    ...options,
    write,
    onChange: changed,
  });
  const desk = createRefundDesk({
    ledger,
    engine,
    newTag,
    gateway: gatewayName,
    now: () => clock.now(),
    paperForCash: (refundId, saleId) => prints.refundDrafts(refundId, saleId, 'receipt'),
    onCash: changed,
  });
  return { engine, desk };
}

/** What the step means for the payment that is taken back by it; undefined when nothing. */
function moveOfPayment(before: Refund | undefined, after: Refund): RefundMove | undefined {
  if (!after.takesBack) return undefined;
  if (before === undefined) return 'requested';
  if (before.state === after.state) return undefined;
  return after.state === 'refunded' || after.state === 'givenUp' ? after.state : undefined;
}
