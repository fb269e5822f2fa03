import type { CallTrouble } from '../../../../core/gateway-answer.ts';
import { isCertificateTrouble, type UnknownCause, type WireOutcome } from './outcome.ts';

export type NoReply = Exclude<WireOutcome, { readonly outcome: 'reply' }>;

/** Why a call brought no message. `opens`: it was to move money, so that not having been sent is good news. */
export function callTrouble(
  outcome: NoReply,
  call: { readonly certified: boolean; readonly opens: boolean },
): CallTrouble {
  if (call.certified && isCertificateTrouble(outcome)) return 'BAD_CERTIFICATE';
  if (outcome.outcome === 'unknown') return TROUBLES[outcome.cause];
  // NOT_SENT says that nothing was taken; a question that could not be asked says nothing of the payment it was about.
  return call.opens ? 'NOT_SENT' : 'NO_REPLY';
}

/** Why a call that may have arrived brought nothing. */
export const TROUBLES: Readonly<Record<UnknownCause, CallTrouble>> = {
  'no-reply': 'NO_REPLY',
  'bad-reply': 'BAD_REPLY',
  busy: 'GATEWAY_BUSY',
  'rate-limited': 'RATE_LIMITED',
  // On calls that show no certificate, this is as good as any other odd answer.
  certificate: 'BAD_REPLY',
};
