import type { Reason } from './gateway-answer.ts';
import type { Fen } from './money.ts';
import type { OrderLookUp, OrderState } from './order-look-up.ts';
import { fromBeijingStamp } from './time.ts';

/*
 * What proves a payment on the store's static code. One rule for whoever holds evidence: the look-up of a number read
 * from the customer's phone, and the bill of the day after.
 */

/** The payment that waits for proof, as far as the rule needs it. */
export interface ProofNeeded {
  readonly amountFen: Fen;
  readonly acceptedAt: number;
  /** The merchant whose code it was. */
  readonly gateway: string;
}

/** An order as the gateway's word has it: from a look-up, or from a row of the bill. */
export interface Evidence {
  readonly gateway: string;
  readonly state: OrderState;
  readonly outTradeNo: string;
  readonly transactionId: string;
  readonly totalFen: Fen | undefined;
  /** Beijing time, `yyyyMMddHHmmss`, as the gateway gave it. */
  readonly timeEnd: string | undefined;
  /** MICROPAY, NATIVE, JSAPI …; empty when not said. */
  readonly tradeType: string;
}

/** What our own books know of the order. */
export interface KnownOrder {
  /** The sale whose payment it is: its out_trade_no is one that this till made. */
  readonly ownSale?: string;
  /** The sale that this very transaction has paid or proven already. */
  readonly usedFor?: string;
}

export interface Proof {
  readonly transactionId: string;
  readonly outTradeNo: string;
  /** Epoch milliseconds. */
  readonly paidAt: number;
}

/** What a look-up found when it is no proof. NOT_KNOWN: nobody could be asked, and it is asked again. */
export type Finding =
  | { readonly code: 'OWN_PAYMENT' | 'USED'; readonly saleNumber: string }
  | { readonly code: 'OTHER_AMOUNT'; readonly amountFen: Fen }
  | { readonly code: 'OTHER_TIME'; readonly paidAt: number }
  /** OTHER_PAYMENT: money of its own, and not what was asked about. */
  | { readonly code: 'TILL_PAYMENT' | 'OTHER_PAYMENT' | 'OTHER_MERCHANT' | 'REFUNDED' | 'NOT_PAID' | 'NOT_FOUND' }
  | { readonly code: 'NOT_KNOWN'; readonly reason: Reason };

export type Verdict = { readonly proof: Proof } | { readonly finding: Finding };

/**
 * The customer pays first and the manager comes after: ten minutes cover that, and two clocks that disagree. A day
 * after covers a customer whose bank was slow. Wider would let the same amount of another customer pass for it.
 */
export const PROOF_BEFORE_MS = 10 * 60_000;
export const PROOF_AFTER_MS = 24 * 3_600_000;

/** Whether the order proves the payment; if not, the first reason, the one that helps a person most. */
export function judgeProof(needed: ProofNeeded, evidence: Evidence, known: KnownOrder): Verdict {
  const { state, transactionId, outTradeNo, totalFen, timeEnd, tradeType } = evidence;
  if (known.ownSale !== undefined) return { finding: { code: 'OWN_PAYMENT', saleNumber: known.ownSale } };
  if (known.usedFor !== undefined) return { finding: { code: 'USED', saleNumber: known.usedFor } };
  if (evidence.gateway !== needed.gateway) return { finding: { code: 'OTHER_MERCHANT' } };
  if (state === 'REFUNDED') return { finding: { code: 'REFUNDED' } };
  if (state !== 'PAID' || totalFen === undefined) return { finding: { code: 'NOT_PAID' } };
  // A payment code was scanned for it, so it is the payment of a sale at another till.
  if (tradeType === 'MICROPAY') return { finding: { code: 'TILL_PAYMENT' } };
  if (totalFen !== needed.amountFen) return { finding: { code: 'OTHER_AMOUNT', amountFen: totalFen } };
  const paidAt = fromBeijingStamp(timeEnd ?? '');
  if (paidAt === undefined) return { finding: { code: 'NOT_KNOWN', reason: { code: 'BAD_REPLY' } } };
  if (paidAt < needed.acceptedAt - PROOF_BEFORE_MS || paidAt > needed.acceptedAt + PROOF_AFTER_MS) {
    return { finding: { code: 'OTHER_TIME', paidAt } };
  }
  return { proof: { transactionId, outTradeNo, paidAt } };
}

/** What a look-up's answer says about it. `known` is only asked for an order that was found. */
export function judgeLookUp(
  needed: ProofNeeded,
  asked: { readonly gateway: string; readonly transactionId: string },
  answer: OrderLookUp,
  known: (outTradeNo: string) => KnownOrder,
): Verdict {
  switch (answer.verdict) {
    case 'UNKNOWN':
      return { finding: { code: 'NOT_KNOWN', reason: answer.reason } };
    case 'NOT_FOUND':
      return { finding: { code: 'NOT_FOUND' } };
    case 'FOUND': {
      const { state, outTradeNo, settlement, tradeType } = answer.order;
      const money = { totalFen: settlement?.totalFen, timeEnd: settlement?.timeEnd };
      return judgeProof(needed, { ...asked, state, outTradeNo, tradeType, ...money }, known(outTradeNo));
    }
  }
}
