import type { TillView } from '../../contract/types.ts';
import type { Fen } from '../../core/money.ts';

/** The amount on the desk was put aside just now, here or at another window. */
export function isHeldNow(amountFen: Fen, before: TillView | undefined, till: TillView): boolean {
  if (before === undefined) return false;
  const known = new Set(before.held?.map(({ saleId, heldAt }) => `${saleId} ${heldAt}`));
  return (till.held ?? []).some((held) => held.amountFen === amountFen && !known.has(`${held.saleId} ${held.heldAt}`));
}
