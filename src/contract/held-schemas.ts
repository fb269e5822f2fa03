import * as z from 'zod';
import { EpochMs, Money } from './money-schemas.ts';

/* What the till's own view shows of what can be done without a line. */

/** A sale that was put aside. In no total, and nobody's debt. */
export const HeldSaleView = z.object({
  saleId: z.string(),
  /** Once a payment was tried for it. */
  saleNumber: z.string().optional(),
  amountFen: Money,
  label: z.string().optional(),
  heldAt: EpochMs,
});

/** What may be accepted on the store's static code right now. */
export const StaticOffer = z.object({
  perPaymentFen: Money,
  inAllFen: Money,
  /** The most that the next one may be. */
  roomFen: Money,
});

/** A payment on the static code: what a manager said of it, and how far that is proven. */
export const StaticView = z.object({
  saleId: z.string(),
  saleNumber: z.string(),
  amountFen: Money,
  state: z.enum(['accepted', 'proven', 'disproven']),
  acceptedAt: EpochMs,
  manager: z.string(),
  seen: z.string(),
  /** As read from the customer's phone, or proven. */
  transactionId: z.string().optional(),
});
