import * as z from 'zod';
import type { OrderState } from '../core/order-look-up.ts';
import { EpochMs, Money } from './money-schemas.ts';
import { PhaseSchema, ReasonSchema } from './schemas.ts';
import { SettlementView } from './settlement-schemas.ts';

/** A receipt's code, a sale's number or just its sequence, an out_trade_no, or the transaction's number on a phone. */
export const OrderNumber = z.object({ number: z.string().trim().min(1).max(64) });

const ORDER_STATES = [
  'PAID',
  'REFUNDED',
  'NOT_PAID',
  'AWAITING_PASSWORD',
  'ACCEPTED',
  'FAILED',
  'REVERSED',
  'CLOSED',
  'UNKNOWN',
] as const satisfies readonly OrderState[];

/** What this terminal's books say of an order. */
const BooksView = z.object({
  saleId: z.string(),
  saleNumber: z.string(),
  phase: PhaseSchema.or(z.enum(['toVerify', 'disproven'])),
  amountFen: Money,
  outTradeNo: z.string().optional(),
  transactionId: z.string().optional(),
  at: EpochMs,
  settlement: SettlementView.optional(),
  refundedFen: Money,
});

/** What the gateway said a moment ago. `paidAt`: absent while nothing is paid. */
const GatewayView = z.discriminatedUnion('verdict', [
  z.object({
    verdict: z.literal('FOUND'),
    state: z.enum(ORDER_STATES),
    /** The gateway's own code and words for the state. */
    gatewayState: z.string(),
    gatewayText: z.string(),
    outTradeNo: z.string(),
    transactionId: z.string().optional(),
    totalFen: Money.optional(),
    paidAt: EpochMs.optional(),
    settlement: SettlementView.optional(),
    tradeType: z.string(),
    /** Which till it was, as sent with the order; empty when none was said. */
    deviceInfo: z.string(),
  }),
  z.object({ verdict: z.literal('NOT_FOUND') }),
  z.object({ verdict: z.literal('UNKNOWN'), reason: ReasonSchema }),
  /** It was another merchant's, or another gateway's: nobody here can be asked. */
  z.object({ verdict: z.literal('OTHER_GATEWAY') }),
]);

/** One order, on both sides. */
export const LookUpView = z.object({
  agreement: z.enum(['same', 'differs', 'open', 'foreign', 'nowhere', 'unknown']),
  books: BooksView.optional(),
  gateway: GatewayView,
});
