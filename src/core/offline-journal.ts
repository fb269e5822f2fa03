import { invariant } from './assert.ts';
import type { Fen } from './money.ts';
import type { Decision } from './payment.ts';
import { acceptStatic, type Disproof, type StaticPayment, staticAfter } from './static-payment.ts';
import type { Finding, Proof } from './static-proof.ts';

/* What the journal says of sales that were put aside, and of payments on the store's static code. */

export type OfflineDraft =
  /** The subject is the sale, though it may not be opened yet. */
  | Draft<'sale.held', { readonly amountFen: Fen; readonly label?: string }>
  | Draft<'sale.resumed', Record<string, never>>
  | Draft<'sale.discarded', Record<string, never>>
  | Draft<'static.accepted', StaticAcceptance>
  | Draft<'static.lookedUp', { readonly transactionId: string; readonly finding: Finding }>
  | Draft<'static.proven', { readonly saleId: string; readonly proof: Proof }>
  | Draft<'static.disproven', { readonly saleId: string; readonly cause: Disproof }>;

interface Draft<K extends string, P> {
  readonly kind: K;
  readonly subject: string;
  readonly payload: P;
}

export interface StaticAcceptance {
  readonly saleId: string;
  readonly amountFen: Fen;
  readonly gateway: string;
  readonly approval: Decision;
  /** As the customer's phone showed it, if somebody read it then. */
  readonly transactionId?: string;
}

export type StaticDraft = Extract<OfflineDraft, { readonly kind: `static.${string}` }>;

/** The static payment after a row about it: what the till acts on and what a rebuild replays are the same fold. */
export function foldStatic(
  payment: StaticPayment | undefined,
  row: StaticDraft & { readonly at: number },
): StaticPayment {
  const { subject: id, at } = row;
  if (row.kind === 'static.accepted') {
    const { transactionId, ...acceptance } = row.payload;
    return acceptStatic({ id, acceptedAt: at, ...acceptance }, transactionId);
  }
  invariant(payment !== undefined, `Static payment ${id} has an event but no beginning`);
  switch (row.kind) {
    case 'static.lookedUp':
      return staticAfter(payment, { type: 'lookedUp', ...row.payload }, at);
    case 'static.proven':
      return staticAfter(payment, { type: 'proven', proof: row.payload.proof }, at);
    case 'static.disproven':
      return staticAfter(payment, { type: 'disproven', cause: row.payload.cause }, at);
  }
}
