import type { Fields } from '../main/gateway/wechat-v2/wire/sign.ts';
import type { Answer } from './answer.ts';
import type { BareReply, DeformedReply, Fault } from './behaviour/behaviour.ts';
import type { Director } from './behaviour/director.ts';
import type { RefundEnd } from './ledger/events.ts';
import type { Ledger } from './ledger/ledger.ts';
import type { Delays } from './options.ts';
import type { BankVault } from './payouts/bank-vault.ts';
import type { PayoutSettings } from './payouts/payout-settings.ts';

/** Something the till did that the API's rules forbid. */
export interface Violation {
  readonly kind: 'EARLY_REVERSE' | 'EARLY_CLOSE' | 'EARLY_REFUND' | 'NUMBER_REUSED' | 'CODE_REUSED';
  readonly at: number;
  readonly outTradeNo: string;
  readonly detail: string;
}

/** What every endpoint works with. */
export interface Desk {
  readonly ledger: Ledger;
  readonly director: Director;
  readonly delays: Delays;
  readonly earlyReverse: 'note' | 'refuse';
  readonly earlyClose: 'note' | 'refuse';
  readonly refundEnd: RefundEnd;
  readonly payouts: PayoutSettings;
  /** Opens what was encrypted for a bank. */
  readonly vault: BankVault;
  /** Keyed, so that a payment code cannot be found from its hash. */
  hash(text: string): string;
  note(violation: Violation): void;
}

/** Lines and clocks differ by a little: a call is early when it is early by more than this part of the time. */
export const FORGIVEN_PART = 0.05;

/** What leaves an endpoint: a business answer, perhaps deformed on its way, or something that is no answer at all. */
export type Reply =
  | { readonly kind: 'answer'; readonly answer: Answer; readonly deformed?: DeformedReply }
  /** An answer of the few calls that sign none. */
  | { readonly kind: 'unsigned'; readonly fields: Fields }
  | Exclude<BareReply, { readonly kind: 'error' | 'recall' }>;

/** Does the work as the fault lets it, and gives the reply that the fault leaves of it. */
export function underFault(
  fault: Fault | undefined,
  work: { readonly now: () => Answer; readonly error: (errCode: string) => Answer; readonly later?: () => void },
): Reply {
  if (!fault) return { kind: 'answer', answer: work.now() };
  if (fault.work === 'late') {
    work.later?.();
    return { kind: 'lost' };
  }
  const answer = fault.work === 'done' ? work.now() : undefined;
  const { reply } = fault;
  switch (reply.kind) {
    case 'error':
      return { kind: 'answer', answer: work.error(reply.errCode) };
    case 'recall':
      return { kind: 'answer', answer: work.error('SYSTEMERROR') };
    case 'lost':
    case 'http':
    case 'return-fail':
      return reply;
    default:
      // The types allow a deformed reply only to work that was done.
      return answer ? { kind: 'answer', answer, deformed: reply } : { kind: 'lost' };
  }
}
