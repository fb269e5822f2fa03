import { invariant } from './assert.ts';
import type { PayoutAnswer, PayoutQueryAnswer, PayoutReason } from './payout-answer.ts';

/*
 * One payout, from the wish to its end. The number that goes to the gateway is chosen once and never again: only so is
 * asking twice harmless.
 *
 *     requested ── sent ── accepted ── succeeded ── returned
 *         ↑         │ ╲        ╰────── failed
 *         │         │  refusing ────── failed       a no is provisional until a look-up confirms it
 *         ╰───── unknown ──── accepted …            sent again only when a look-up has found nothing
 */

export type PayoutProgress =
  /** Written down. `everSent`: an earlier call under this number may have reached the gateway. */
  | { readonly state: 'requested'; readonly everSent: boolean; readonly reason?: PayoutReason }
  /** The call is on the wire, or the process ended while it was. `sentBefore`: it is not the first of its number. */
  | { readonly state: 'sent'; readonly sentBefore: boolean }
  /** It may have been made: nothing is sent before a look-up has answered. */
  | { readonly state: 'unknown'; readonly reason: PayoutReason }
  | { readonly state: 'refusing'; readonly reason: PayoutReason }
  /** The gateway has it, and the payee perhaps not yet. */
  | { readonly state: 'accepted'; readonly gatewayNo: string }
  | { readonly state: 'succeeded'; readonly gatewayNo: string }
  /** Surely not paid: another number may be used. */
  | { readonly state: 'failed'; readonly reason?: PayoutReason }
  /** It had gone out, and the money is back with the merchant; `wholly`, unless a group had opened a part of it. */
  | { readonly state: 'returned'; readonly gatewayNo: string; readonly wholly: boolean };

export type PayoutEvent =
  | { readonly type: 'submitted' }
  | { readonly type: 'answered'; readonly answer: PayoutAnswer }
  | { readonly type: 'lookedUp'; readonly answer: PayoutQueryAnswer };

export const REQUESTED: PayoutProgress = { state: 'requested', everSent: false };

/** What becomes of a payout by an event. What a state does not expect throws: it would be a bug. */
export function payoutTransition(payout: PayoutProgress, event: PayoutEvent): PayoutProgress {
  switch (event.type) {
    case 'submitted':
      invariant(payout.state === 'requested', `A payout that is ${payout.state} is not sent`);
      return { state: 'sent', sentBefore: payout.everSent };
    case 'answered':
      invariant(payout.state === 'sent', `A payout that is ${payout.state} waits for no answer`);
      return answered(event.answer, payout.sentBefore);
    case 'lookedUp':
      invariant(MAY_BE_OUT.has(payout.state), `A payout that is ${payout.state} is not looked up`);
      return lookedUp(payout, event.answer);
  }
}

/** What is owed now. A call that a restart cut short is looked up, never simply made again. */
export function payoutNextStep(payout: PayoutProgress): 'send' | 'look-up' | 'nothing' {
  switch (payout.state) {
    case 'requested':
      return 'send';
    case 'sent':
    case 'unknown':
    case 'refusing':
    case 'accepted':
      return 'look-up';
    case 'succeeded':
    case 'failed':
    case 'returned':
      return 'nothing';
  }
}

/** Whether somebody may be paid under another number, or given up on, without being paid twice. */
export function isSurelyUnpaid(payout: PayoutProgress): boolean {
  if (payout.state === 'requested') return !payout.everSent;
  return payout.state === 'failed' || (payout.state === 'returned' && payout.wholly);
}

/** One that succeeded among them: a bank can send it back days later. */
const MAY_BE_OUT: ReadonlySet<PayoutProgress['state']> = new Set([
  'sent',
  'unknown',
  'refusing',
  'accepted',
  'succeeded',
]);

function answered(answer: PayoutAnswer, sentBefore: boolean): PayoutProgress {
  switch (answer.verdict) {
    case 'ACCEPTED':
      return { state: 'accepted', gatewayNo: answer.payout.gatewayNo };
    case 'REFUSED':
      return { state: 'refusing', reason: answer.reason };
    case 'AGAIN':
      // That this call never left says nothing of the one before it.
      return { state: 'requested', everSent: sentBefore || answer.reason.code !== 'NOT_SENT', reason: answer.reason };
    case 'UNKNOWN':
      return { state: 'unknown', reason: answer.reason };
  }
}

function lookedUp(payout: PayoutProgress, answer: PayoutQueryAnswer): PayoutProgress {
  if (answer.verdict === 'UNKNOWN')
    return payout.state === 'sent' ? { state: 'unknown', reason: answer.reason } : payout;
  if (answer.verdict === 'NOT_FOUND') return notFound(payout);
  const { state, gatewayNo, amountFen, returnedFen } = answer.payout;
  if (payout.state === 'succeeded' && state !== 'RETURNED') return payout;
  switch (state) {
    case 'SUCCEEDED':
      return { state: 'succeeded', gatewayNo };
    case 'FAILED':
      return { state: 'failed', ...('reason' in payout && payout.reason ? { reason: payout.reason } : {}) };
    case 'RETURNED':
      return { state: 'returned', gatewayNo, wholly: returnedFen === amountFen };
    case 'PROCESSING':
    case 'WAITING':
    case 'RETURNING':
      return { state: 'accepted', gatewayNo };
    case 'UNKNOWN':
      return payout;
  }
}

/** One that was accepted does not vanish: a look-up that finds nothing then is no news. */
function notFound(payout: PayoutProgress): PayoutProgress {
  if (payout.state === 'refusing') return { state: 'failed', reason: payout.reason };
  const exists = payout.state === 'accepted' || payout.state === 'succeeded';
  return exists ? payout : { state: 'requested', everSent: true };
}
