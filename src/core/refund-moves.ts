import {
  type AttentionCause,
  type Refund,
  type RefundEvent,
  type RefundStage,
  type RefundStageName,
  waitMs,
} from './refund.ts';
import type { RefundReason, RefundReasonCode } from './refund-answer.ts';

/* The few moves that a refund's transitions are made of. */

/** What no waiting mends: a person has to top up, or to put the settings right. */
const NEEDS_PERSON: ReadonlySet<RefundReasonCode> = new Set([
  'MERCHANT_BALANCE_LOW',
  'NO_PERMISSION',
  'BAD_CONFIG',
  'BAD_CERTIFICATE',
  'UNLISTED',
]);

export function needsPerson({ code }: RefundReason): boolean {
  return NEEDS_PERSON.has(code);
}

/** A person has to look. What can change at the gateway by itself is looked at now and then. */
export function attention(refund: Refund, cause: AttentionCause, reason: RefundReason | undefined, at: number): Refund {
  const looksAgain = cause === 'refused' ? {} : { nextAt: at + refund.timings.attentionMs };
  return moveRefund(refund, { state: 'attention', cause, ...reasonOf({ reason }), ...looksAgain });
}

export function processing(refund: Refund, refundId: string, looks: number, at: number): Refund {
  const nextAt = at + waitMs(refund.timings.followMs, looks);
  return moveRefund(refund, { state: 'processing', refundId, looks, nextAt });
}

export function reasonOf({ reason }: { readonly reason?: RefundReason | undefined }): {
  readonly reason?: RefundReason;
} {
  return reason === undefined ? {} : { reason };
}

/** The same refund in another state: identity stays, what belonged to the old state goes. */
export function moveRefund(refund: Refund, stage: RefundStage): Refund {
  const { id, saleId, paymentId, outTradeNo, outRefundNo, totalFen, refundFen } = refund;
  const { gateway, takesBack, decision, requestedAt, timings, transactionId, askedAt } = refund;
  return {
    ...{ id, saleId, paymentId, outTradeNo, outRefundNo, totalFen, refundFen },
    ...{ gateway, takesBack, decision, requestedAt, timings },
    ...(transactionId === undefined ? {} : { transactionId }),
    ...(askedAt === undefined ? {} : { askedAt }),
    ...stage,
  };
}

export class IllegalRefundTransition extends Error {
  override name = 'IllegalRefundTransition';

  constructor(state: RefundStageName, event: RefundEvent['type']) {
    super(`A refund that is ${state} cannot be ${event}`);
  }
}
