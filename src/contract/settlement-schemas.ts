import * as z from 'zod';
import { Money } from './money-schemas.ts';

/** How the money came together: total = paid + coupon, in fen. */
export const SettlementView = z.object({
  paidFen: Money,
  couponFen: Money,
  /** What is settled to the merchant, where a coupon that is no money was used. */
  settledFen: Money.optional(),
  /** What the payer paid in another currency: in its smallest unit; `rate` is CNY against it, times 10⁸. */
  foreign: z.object({ currency: z.string(), amountMinor: z.number(), rate: z.string().optional() }).optional(),
});
