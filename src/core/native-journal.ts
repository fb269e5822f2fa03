import type { CloseAnswer, PlaceAnswer } from './order-answer.ts';

/** What the journal says of an order that the customer pays by the till's QR code, beside what all payments have. */
export type NativeDraft =
  | NativeRow<'payment.placed', { readonly answer: PlaceAnswer }>
  | NativeRow<'payment.closeAnswered', { readonly answer: CloseAnswer }>;

interface NativeRow<K extends string, P> {
  readonly kind: K;
  /** The payment. */
  readonly subject: string;
  readonly payload: P;
}
