import { changeFen } from '../../core/cash.ts';
import type { JournalDraft } from '../../core/journal.ts';
import type { Fen } from '../../core/money.ts';
import { saleNumber } from '../../core/order-number.ts';
import type { TerminalRow } from '../ledger/queries.ts';

export interface CashTaken {
  readonly saleId: string;
  readonly amountFen: Fen;
  /** At least the amount: see `refuseTender`. */
  readonly tenderedFen: Fen;
}

/** The journal line by which a sale enters the books: it takes the terminal's next number. */
export function openingDraft(terminal: TerminalRow, saleId: string, amountFen: Fen): OpeningDraft {
  const sequence = terminal.lastSequence + 1;
  const number = saleNumber(terminal, sequence);
  return { kind: 'sale.opened', subject: saleId, payload: { number, sequence, amountFen } };
}

export function cashDraft(cashId: string, { saleId, amountFen, tenderedFen }: CashTaken): JournalDraft {
  const payload = { saleId, amountFen, tenderedFen, changeFen: changeFen(amountFen, tenderedFen) };
  return { kind: 'cash.received', subject: cashId, payload };
}

type OpeningDraft = Extract<JournalDraft, { readonly kind: 'sale.opened' }>;
