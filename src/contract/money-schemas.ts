import * as z from 'zod';
import { fen, SALE_MAX_FEN } from '../core/money.ts';

/** Money as it crosses the wire: integer fen, back to its brand on arrival. */
export const Money = z.int().transform(fen);
export const SaleAmount = z.int().min(1).max(SALE_MAX_FEN).transform(fen);
export const EpochMs = z.number();
/** So many, and what they come to. */
export const Sum = z.object({ count: z.int(), amountFen: Money });
