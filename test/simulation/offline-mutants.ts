import type { JournalDraft } from '../../src/core/journal.ts';
import type { HeldGlance } from '../../src/main/ledger/offline-queries.ts';
import type { Ledger } from '../../src/main/ledger/open-ledger.ts';
import type { Tampering } from './tampering.ts';

/* Mistakes that terminals make with sales put aside and with the store's own code. See mutants.ts. */

export const OFFLINE_MUTANTS: Readonly<Record<string, Tampering>> = {
  'a sale that was put aside is kept in memory alone': {
    ledger(right, clock) {
      const aside = new Map<string, HeldGlance>();
      return {
        ...right,
        heldSales: () => [...aside.values()],
        heldSale: (saleId) => aside.get(saleId),
        append(...drafts) {
          const kept = drafts.filter((draft) => !putAside(draft, aside, clock.now()));
          return kept.length === 0 ? [] : right.append(...kept);
        },
      };
    },
  },

  'any transaction that exists proves a payment on the code': {
    ledger: (right, clock) => ({
      ...right,
      append: (...drafts) => right.append(...drafts.map((draft) => believed(draft, right, clock.now()))),
    }),
  },

  'a payment on the code counts as proven when a manager says so': {
    ledger: (right, clock) => ({
      ...right,
      append: (...drafts) => right.append(...drafts.flatMap((draft) => [draft, ...provenAtOnce(draft, clock.now())])),
    }),
  },
};

/** What the till believes to have been written, and only this life knows. */
function putAside(draft: JournalDraft, aside: Map<string, HeldGlance>, now: number): boolean {
  switch (draft.kind) {
    case 'sale.held':
      aside.set(draft.subject, { saleId: draft.subject, ...draft.payload, heldAt: now });
      return true;
    case 'sale.discarded':
      aside.delete(draft.subject);
      return true;
    case 'payment.submitted':
    case 'cash.received':
    case 'static.accepted':
      aside.delete(draft.payload.saleId);
      return false;
    default:
      return false;
  }
}

function believed(draft: JournalDraft, ledger: Ledger, paidAt: number): JournalDraft {
  if (draft.kind !== 'static.lookedUp') return draft;
  const { transactionId, finding } = draft.payload;
  const saleId = ledger.staticPayment(draft.subject)?.saleId;
  const exists = finding.code !== 'NOT_KNOWN' && finding.code !== 'NOT_FOUND';
  if (saleId === undefined || !exists) return draft;
  const proof = { transactionId, outTradeNo: '', paidAt };
  return { kind: 'static.proven', subject: draft.subject, payload: { saleId, proof } };
}

function provenAtOnce(draft: JournalDraft, paidAt: number): JournalDraft[] {
  if (draft.kind !== 'static.accepted') return [];
  const { saleId, transactionId = `seen ${draft.subject}` } = draft.payload;
  const proof = { transactionId, outTradeNo: '', paidAt };
  return [{ kind: 'static.proven', subject: draft.subject, payload: { saleId, proof } }];
}
