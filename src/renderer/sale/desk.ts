import type { PaymentView, TillView } from '../../contract/types.ts';
import { unreachable } from '../../core/assert.ts';
import { type Fen, fen } from '../../core/money.ts';
import type { Phase } from '../../core/payment-view.ts';
import { Secret } from '../../core/secret.ts';
import { type Amount, amountOf, isAmountKey, keyAmount, NO_AMOUNT, stepBack, totalFen } from './amount.ts';
import type { DeskKey } from './desk-keys.ts';
import { isHeldNow } from './held-now.ts';
import { keyTender, type Tender } from './tender.ts';

/*
 * What lies on the cashier's side of the desk: what is keyed but not yet with the terminal. The terminal owns the sale;
 * the desk only decides what a key means right now. Pure: a key in, the next desk and at most one order out.
 */

export interface Desk {
  readonly amount: Amount;
  /** A payment code keyed by hand because the scanner would not read it. Shown, sent, forgotten. */
  readonly handCode: string;
  /** Cash is being taken. */
  readonly tender?: Tender;
  /** The ended payment, or the sale paid in cash, that was left by beginning the next sale, until the terminal has followed. */
  readonly leavingId?: string;
  /** When "cancel" was pressed once; only a second press takes a payment back. */
  readonly armedAt?: number;
  /** Why the last key did nothing. */
  readonly hint?: Hint;
}

export type Hint =
  | 'AMOUNT_FIRST'
  | 'WAIT_OR_CANCEL'
  | 'LEAVE_OR_WAIT'
  | 'CANCEL_TWICE'
  | 'CANNOT_CANCEL'
  | 'CASH_TOO_LITTLE'
  | 'CASH_TOO_MUCH'
  /** A sale taken up again is charged as it was put aside. */
  | 'RESUMED_AS_IT_WAS';

/** What the sale screen shows: keying, waiting for the scan, or the payment's phase. */
export type SaleState = 'keying' | 'scan' | 'tender' | 'toVerify' | Phase;

export type Order =
  | { readonly type: 'ask'; readonly amountFen: Fen }
  | { readonly type: 'scan'; readonly text: Secret; readonly source: 'wedge' | 'typed' }
  | { readonly type: 'cash'; readonly amountFen: Fen; readonly tenderedFen: Fen }
  | { readonly type: 'offer'; readonly amountFen: Fen }
  | { readonly type: 'cancel' | 'next' | 'retry' | 'printQr' };

export interface Move {
  readonly desk: Desk;
  readonly order?: Order;
}

export const EMPTY_DESK: Desk = { amount: NO_AMOUNT, handCode: '' };

/** Two presses of "cancel" closer than this are one: a bouncing key, or a double tap. */
const CANCEL_APART_MS = 400;
/** So long one press of "cancel" waits for the second. */
export const CANCEL_ARMED_MS = 4_000;
const HAND_CODE_MAX = 24;

export function saleState(desk: Desk, till: TillView): SaleState {
  if (till.step === 'amount') return 'keying';
  if (till.step === 'scan') return desk.tender ? 'tender' : 'scan';
  if (endedId(till) === desk.leavingId) return 'keying';
  if (till.step === 'cash') return 'paid';
  if (till.static) return STATIC_STATE[till.static.state];
  if (till.payment === undefined) return 'keying';
  if (desk.tender?.afterId === till.payment.id) return 'tender';
  return till.payment.phase;
}

const STATIC_STATE = { accepted: 'toVerify', proven: 'paid', disproven: 'declined' } as const;

/** What the present step is about, once it has an end: a payment, or a sale paid in cash or on the static code. */
function endedId(till: TillView): string | undefined {
  return till.payment?.id ?? till.cash?.saleId ?? till.static?.saleId;
}

/** What a key does. `at` in ms, from any clock that does not jump. */
export function pressKey(desk: Desk, till: TillView, key: DeskKey, at: number): Move {
  const calm = withoutHint(desk);
  const tendered = till.cash ?? till.static;
  switch (saleState(desk, till)) {
    case 'keying':
      return whileKeying(calm, key);
    case 'scan':
      return whileWaitingForScan(calm, till, key);
    case 'tender':
      return whileTakingCash(calm, fen(till.amountFen), key);
    default:
      if (tendered) return afterTender(calm, tendered.saleId, key);
      return till.payment === undefined ? { desk: calm } : whilePaying(calm, till.payment, key, at);
  }
}

