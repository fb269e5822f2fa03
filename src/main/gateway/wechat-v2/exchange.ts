import type { CallTrouble, Reason } from '../../../core/gateway-answer.ts';
import type { UnknownCause } from './transport/outcome.ts';
import type { Fields } from './wire/sign.ts';

/** What a call brought: a message to be read, or the reason why there is none. */
export type Exchange =
  | { readonly got: 'message'; readonly fields: Fields }
  | { readonly got: 'nothing'; readonly sent: boolean; readonly reason: Reason<CallTrouble> };

/** Why a call that may have arrived brought nothing. */
export const TROUBLES: Readonly<Record<UnknownCause, CallTrouble>> = {
  'no-reply': 'NO_REPLY',
  'bad-reply': 'BAD_REPLY',
  busy: 'GATEWAY_BUSY',
  'rate-limited': 'RATE_LIMITED',
  // On calls that show no certificate, this is as good as any other odd answer.
  certificate: 'BAD_REPLY',
};
