import { unreachable } from './assert.ts';
import type { Fen } from './money.ts';
import type { Decision } from './payment.ts';
import type { RefundAnswer, RefundQueryAnswer, RefundReason } from './refund-answer.ts';

/*
 * One refund through the gateway: one out_refund_no, money given back at most once.
 *
 *   requested ─ processing ──────── refunded       accepted is not yet there: asked about until it is
 *     │  ↑ ╲        ╲
 *     │  │  looking   ╲                            the call may have been accepted, or is said to be refused: look first
 *     ╰──┼────╰──────── attention ⇄ requested      refused, blocked, closed or stranded: a person has to look
 *        ╰ again           ╰─────── givenUp        … and gives the money back another way
 *
 * Pure: plain data in, plain data out. From the state alone follows what is owed next, so a restart just resumes. The
 * number never changes: the same call again refunds once, however often it is sent.
 */

/** How patient the engine is, in milliseconds. Kept with each refund. The last of several waits repeats. */
export interface RefundTimings {
  /** Between two calls that surely came to nothing. */
  readonly askBackoffMs: readonly number[];
  /** Before a look at a refund that may have been accepted. */
  readonly lookBackoffMs: readonly number[];
  /** Before a look at one that was: balances take minutes, bank cards days. */
  readonly followMs: readonly number[];
  /** WeChat Pay wants so long between two refunds of one order. */
  readonly gapMs: number;
  /** So long a call whose answer is missing may still wander about and be accepted. */
  readonly wanderMs: number;
  /** Between two tries of one that waits for a person. */
  readonly attentionMs: number;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

export const DEFAULT_REFUND_TIMINGS: RefundTimings = {
  askBackoffMs: [5_000, 15_000, MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS],
  lookBackoffMs: [2_000, 10_000, MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS],
  followMs: [5_000, MINUTE_MS, 5 * MINUTE_MS, 30 * MINUTE_MS, 2 * HOUR_MS],
  gapMs: MINUTE_MS,
  wanderMs: MINUTE_MS,
  attentionMs: 5 * MINUTE_MS,
};

/** Everything that the call says, kept from the first: it can be asked again word for word. */
export interface RefundIdentity {
  readonly id: string;
  readonly saleId: string;
  /** A payment by a scanned code, or one on the store's static code. */
  readonly paymentId: string;
  readonly outTradeNo: string;
  /** How the gateway is told which order, where the merchant's number is not one that this till has made. */
  readonly transactionId?: string;
  readonly outRefundNo: string;
  /** What the order was for. */
  readonly totalFen: Fen;
  readonly refundFen: Fen;
  /** Who answers for it: the payment's gateway and no other. */
  readonly gateway: string;
  /** The payment waits for a person and never counted as paid: when this is done, it ends as reversed. */
  readonly takesBack: boolean;
  readonly decision: Decision;
  /** Epoch milliseconds, as all times here. */
  readonly requestedAt: number;
  readonly timings: RefundTimings;
}

/** When its latest call was answered, or may have been sent. */
interface Asked {
  readonly askedAt?: number;
}

/**
 * refused: the gateway will not make it. blocked: it would, were something mended first. closed: it came to nothing
 * after it was accepted. stranded: the customer's account could not take it, and the money is back with the merchant.
 */
export type AttentionCause = 'refused' | 'blocked' | 'closed' | 'stranded';

export interface OpenTry {
  readonly tries: number;
  readonly reason?: RefundReason;
  /** Until then an earlier call may still be accepted, whatever is said now. */
  readonly doubtUntil?: number;
}

export type RefundStage =
  /** Not yet refunded. Owed: the call. */
  | ({ readonly state: 'requested'; readonly nextAt: number } & OpenTry)
  /** Perhaps accepted; or `refused`, which only counts once it is confirmed. Owed: a query. */
  | ({ readonly state: 'looking'; readonly refused: boolean; readonly nextAt: number } & OpenTry)
  /** Accepted, and on its way. Owed: queries until it has arrived. */
  | { readonly state: 'processing'; readonly refundId: string; readonly looks: number; readonly nextAt: number }
  /** A person has to look. `nextAt`: when it is tried, or looked at, by itself; absent when that is of no use. */
  | {
      readonly state: 'attention';
      readonly cause: AttentionCause;
      readonly reason?: RefundReason;
      readonly nextAt?: number;
    }
  /** Final: the customer has the money. */
  | {
      readonly state: 'refunded';
      readonly refundId: string;
      /** Where it went, in the gateway's words; may be empty. */
      readonly receivedBy: string;
      readonly endedAt: number;
    }
  /** Final by a person's word: not by this refund. */
  | {
      readonly state: 'givenUp';
      readonly cause: AttentionCause;
      readonly reason?: RefundReason;
      readonly end: Decision;
      readonly endedAt: number;
    };

export type Refund = RefundIdentity & Asked & RefundStage;
export type RefundStageName = RefundStage['state'];

export type RefundEvent =
  | { readonly type: 'answered'; readonly answer: RefundAnswer }
  | { readonly type: 'queried'; readonly answer: RefundQueryAnswer }
  /** A person says that what was in the way is mended: the same call again. */
  | { readonly type: 'retried' }
  | { readonly type: 'givenUp'; readonly decision: Decision }
  /** The process that may have held the call is gone. */
  | { readonly type: 'resumed' };

export interface RefundStep {
  readonly step: 'refund' | 'query';
  readonly at: number;
}

export function requestRefund(identity: RefundIdentity): Refund {
  return { ...identity, state: 'requested', tries: 0, nextAt: identity.requestedAt };
}

/** Certain, or ended by a person: nothing more comes of it. */
export function isRefundSettled({ state }: Refund): boolean {
  return state === 'refunded' || state === 'givenUp';
}

/** An earlier call may still be accepted: how long that can be is being timed. */
export function isInDoubt(refund: Refund): boolean {
  return (refund.state === 'requested' || refund.state === 'looking') && refund.doubtUntil !== undefined;
}

/** What is owed next, from the state alone; undefined when nothing is, or only by a person. */
export function nextRefundStep(refund: Refund): RefundStep | undefined {
  switch (refund.state) {
    case 'requested':
      return { step: 'refund', at: refund.nextAt };
    case 'looking':
    case 'processing':
      return { step: 'query', at: refund.nextAt };
    case 'attention':
      if (refund.nextAt === undefined) return undefined;
      return { step: refund.cause === 'blocked' ? 'refund' : 'query', at: refund.nextAt };
    case 'refunded':
    case 'givenUp':
      return undefined;
    default:
      return unreachable(refund);
  }
}

/** The nth of several waits, counted from 0; the last one repeats. */
export function waitMs(waits: readonly number[], nth: number): number {
  return waits[nth] ?? waits.at(-1) ?? MINUTE_MS;
}
