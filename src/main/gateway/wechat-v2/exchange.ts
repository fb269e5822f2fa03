import type { CallTrouble, Reason } from '../../../core/gateway-answer.ts';
import type { Fields } from './wire/sign.ts';

/** What a call brought: a message to be read, or the reason why there is none. */
export type Exchange =
  | { readonly got: 'message'; readonly fields: Fields }
  | { readonly got: 'nothing'; readonly sent: boolean; readonly reason: Reason<CallTrouble> };
