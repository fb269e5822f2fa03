import { changeFen, refuseTender, type TenderRefusal } from '../../core/cash.ts';
import { type Fen, fen } from '../../core/money.ts';
import { type Amount, type AmountKey, amountOf, isAmountKey, keyAmount, NO_AMOUNT, totalFen } from './amount.ts';

/** Cash is being taken: what the customer hands over, as far as it is keyed. Nothing keyed: exactly the amount. */
export interface Tender {
  readonly amount: Amount;
  /** The payment that did not succeed, until the terminal has left it. */
  readonly afterId?: string;
}

/** The quick buttons: exactly the amount, or the notes that are handed over most. */
export const TENDER_KEYS = ['Exact', 'Note50', 'Note100'] as const;
export type TenderKey = (typeof TENDER_KEYS)[number];

export const NOTES = { Note50: fen(5_000), Note100: fen(10_000) } as const;

export interface TenderGlance {
  readonly tenderedFen: Fen;
  /** Undefined while what is keyed does not cover the amount, or cannot be meant. */
  readonly changeFen?: Fen;
}

export type TenderMove =
  | { readonly type: 'keyed'; readonly tender: Tender }
  | { readonly type: 'take'; readonly tenderedFen: Fen }
  | { readonly type: 'refused'; readonly refusal: TenderRefusal }
  | { readonly type: 'back' };

export function tenderGlance({ amount }: Tender, amountFen: Fen): TenderGlance {
  const keyedFen = totalFen(amount);
  const tenderedFen = keyedFen === 0 ? amountFen : keyedFen;
  if (refuseTender(amountFen, tenderedFen)) return { tenderedFen };
  return { tenderedFen, changeFen: changeFen(amountFen, tenderedFen) };
}

/** What a key does while cash is being taken for this amount. */
export function keyTender(
  tender: Tender,
  amountFen: Fen,
  key: AmountKey | TenderKey | 'Enter' | 'Escape' | 'Cancel' | 'Cash',
): TenderMove {
  const keyed = (amount: Amount): TenderMove => ({ type: 'keyed', tender: { ...tender, amount } });
  switch (key) {
    case 'Enter':
      return confirm(tender, amountFen);
    case 'Escape':
    case 'Cancel':
      return tender.amount.text === '' ? { type: 'back' } : keyed(NO_AMOUNT);
    case 'Exact':
      return keyed(NO_AMOUNT);
    case 'Note50':
    case 'Note100':
      return keyed(amountOf(NOTES[key]));
    default:
      // One sum is handed over: there is nothing to add up.
      return keyed(isAmountKey(key) && key !== '+' ? keyAmount(tender.amount, key) : tender.amount);
  }
}

function confirm(tender: Tender, amountFen: Fen): TenderMove {
  const { tenderedFen } = tenderGlance(tender, amountFen);
  const refusal = refuseTender(amountFen, tenderedFen);
  return refusal ? { type: 'refused', refusal } : { type: 'take', tenderedFen };
}
