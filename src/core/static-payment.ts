import { unreachable } from './assert.ts';
import type { Fen } from './money.ts';
import type { Decision } from './payment.ts';
import type { Finding, Proof } from './static-proof.ts';

/*
 * A payment on the store's own printed code. The customer pays the merchant number directly, so the till cannot know:
 * a manager says what was seen, and until a look-up or the bill proves it, it is money in no total.
 *
 *   accepted ─ proven           the gateway knows such a payment, and it is nobody else's
 *       ╰───── disproven        by a manager's word, or because the transaction is for other money
 *
 * Pure, as payment.ts is. Both ends are final.
 */

export interface StaticIdentity {
  readonly id: string;
  readonly saleId: string;
  readonly amountFen: Fen;
  /** Which gateway and merchant the printed code belongs to: nobody else can prove it. */
  readonly gateway: string;
  /** Who approved it, and what was seen on the customer's phone. */
  readonly approval: Decision;
  /** Epoch milliseconds, as all times here. */
  readonly acceptedAt: number;
}

/** Why it is not taken for money any more. */
export type Disproof =
  | { readonly by: 'manager'; readonly decision: Decision }
  | { readonly by: 'finding'; readonly finding: Finding };

export type StaticState =
  /** Waits for proof. `lookAt`: when the id that was read from the customer's phone is looked up next. */
  | {
      readonly state: 'accepted';
      readonly claimedId?: string;
      readonly finding?: Finding;
      /** Look-ups that brought no answer since the last one that did. */
      readonly tries: number;
      readonly lookAt?: number;
    }
  | { readonly state: 'proven'; readonly proof: Proof }
  | { readonly state: 'disproven'; readonly cause: Disproof; readonly claimedId?: string };

export type StaticPayment = StaticIdentity & StaticState;

export type StaticEvent =
  | { readonly type: 'lookedUp'; readonly transactionId: string; readonly finding: Finding }
  | { readonly type: 'proven'; readonly proof: Proof }
  | { readonly type: 'disproven'; readonly cause: Disproof };

/** WeChat Pay's number of a transaction: 28 digits, on the customer's phone and in the bill. No secret. */
export const TRANSACTION_ID = /^\d{28}$/;

/** Waits between look-ups that brought no answer; the last one repeats. The line's return cuts any of them short. */
const LOOK_BACKOFF_MS = [5_000, 30_000, 300_000] as const;

/** As it stands when a manager has approved it. An id that is known already is looked up at once. */
export function acceptStatic(identity: StaticIdentity, claimedId: string | undefined): StaticPayment {
  const look = claimedId === undefined ? {} : { claimedId, lookAt: identity.acceptedAt };
  return { ...identity, state: 'accepted', tries: 0, ...look };
}

/** What comes too late changes nothing: proven and disproven are final. */
export function staticAfter(payment: StaticPayment, event: StaticEvent, at: number): StaticPayment {
  if (payment.state !== 'accepted') return payment;
  const identity = identityOf(payment);
  switch (event.type) {
    case 'lookedUp': {
      const { transactionId: claimedId, finding } = event;
      const isOther = claimedId !== payment.claimedId;
      // A number that proves nothing does not displace one that nobody could be asked about yet.
      if (isOther && payment.lookAt !== undefined && finding.code !== 'NOT_KNOWN') return payment;
      const looked = { ...identity, state: 'accepted', claimedId, finding } as const;
      if (finding.code !== 'NOT_KNOWN') return { ...looked, tries: 0 };
      const tries = isOther ? 1 : payment.tries + 1;
      return { ...looked, tries, lookAt: at + backoffMs(tries) };
    }
    case 'proven':
      return { ...identity, state: 'proven', proof: event.proof };
    case 'disproven': {
      const { claimedId } = payment;
      return { ...identity, state: 'disproven', cause: event.cause, ...(claimedId === undefined ? {} : { claimedId }) };
    }
    default:
      return unreachable(event);
  }
}

function backoffMs(tries: number): number {
  return LOOK_BACKOFF_MS[Math.min(tries, LOOK_BACKOFF_MS.length) - 1] ?? LOOK_BACKOFF_MS[0];
}

function identityOf({ id, saleId, amountFen, gateway, approval, acceptedAt }: StaticPayment): StaticIdentity {
  return { id, saleId, amountFen, gateway, approval, acceptedAt };
}
