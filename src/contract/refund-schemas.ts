import * as z from 'zod';
import type { RefundReasonCode } from '../core/refund-answer.ts';
import type { RefundRefusal } from '../core/refund-rules.ts';
import { MANAGER_MAX, WHY_MAX } from './queue-limits.ts';
import { EpochMs, Money, SaleAmount } from './schemas.ts';
import { typedWords } from './typed-words.ts';

const REFUND_REASON_CODES = [
  'MERCHANT_BALANCE_LOW',
  'PAYER_ACCOUNT_GONE',
  'REFUND_TOO_LATE',
  'REFUND_REFUSED',
  'REFUND_NUMBER_USED',
  'ORDER_NOT_READY',
  'ORDER_NOT_FOUND',
  'NO_PERMISSION',
  'BAD_CONFIG',
  'BAD_CERTIFICATE',
  'RATE_LIMITED',
  'NOT_SENT',
  'NO_REPLY',
  'BAD_REPLY',
  'BAD_SIGNATURE',
  'REPLY_MISMATCH',
  'GATEWAY_BUSY',
  'UNLISTED',
] as const satisfies readonly RefundReasonCode[];

export const RefundReasonSchema = z.object({
  code: z.enum(REFUND_REASON_CODES),
  gatewayCode: z.string().optional(),
  gatewayText: z.string().optional(),
});

const REFUSALS = [
  'NOT_PAID',
  'MORE_THAN_LEFT',
  'TOO_MANY',
  'TOO_LATE',
  'OTHER_GATEWAY',
] as const satisfies readonly RefundRefusal[];

export const RefundRefusalSchema = z.enum(REFUSALS);

/** Money that goes back, as a screen shows it. */
export const RefundView = z.object({
  refundId: z.string(),
  tender: z.enum(['wechat', 'cash']),
  amountFen: Money,
  /**
   * pending: asked for, not yet refunded. processing: WeChat Pay has accepted it, not yet refunded. attention: only a
   * person can go on. refunded: the customer has it. givenUp: a person ended it, and it did not go back this way.
   */
  phase: z.enum(['pending', 'processing', 'attention', 'refunded', 'givenUp']),
  /** Why it waits for a person. */
  cause: z.enum(['refused', 'blocked', 'closed', 'stranded']).optional(),
  reason: RefundReasonSchema.optional(),
  requestedAt: EpochMs,
  endedAt: EpochMs.optional(),
  outRefundNo: z.string().optional(),
  /** Where it went, in the gateway's words. */
  receivedBy: z.string().optional(),
  manager: z.string(),
  why: z.string(),
});

/** What can still be given back of a sale. Absent while nothing surely came in for it. */
export const RefundableView = z.object({ tender: z.enum(['wechat', 'cash']), paidFen: Money, leftFen: Money });

/** Made once by the window that asks: the same again is the same refund. */
const RefundId = z.string().regex(/^[0-9A-Za-z-]{16,64}$/);

const Approval = { refundId: RefundId, manager: typedWords(MANAGER_MAX), reason: typedWords(WHY_MAX) };

export const RefundOrder = z.object({ saleId: z.string().min(1).max(64), amountFen: SaleAmount, ...Approval });
export const TakeBackOrder = z.object({ taskId: z.string().min(1).max(128), ...Approval });

/** What stands on a receipt, scanned or keyed: the sale's number, or the order's. */
export const ReceiptCode = z.object({ code: z.string().trim().min(1).max(64) });
