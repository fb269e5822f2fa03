import { type Fen, fen } from './money.ts';

/** How much a shop trusts what it cannot check yet. Amounts in fen. */
export interface StaticLimits {
  readonly enabled: boolean;
  readonly perPaymentFen: Fen;
  /** Of all that waits for proof at one time. */
  readonly inAllFen: Fen;
}

/** ￥500.00 and ￥2,000.00: what a corner shop may lose in an afternoon without a line, and live. */
export const DEFAULT_STATIC_LIMITS: StaticLimits = {
  enabled: true,
  perPaymentFen: fen(50_000),
  inAllFen: fen(200_000),
};

export const STATIC_CODE_OFF: StaticLimits = { ...DEFAULT_STATIC_LIMITS, enabled: false };

export type StaticRefusal = 'STATIC_OFF' | 'STATIC_OVER_ONE' | 'STATIC_OVER_ALL';

/** Why so much may not be accepted on the static code while `waitingFen` waits for proof; undefined when it may. */
export function refuseStatic(limits: StaticLimits, amountFen: Fen, waitingFen: Fen): StaticRefusal | undefined {
  if (!limits.enabled) return 'STATIC_OFF';
  if (amountFen > limits.perPaymentFen) return 'STATIC_OVER_ONE';
  if (waitingFen + amountFen > limits.inAllFen) return 'STATIC_OVER_ALL';
  return undefined;
}

/** The most that the next payment may be. */
export function staticRoomFen({ perPaymentFen, inAllFen }: StaticLimits, waitingFen: Fen): Fen {
  return fen(Math.max(0, Math.min(perPaymentFen, inAllFen - waitingFen)));
}
