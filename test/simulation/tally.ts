import type { JournalEntry } from '../../src/core/journal.ts';
import { fen } from '../../src/core/money.ts';

const SALES_REMEMBERED = 30;

export type Tally = ReturnType<typeof createTally>;

/** What the till has durably written, counted a second time and outside it: each commit comes by here exactly once. */
export function createTally() {
  const recentSales: string[] = [];
  const held = new Set<string>();
  const accepted = new Map<string, number>();
  const provenBy = new Map<string, string[]>();
  let cashBackFen = 0;

  function note(entry: JournalEntry): void {
    switch (entry.kind) {
      case 'sale.opened':
        if (recentSales.push(entry.subject) > SALES_REMEMBERED) recentSales.shift();
        return;
      case 'sale.held':
        held.add(entry.subject);
        return;
      case 'sale.discarded':
        held.delete(entry.subject);
        return;
      case 'payment.submitted':
      case 'cash.received':
        held.delete(entry.payload.saleId);
        return;
      case 'cash.refunded':
        cashBackFen += entry.payload.amountFen;
        return;
      case 'static.accepted':
        held.delete(entry.payload.saleId);
        accepted.set(entry.subject, entry.payload.amountFen);
        return;
      case 'static.proven': {
        const { transactionId } = entry.payload.proof;
        provenBy.set(transactionId, [...(provenBy.get(transactionId) ?? []), entry.subject]);
        return;
      }
      default:
        return;
    }
  }

  return {
    note: (entries: readonly JournalEntry[]): void => entries.forEach(note),
    /** Ids of the newest sales, whatever became of them. */
    recentSales: recentSales as readonly string[],
    /** Ids of the sales that are put aside. */
    held: held as ReadonlySet<string>,
    /** The amount of each payment on the static code, whatever became of it. */
    accepted: accepted as ReadonlyMap<string, number>,
    /** Which payments each transaction has proven. */
    provenBy: provenBy as ReadonlyMap<string, readonly string[]>,
    cashBackFen: () => fen(cashBackFen),
  };
}
