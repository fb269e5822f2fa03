import * as z from 'zod';
import { TRANSACTION_ID } from '../core/static-payment.ts';
import { StaticView } from './held-schemas.ts';
import { EpochMs, Money, SaleAmount } from './money-schemas.ts';
import { LABEL_MAX } from './offline-limits.ts';
import { MANAGER_MAX, WHY_MAX } from './queue-limits.ts';
import { ReasonSchema } from './schemas.ts';
import { typedWords } from './typed-words.ts';

const TransactionId = z.string().trim().regex(TRANSACTION_ID);

/** `amountFen` is what the cashier saw. */
export const HoldOrder = z.object({ amountFen: SaleAmount, label: typedWords(LABEL_MAX).optional() });
export const HeldRef = z.object({ saleId: z.string().min(1).max(64) });

/** A manager approves, by name and by what was seen, a payment that nothing proves yet. */
export const StaticOrder = z.object({
  amountFen: SaleAmount,
  manager: typedWords(MANAGER_MAX),
  seen: typedWords(WHY_MAX),
  transactionId: TransactionId.optional(),
});

/** What a look-up found when it proved nothing. */
export const FindingView = z.discriminatedUnion('code', [
  z.object({ code: z.enum(['OWN_PAYMENT', 'USED']), saleNumber: z.string() }),
  z.object({ code: z.literal('OTHER_AMOUNT'), amountFen: Money }),
  z.object({ code: z.literal('OTHER_TIME'), paidAt: EpochMs }),
  z.object({ code: z.enum(['TILL_PAYMENT', 'OTHER_PAYMENT', 'OTHER_MERCHANT', 'REFUNDED', 'NOT_PAID', 'NOT_FOUND']) }),
  z.object({ code: z.literal('NOT_KNOWN'), reason: ReasonSchema }),
]);

/** A payment on the static code as the queue shows it, with what the latest look-up found. */
export const VerifyView = StaticView.extend({ finding: FindingView.optional() });

export const LookUpOrder = z.object({ taskId: z.string().min(1).max(128), transactionId: TransactionId });

/**
 * proven: it was this payment's money, and is received now. Else `finding` says what the number is about; nothing has
 * changed, but that a number nobody could be asked about is kept, and asked about when the line is back.
 */
export const LookUpResult = z.object({ proven: z.boolean(), finding: FindingView.optional() });