/** The desk after news from the terminal: what no longer fits is put away. */
export function afterNews(desk: Desk, before: TillView | undefined, till: TillView): Desk {
  const { leavingId, armedAt, tender, ...rest } = desk;
  const leaving = leavingId !== undefined && endedId(till) === leavingId;
  const samePhase = before?.payment?.id === till.payment?.id && before?.payment?.phase === till.payment?.phase;
  const armed = armedAt !== undefined && samePhase && till.payment?.cancellable === true;
  return {
    ...(samePhase ? rest : withoutHint(rest)),
    handCode: till.step === 'scan' ? desk.handCode : '',
    amount: amountAfterNews(desk.amount, before, till, leaving),
    ...(leaving ? { leavingId } : {}),
    ...(tender && mayStillTender(tender, till) ? { tender } : {}),
    ...(armed && armedAt !== undefined ? { armedAt } : {}),
  };
}

/** The cashier did not press a second time. */
export function disarm(desk: Desk): Desk {
  const { armedAt: _, ...rest } = desk;
  return withoutHint(rest);
}

/** The terminal did not take an order: nothing has changed there, and the screen must not pretend. */
export function afterFailure(desk: Desk): Desk {
  const { leavingId: _, tender: __, ...rest } = disarm(desk);
  return rest;
}

function whileKeying(desk: Desk, key: DeskKey): Move {
  switch (key) {
    case 'Enter': {
      const amountFen = totalFen(desk.amount);
      return amountFen === 0 ? hint(desk, 'AMOUNT_FIRST') : { desk, order: { type: 'ask', amountFen } };
    }
    case 'Escape':
      return { desk: { ...desk, amount: stepBack(desk.amount) } };
    case 'Cancel':
      return { desk };
    case 'Cash':
      return hint(desk, 'AMOUNT_FIRST');
    case 'Qr': {
      const amountFen = totalFen(desk.amount);
      return amountFen === 0 ? hint(desk, 'AMOUNT_FIRST') : { desk, order: { type: 'offer', amountFen } };
    }
    default:
      if (!isAmountKey(key)) return { desk };
      return { desk: { ...desk, amount: keyAmount(desk.amount, key) } };
  }
}

function whileWaitingForScan(desk: Desk, till: TillView, key: DeskKey): Move {
  const { handCode } = desk;
  switch (key) {
    case 'Enter':
      if (handCode === '') return { desk };
      return { desk: { ...desk, handCode: '' }, order: { type: 'scan', text: new Secret(handCode), source: 'typed' } };
    case 'Escape':
      return handCode === '' ? { desk, order: { type: 'cancel' } } : { desk: { ...desk, handCode: '' } };
    case 'Cancel':
      return { desk, order: { type: 'cancel' } };
    case 'Backspace':
      return { desk: { ...desk, handCode: handCode.slice(0, -1) } };
    case '+':
      if (till.resumed) return hint(desk, 'RESUMED_AS_IT_WAS');
      // One more thing on the counter: back to the amount, with a new line begun.
      return {
        desk: { ...desk, handCode: '', amount: keyAmount(sameTotal(desk.amount, till), '+') },
        order: { type: 'cancel' },
      };
    case 'Cash':
      return { desk: { ...desk, handCode: '', tender: { amount: NO_AMOUNT } } };
    case 'Qr':
      return { desk: { ...desk, handCode: '' }, order: { type: 'offer', amountFen: fen(till.amountFen) } };
    case '.':
      return { desk };
    default:
      if (!isAmountKey(key)) return { desk };
      return { desk: { ...desk, handCode: `${handCode}${key}`.slice(0, HAND_CODE_MAX) } };
  }
}

