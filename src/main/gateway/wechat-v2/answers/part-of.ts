import { type Fen, fen } from '../../../../core/money.ts';

/** "0" to the whole amount in fen, as text; undefined for anything else. */
export function partOf(amountFen: Fen, value: string | undefined): Fen | undefined {
  if (value === undefined || !/^\d{1,12}$/.test(value) || Number(value) > amountFen) return undefined;
  return fen(Number(value));
}
