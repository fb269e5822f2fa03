import type { JournalEntry } from '../../src/core/journal.ts';
import { createJournal } from '../../src/main/ledger/journal.ts';
import { openLedgerReadOnly } from '../../src/main/ledger/open-ledger.ts';
import { createQueries } from '../../src/main/ledger/queries.ts';
import { createRefundQueries } from '../../src/main/ledger/refunds.ts';
import type { Problem } from './inspector.ts';
import { SHOP } from './terminal.ts';

interface Line {
  readonly at: number;
  readonly words: string;
}

/** Remembers what happened on the wire and to the process, so that one payment's whole story can be told. */
export function createStory(trace: boolean, now: () => number, startAt: number) {
  const lines: (Line & { readonly about: string })[] = [];

  function stamp(at: number): string {
    return `+${((at - startAt) / 1000).toFixed(3)} s`.padStart(14);
  }

  return {
    /** @param about an out_trade_no; empty for what concerns everybody */
    note(about: string, words: () => string): void {
      if (trace) lines.push({ about, at: now(), words: words() });
    },

    /** The payment's wire and its whole sale's journal. The journal's times are those of the till's own clock. */
    tell({ about }: Problem, dataDir: string): string[] {
      const journal = journalOf(about, dataDir);
      const wire = lines.filter((line) => line.about.startsWith(about));
      const first = wire[0]?.at ?? 0;
      const last = wire.at(-1)?.at ?? Number.POSITIVE_INFINITY;
      const around = lines.filter(({ about, at }) => about === '' && at >= first - 60_000 && at <= last + 60_000);
      const seen = [...wire, ...around].sort((a, b) => a.at - b.at);
      return [
        'on the wire, by the world’s clock:',
        ...seen.map(({ at, words }) => `${stamp(at)}  ${words}`),
        'in the journal, by the till’s clock:',
        ...journal.map(({ seq, at, kind, payload }) => `${stamp(at)}  #${seq} ${kind} ${JSON.stringify(payload)}`),
      ];
    },
  };
}

function journalOf(outTradeNo: string, dataDir: string): JournalEntry[] {
  const db = openLedgerReadOnly(dataDir);
  try {
    const saleId = db.prepare('SELECT sale_id FROM payment WHERE out_trade_no = ?').pluck().get(outTradeNo);
    if (typeof saleId !== 'string') return [];
    const { about } = createJournal(db, SHOP.terminalId);
    const payments = createQueries(db).paymentsOfSale(saleId);
    const refunds = createRefundQueries(db).refundsOfSale(saleId);
    return [saleId, ...[...payments, ...refunds].map(({ id }) => id)].flatMap(about).sort((a, b) => a.seq - b.seq);
  } finally {
    db.close();
  }
}
