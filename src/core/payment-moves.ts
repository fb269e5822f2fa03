import type { Payment, PaymentEvent, PaymentState, PaymentStateName, Reversal, Timings } from './payment.ts';

/* The few moves that the transitions are made of. */

export function reverse(payment: Payment, reversal: Omit<Reversal, 'tries'>, at: number): Payment {
  return move(payment, { state: 'reversing', ...reversal, tries: 0, nextAt: Math.max(at, payment.reverseFrom) });
}

/** Nothing more that a machine may decide: a person has to look. The first look at how it stands is due at once. */
export function attention(payment: Payment, reversal: Omit<Reversal, 'tries'>, at: number): Payment {
  return move(payment, { state: 'attention', ...reversal, tries: 0, nextAt: at });
}

export function reversalOf(payment: Omit<Reversal, 'tries'>): Omit<Reversal, 'tries'> {
  return payment.reason === undefined ? { cause: payment.cause } : { cause: payment.cause, reason: payment.reason };
}

export function backoff(timings: Timings, tries: number): number {
  return timings.reverseBackoffMs[tries] ?? timings.reverseBackoffMs.at(-1) ?? timings.pollMs;
}

/** The same payment in another state: identity and deadlines stay, what belonged to the old state goes. */
export function move(payment: Payment, state: PaymentState): Payment {
  const { id, saleId, outTradeNo, amountFen, gateway, submittedAt, timings, giveUpAt, reverseFrom } = payment;
  const { method, codeUrl } = payment;
  const native = { ...(method ? { method } : {}), ...(codeUrl === undefined ? {} : { codeUrl }) };
  return {
    id,
    saleId,
    outTradeNo,
    amountFen,
    ...native,
    gateway,
    submittedAt,
    timings,
    giveUpAt,
    reverseFrom,
    ...state,
  };
}

export class IllegalTransition extends Error {
  override name = 'IllegalTransition';

  constructor(state: PaymentStateName, event: PaymentEvent['type']) {
    super(`A payment that is ${state} cannot be ${event}`);
  }
}