function whilePaying(desk: Desk, payment: PaymentView, key: DeskKey, at: number): Move {
  switch (key) {
    case 'Cancel':
      return cancelPayment(desk, payment, at);
    case 'Escape':
      if (desk.armedAt !== undefined) return { desk: disarm(desk) };
      return payment.leavable ? leave(desk, payment.id, NO_AMOUNT) : hint(desk, 'WAIT_OR_CANCEL');
    case 'Enter':
      // A second Enter out of habit must not wipe the green away unseen.
      if (payment.phase === 'paid') return { desk };
      return payment.settled ? { desk, order: { type: 'retry' } } : hint(desk, 'WAIT_OR_CANCEL');
    case 'Cash':
      if (!payment.settled) return hint(desk, 'WAIT_OR_CANCEL');
      if (payment.phase === 'paid') return { desk };
      return { desk: { ...desk, tender: { amount: NO_AMOUNT, afterId: payment.id } }, order: { type: 'retry' } };
    case 'PrintQr':
      return payment.phase === 'offered' ? { desk, order: { type: 'printQr' } } : { desk };
    case '+':
    case 'Backspace':
      return { desk };
    default:
      if (!isAmountKey(key)) return { desk };
      if (payment.settled) return leave(desk, payment.id, keyAmount(NO_AMOUNT, key));
      return hint(desk, payment.leavable ? 'LEAVE_OR_WAIT' : 'WAIT_OR_CANCEL');
  }
}

function cancelPayment(desk: Desk, payment: PaymentView, at: number): Move {
  if (!payment.cancellable) return payment.settled ? { desk } : hint(desk, 'CANNOT_CANCEL');
  const since = desk.armedAt === undefined ? undefined : at - desk.armedAt;
  if (since === undefined || since > CANCEL_ARMED_MS) return { desk: { ...desk, armedAt: at, hint: 'CANCEL_TWICE' } };
  if (since < CANCEL_APART_MS) return { desk: { ...desk, hint: 'CANCEL_TWICE' } };
  return { desk: disarm(desk), order: { type: 'cancel' } };
}

function whileTakingCash(desk: Desk, amountFen: Fen, key: DeskKey): Move {
  if (key === 'Qr' || key === 'PrintQr') return { desk };
  const { tender = { amount: NO_AMOUNT }, ...rest } = desk;
  const move = keyTender(tender, amountFen, key);
  switch (move.type) {
    case 'keyed':
      return { desk: { ...rest, tender: move.tender } };
    case 'take':
      return { desk, order: { type: 'cash', amountFen, tenderedFen: move.tenderedFen } };
    case 'refused':
      return hint(desk, move.refusal);
    case 'back':
      return { desk: rest };
    default:
      return unreachable(move);
  }
}

function afterTender(desk: Desk, saleId: string, key: DeskKey): Move {
  if (key === 'Escape') return leave(desk, saleId, NO_AMOUNT);
  return isAmountKey(key) && key !== '+' && key !== 'Backspace'
    ? leave(desk, saleId, keyAmount(NO_AMOUNT, key))
    : { desk };
}

/** Cash goes on being keyed while its amount waits; a customer who pays by phone after all has changed the plan. */
function mayStillTender({ afterId }: Tender, till: TillView): boolean {
  return till.step === 'scan' || (afterId !== undefined && till.payment?.id === afterId);
}

function leave(desk: Desk, leavingId: string, amount: Amount): Move {
  return { desk: { ...disarm(desk), amount, leavingId }, order: { type: 'next' } };
}

function amountAfterNews(amount: Amount, before: TillView | undefined, till: TillView, leaving: boolean): Amount {
  switch (till.step) {
    case 'scan':
      return { ...sameTotal(amount, till), asked: true };
    case 'payment':
    case 'cash':
    case 'static':
      return leaving ? amount : NO_AMOUNT;
    case 'amount':
      if (isHeldNow(totalFen(amount), before, till)) return NO_AMOUNT;
      // A window that has just opened continues where the till stands.
      return before === undefined && amount === NO_AMOUNT ? amountOf(fen(till.amountFen)) : amount;
    default:
      return unreachable(till.step);
  }
}

/** Our own lines as long as they add up to what the till asks for; else another window asked. */
function sameTotal(amount: Amount, till: TillView): Amount {
  return totalFen(amount) === till.amountFen ? amount : amountOf(fen(till.amountFen));
}

function hint(desk: Desk, why: Hint): Move {
  return { desk: { ...desk, hint: why } };
}

function withoutHint(desk: Desk): Desk {
  const { hint: _, ...rest } = desk;
  return rest;
}
