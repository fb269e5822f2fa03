import { type Fen, fen, SALE_MAX_FEN } from './money.ts';

/** Banknotes and coins that a customer handed over for a sale. Certain at once: nobody has to be asked about it. */
export interface Cash {
  readonly id: string;
  readonly saleId: string;
  readonly amountFen: Fen;
  /** What the customer handed over; what is above the amount is given back. */
  readonly tenderedFen: Fen;
  readonly changeFen: Fen;
  /** Epoch milliseconds. */
  readonly receivedAt: number;
}

/** The largest note is ￥100. More change than this is a slip of the fingers, such as 10000 for 100.00. */
export const CHANGE_MAX_FEN = fen(100_000);

export type TenderRefusal = 'CASH_TOO_LITTLE' | 'CASH_TOO_MUCH';

/** Why so much money cannot be taken for this amount; undefined when it can. */
export function refuseTender(amountFen: Fen, tenderedFen: Fen): TenderRefusal | undefined {
  if (tenderedFen < amountFen) return 'CASH_TOO_LITTLE';
  if (tenderedFen - amountFen > CHANGE_MAX_FEN || tenderedFen > SALE_MAX_FEN) return 'CASH_TOO_MUCH';
  return undefined;
}

export function changeFen(amountFen: Fen, tenderedFen: Fen): Fen {
  return fen(tenderedFen - amountFen);
}
