import type { TillView } from '../../contract/types.ts';
import { changeFen, refuseTender } from '../../core/cash.ts';
import { type Fen, fen } from '../../core/money.ts';
import { amountOf, isAmountKey, keyAmount, NO_AMOUNT, totalFen } from './amount.ts';
import type { Desk, DeskKey, Move, Tender } from './desk.ts';

/* While cash is being taken: what the customer hands over, and what goes back. */

/** The quick buttons: exactly the amount, or the notes that are handed over most. */
export const TENDER_KEYS = ['Exact', 'Note50', 'Note100'] as const;
export type TenderKey = (typeof TENDER_KEYS)[number];

export const NOTES = { Note50: fen(5_000), Note100: fen(10_000) } as const;

export interface TenderGlance {
  readonly tenderedFen: Fen;
  /** Undefined while what is keyed does not cover the amount, or cannot be meant. */
  readonly changeFen?: Fen;
}

export function tenderGlance({ amount }: Tender, amountFen: Fen): TenderGlance {
  const keyedFen = totalFen(amount);
  const tenderedFen = keyedFen === 0 ? amountFen : keyedFen;
  if (refuseTender(amountFen, tenderedFen)) return { tenderedFen };
  return { tenderedFen, changeFen: changeFen(amountFen, tenderedFen) };
}

export function keyTender(desk: Desk, till: TillView, key: DeskKey): Move {
  const tender = desk.tender ?? { amount: NO_AMOUNT };
  const amountFen = fen(till.amountFen);
  switch (key) {
    case 'Enter':
      return confirm(desk, tender, amountFen);
    case 'Cash':
      return { desk };
    case 'Escape':
    case 'Cancel':
      return tender.amount.text === '' ? withoutTender(desk) : keyed(desk, tender, NO_AMOUNT);
    case 'Exact':
      return keyed(desk, tender, NO_AMOUNT);
    case 'Note50':
    case 'Note100':
      return keyed(desk, tender, amountOf(NOTES[key]));
    default:
      // One sum is handed over: there is nothing to add up.
      return isAmountKey(key) && key !== '+' ? keyed(desk, tender, keyAmount(tender.amount, key)) : { desk };
  }
}

function confirm(desk: Desk, tender: Tender, amountFen: Fen): Move {
  const { tenderedFen } = tenderGlance(tender, amountFen);
  const refusal = refuseTender(amountFen, tenderedFen);
  return refusal ? { desk: { ...desk, hint: refusal } } : { desk, order: { type: 'cash', amountFen, tenderedFen } };
}

function keyed(desk: Desk, tender: Tender, amount: Tender['amount']): Move {
  return { desk: { ...desk, tender: { ...tender, amount } } };
}

function withoutTender(desk: Desk): Move {
  const { tender: _, ...rest } = desk;
  return { desk: rest };
}
