import { unreachable } from './assert.ts';
import type { PayAnswer, QueryAnswer, Reason, ReverseAnswer, Settlement } from './gateway-answer.ts';
import type { Fen } from './money.ts';
import type { CloseAnswer, PlaceAnswer } from './order-answer.ts';

/*
 * One payment: one payment code, one out_trade_no, at most one charge.
 *
 *   submitted ─ paid
 *       │ ╲──── declining ──────── declined          a FAIL is provisional until one query confirms it
 *       ╰────── pending ────────── paid              the outcome is not known: asked again until the deadline
 *                  ╰── reversing ⇄ confirming ── reversed
 *                          ╰────── attention         the gateway refuses to reverse: a person has to look
 *                                      ╰─── givenUp     … and has decided to look no further
 *
 * An order that the customer pays by scanning the till's QR code goes through the same states; what moves it there is
 * in native-transition.ts. It is placed instead of charged, and closed instead of reversed.
 *
 * Pure: plain data in, plain data out. From the state alone follows what is owed next, so a restart just resumes.
 */

/** How patient the engine is. All in milliseconds. Kept with each payment, so a rebuild replays its own times. */
export interface Timings {
  /** Between two queries of a payment whose outcome is not known. */
  readonly pollMs: number;
  /** After this the customer is no longer waited for, and the payment is taken back. A QR code is shown so long. */
  readonly giveUpMs: number;
  /** WeChat Pay refuses, or mishandles, a reversal sooner than 15 s after the payment; closing, sooner than 5 min. */
  readonly reverseNotBeforeMs: number;
  /** Waits between reversals; the last one repeats. */
  readonly reverseBackoffMs: readonly number[];
  /** A reversed order that the gateway had never heard of is asked for once more, when its code is surely dead. */
  readonly lateCheckMs: number;
  /** Between two looks at a payment that waits for a person. */
  readonly attentionPollMs: number;
}

export const DEFAULT_TIMINGS: Timings = {
  pollMs: 3_000,
  giveUpMs: 45_000,
  reverseNotBeforeMs: 15_000,
  reverseBackoffMs: [2_000, 3_000, 5_000, 8_000, 13_000, 21_000, 34_000, 60_000],
  lateCheckMs: 90_000,
  attentionPollMs: 300_000,
};

/** Why a payment is being taken back. `late`: the money came in after the payment had been given up. */
export type ReversalCause = 'cancelled' | 'timeout' | 'refused' | 'late';

export interface PaymentIdentity {
  readonly id: string;
  readonly saleId: string;
  readonly outTradeNo: string;
  readonly amountFen: Fen;
  /** native: the customer scans the till's QR code. Absent: the till scans the customer's payment code. */
  readonly method?: 'native';
  /** Which gateway and merchant it was sent to: "simulator", "wechat-v2:1900000109". Nobody else can answer for it. */
  readonly gateway: string;
  /** Epoch milliseconds, as all times here. */
  readonly submittedAt: number;
  readonly timings: Timings;
}

interface Deadlines {
  readonly giveUpAt: number;
  readonly reverseFrom: number;
  /** What the QR code says, once the order is placed: from then on whoever has seen it may pay. */
  readonly codeUrl?: string;
}

export interface Reversal {
  readonly cause: ReversalCause;
  readonly reason?: Reason;
  /** Reversals answered so far without certainty. */
  readonly tries: number;
}

/** A person's decision about a payment that no machine could bring to an end. */
export interface Decision {
  readonly manager: string;
  readonly why: string;
}

export type PaymentState =
  /** The intent is durable; the pay call may be on its way. Known: nothing. Owed: its answer. */
  | { readonly state: 'submitted'; readonly cancelRequested: boolean }
  /** No certain answer. Owed: queries until the deadline, then a reversal. */
  | {
      readonly state: 'pending';
      readonly reason: Reason;
      /** The pay call's own answer said that the password box is open; no query has borne that out yet. */
      readonly passwordAsked?: true;
      /** The box has been open: an order that just waits from here on was cancelled by the customer. */
      readonly passwordSeen: boolean;
      readonly nextAt: number;
    }
  /** The gateway said no. Owed: one query that confirms it. */
  | {
      readonly state: 'declining';
      readonly reason: Reason;
      readonly thenReverse: boolean;
      /** The cashier's word came before this is certain: whatever it turns out to be, it is not kept. */
      readonly cancelRequested: boolean;
      readonly nextAt: number;
    }
  /** Given up or cancelled. Owed: a reversal, repeated until it is certain. */
  | ({ readonly state: 'reversing'; readonly nextAt: number } & Reversal)
  /**
   * A reversal was answered. Owed: one query that says what became of it. `claimed`: the gateway called it reversed, so
   * only certainty is missing; else it could not say, and unless the query can, the reversal is asked for again.
   */
  | ({ readonly state: 'confirming'; readonly claimed: boolean; readonly nextAt: number } & Reversal)
  /** The gateway will not reverse, or somebody else gave money back. Owed: a person's decision; meanwhile a slow look now and then. */
  | ({
      readonly state: 'attention';
      readonly nextAt: number;
      readonly settlement?: Settlement;
      /** A manager has had it refunded: until that is done, or comes to nothing, no other end is believed. */
      readonly refundId?: string;
    } & Reversal)
  /** Final: the money is ours. */
  | { readonly state: 'paid'; readonly settlement: Settlement }
  /** Final: the money never moved. */
  | { readonly state: 'declined'; readonly reason: Reason }
  /**
   * Final by a manager's word, out of `attention`: never certain, never counted as paid. What the gateway last said is
   * kept, for whoever finds the money in the bill.
   */
  | ({ readonly state: 'givenUp'; readonly decision: Decision; readonly settlement?: Settlement } & Omit<
      Reversal,
      'tries'
    >)
  /** Final: nothing was charged, or it has gone back. `lateCheckAt`: when to look once more for a late success. */
  | ({ readonly state: 'reversed'; readonly lateCheckAt?: number } & Omit<Reversal, 'tries'>);

export type Payment = PaymentIdentity & Deadlines & PaymentState;
export type PaymentStateName = PaymentState['state'];

export type PaymentEvent =
  | { readonly type: 'answered'; readonly answer: PayAnswer }
  | { readonly type: 'queried'; readonly answer: QueryAnswer }
  | { readonly type: 'reverseAnswered'; readonly answer: ReverseAnswer }
  | { readonly type: 'placed'; readonly answer: PlaceAnswer }
  | { readonly type: 'closeAnswered'; readonly answer: CloseAnswer }
  | { readonly type: 'cancelRequested' }
  | { readonly type: 'givenUp'; readonly decision: Decision }
  /** What became of the refund that takes this payment back. */
  | { readonly type: 'refundMoved'; readonly refundId: string; readonly to: RefundMove }
  /** The process that held the pay call is gone: whatever it was waiting for has to be asked for. */
  | { readonly type: 'resumed' };

export type RefundMove = 'requested' | 'refunded' | 'givenUp';

export interface NextStep {
  readonly step: 'pay' | 'query' | 'reverse' | 'place' | 'close';
  readonly at: number;
}

export function submit(identity: PaymentIdentity): Payment {
  const { submittedAt, timings } = identity;
  return {
    ...identity,
    giveUpAt: submittedAt + timings.giveUpMs,
    reverseFrom: submittedAt + timings.reverseNotBeforeMs,
    state: 'submitted',
    cancelRequested: false,
  };
}

/** Settled: certain, or given up by a person; the sale is free to move on. */
export function isSettled({ state }: Payment): boolean {
  return state === 'paid' || state === 'declined' || state === 'reversed' || state === 'givenUp';
}

/** What is owed next, from the state alone; undefined when nothing is. */
export function nextStep(payment: Payment): NextStep | undefined {
  switch (payment.state) {
    case 'submitted':
      return { step: payment.method === 'native' ? 'place' : 'pay', at: payment.submittedAt };
    case 'pending':
      return { step: isUnplaced(payment) ? 'place' : 'query', at: payment.nextAt };
    case 'declining':
    case 'confirming':
    case 'attention':
      return { step: 'query', at: payment.nextAt };
    case 'reversing':
      return { step: payment.method === 'native' ? 'close' : 'reverse', at: payment.nextAt };
    case 'reversed':
      return payment.lateCheckAt === undefined ? undefined : { step: 'query', at: payment.lateCheckAt };
    case 'paid':
    case 'declined':
    case 'givenUp':
      return undefined;
    default:
      return unreachable(payment);
  }
}

/** The reply that was to bring the QR code never came: the very same order is placed again. */
function isUnplaced({ method, codeUrl }: Payment): boolean {
  return method === 'native' && codeUrl === undefined;
}
