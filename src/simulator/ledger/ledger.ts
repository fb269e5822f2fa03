import { invariant } from '../../core/assert.ts';
import { type Fen, fen } from '../../core/money.ts';
import { beijingStamp } from '../../core/time.ts';
import { createPayoutBook, type PayoutBook, type PayoutTotals } from '../payouts/payout-book.ts';
import { isPayoutEvent, type PayoutEvent } from '../payouts/payout-events.ts';
import { createWalletBook, type WalletBook } from '../wallets/wallet-book.ts';
import { isWalletEvent, type WalletEvent } from '../wallets/wallet-events.ts';
import type { EventStore } from './event-file.ts';
import type { LedgerEvent, Opening, OrderEvent, Placement, Plan, RefundOpening } from './events.ts';
import { createLetterIndex } from './letters.ts';
import { applyToOrder, dueEvent, isPaid, openOrder, type SimOrder } from './order.ts';
import { dueRefundEnds } from './refund.ts';
import { createRefundIndex, type RefundRef } from './refund-index.ts';

/** What all orders come to. A till's books are right when they agree with these to the fen. */
export interface Books extends PayoutTotals {
  readonly orders: number;
  /** Orders paid and not taken back; they stay so when they are refunded. */
  readonly paid: number;
  readonly reversed: number;
  readonly chargedFen: Fen;
  readonly returnedFen: Fen;
  /** By refunds that are done or on their way. */
  readonly refundedFen: Fen;
  /** What is kept: charged less returned, refunded, and paid out with its fees. Below 0 when a float was paid out. */
  readonly netFen: Fen;
}

export type OrderRef = { readonly outTradeNo: string } | { readonly transactionId: string };

/**
 * The simulator's truth about the money. Nothing in it runs by itself: `settle` writes down what customers have done
 * by then, and is called before anybody looks.
 */
export interface Ledger {
  settle(now: number): void;
  find(ref: OrderRef): SimOrder | undefined;
  /** The order that a payment code was spent on. */
  spentOn(codeHash: string): SimOrder | undefined;
  /** The order that has this refund; the ledger knows each refund by two numbers. */
  findRefunded(ref: RefundRef): SimOrder | undefined;
  nextTransactionId(at: number): string;
  nextRefundId(at: number): string;
  /** The customer then does as planned, which may be at once. */
  open(opening: Opening, at: number): SimOrder;
  /** A pay call that will arrive later; if its number or its code has been used by then, it comes to nothing. */
  post(opening: Opening, at: number, arrivesAt: number): void;
  /** The order that was placed with this code_url or prepay_id. */
  findPlaced(handle: string): SimOrder | undefined;
  /** Gives an order another place, when the first one has run out. */
  placeAgain(outTradeNo: string, placement: Placement, at: number): SimOrder;
  /** A customer comes to an order that was placed, and then does as planned, which may be at once. */
  approach(outTradeNo: string, visit: Visit, at: number): SimOrder;
  /** The customer goes away from the password box. */
  leave(outTradeNo: string, at: number): SimOrder;
  closeOrder(outTradeNo: string, at: number): SimOrder;
  /** The orders that the merchant is to be told something of, now or when a customer or a refund is due. */
  toBeAnnounced(): Iterable<SimOrder>;
  /** The merchant has confirmed that it was told of the payment or, with a number, of that refund. */
  noteNotified(outTradeNo: string, outRefundNo: string | undefined, at: number): void;
  /** Whoever is at the password box now does as planned here, which may be at once. */
  changeMind(outTradeNo: string, plan: Plan, at: number): SimOrder;
  /** The customer confirms now, whatever had been planned; with too little in the wallet, the bank refuses. */
  charge(outTradeNo: string, at: number): SimOrder;
  reverse(outTradeNo: string, at: number): SimOrder;
  /** Accepts a refund, which then ends as planned. Throws when the order has not that much left. */
  refund(outTradeNo: string, refund: RefundOpening, at: number): SimOrder;
  orders(): readonly SimOrder[];
  books(): Books;
  /** Money that goes out to somebody, out of the same account. */
  readonly payouts: PayoutBook;
  /** The customers who have a limited purse. */
  readonly wallets: WalletBook;
  close(): void;
}

/** Who comes to an order that was placed, and what for. */
export type Visit = Omit<Extract<OrderEvent, { readonly type: 'approached' }>, 'type' | 'at' | 'outTradeNo'>;

export function createLedger(store: EventStore): Ledger {
  const orders = new Map<string, SimOrder>();
  const byTransaction = new Map<string, string>();
  const byCode = new Map<string, string>();
  const byHandle = new Map<string, string>();
  const letters = createLetterIndex();
  /** Orders whose customer has still to act: all that `settle` has to look at. */
  const waiting = new Set<string>();
  const refunds = createRefundIndex();
  const inTransit = new Map<string, Extract<LedgerEvent, { type: 'posted' }>>();
  const payouts = createPayoutBook((event) => record(event));
  const wallets = createWalletBook((event) => record(event));
  let books = EMPTY_BOOKS;
  let numbersGiven = 0;
  let isEmpty = true;

  for (const event of store.load()) fold(event);

  function fold(event: LedgerEvent): void {
    isEmpty = false;
    if (event.type === 'ledger') return;
    if (isPayoutEvent(event)) {
      foldPayout(event);
      return;
    }
    if (isWalletEvent(event)) {
      wallets.fold(event);
      return;
    }
    if (event.type === 'posted') {
      numbersGiven += 1;
      inTransit.set(event.order.outTradeNo, event);
      return;
    }
    const before = orders.get(outTradeNoOf(event));
    const after = event.type === 'opened' ? openOrder(event.order, event.at) : applyToOrder(known(before), event);
    if (event.type === 'opened') {
      numbersGiven += 1;
      byTransaction.set(after.transactionId, after.outTradeNo);
      if (!after.placement) byCode.set(after.codeHash, after.outTradeNo);
    }
    if (after.placement && (event.type === 'opened' || event.type === 'placed-again')) {
      for (const handle of [after.placement.codeUrl, after.placement.prepayId]) byHandle.set(handle, after.outTradeNo);
    }
    orders.set(after.outTradeNo, after);
    books = recount(books, before, after);
    wallets.noteOrder(before, after);
    if (after.state === 'USERPAYING' && after.atPhone) waiting.add(after.outTradeNo);
    else waiting.delete(after.outTradeNo);
    if (event.type === 'refunded' || event.type === 'refund-ended') refunds.note(after);
    letters.note(after);
  }

  function foldPayout(event: PayoutEvent): void {
    const find = () => {
      if (event.type === 'coupon-sent') return undefined;
      const { family, number } = event.type === 'payout-made' ? event.payout : event;
      return payouts.find(family, number);
    };
    const before = find();
    payouts.fold(event);
    const after = find();
    if (after) wallets.notePayout(before, after);
  }

  function record(event: LedgerEvent): void {
    store.append(isEmpty ? [{ type: 'ledger', version: 1 }, event] : [event]);
    fold(event);
  }

  /** One more event of an order, and the order after it. */
  function recordOf(event: OrderEvent): SimOrder {
    record(event);
    return known(orders.get(event.outTradeNo));
  }

  function settle(now: number): void {
    for (const posted of inTransit.values()) {
      if (now < posted.arrivesAt) continue;
      const { outTradeNo, codeHash } = posted.order;
      inTransit.delete(outTradeNo);
      if (orders.has(outTradeNo) || byCode.has(codeHash)) continue;
      record({ type: 'opened', at: posted.arrivesAt, order: posted.order });
    }
    for (const outTradeNo of waiting) {
      const event = dueEvent(known(orders.get(outTradeNo)), now);
      if (event) record(ifAffordable(event));
    }
    for (const event of payouts.due(now)) record(event);
    for (const outTradeNo of refunds.processing()) {
      for (const event of dueRefundEnds(known(orders.get(outTradeNo)), now)) record(event);
    }
  }

  /** Looked at when the money moves, for a purse may have been emptied since the password box opened. */
  function ifAffordable(event: OrderEvent): OrderEvent {
    const { at, outTradeNo } = event;
    const { openid, amountFen, couponFen } = known(orders.get(outTradeNo));
    if (event.type !== 'charged' || wallets.canPay(openid, fen(amountFen - couponFen))) return event;
    return { type: 'failed', at, outTradeNo };
  }

  function find(ref: OrderRef): SimOrder | undefined {
    const outTradeNo = 'outTradeNo' in ref ? ref.outTradeNo : byTransaction.get(ref.transactionId);
    return outTradeNo === undefined ? undefined : orders.get(outTradeNo);
  }

  return {
    settle,
    find,
    spentOn(codeHash) {
      const outTradeNo = byCode.get(codeHash);
      return outTradeNo === undefined ? undefined : orders.get(outTradeNo);
    },
    findRefunded(ref) {
      const outTradeNo = refunds.orderOf(ref);
      return outTradeNo === undefined ? undefined : orders.get(outTradeNo);
    },
    nextRefundId: (at) => refunds.nextId(at),
    nextTransactionId: (at) => `4200000000${beijingStamp(at).slice(0, 8)}${String(numbersGiven + 1).padStart(10, '0')}`,
    open(opening, at) {
      record({ type: 'opened', at, order: opening });
      settle(at);
      return known(orders.get(opening.outTradeNo));
    },
    post: (opening, at, arrivesAt) => record({ type: 'posted', at, arrivesAt, order: opening }),
    findPlaced(handle) {
      const outTradeNo = handle === '' ? undefined : byHandle.get(handle);
      return outTradeNo === undefined ? undefined : orders.get(outTradeNo);
    },
    placeAgain: (outTradeNo, placement, at) => recordOf({ type: 'placed-again', at, outTradeNo, placement }),
    approach(outTradeNo, visit, at) {
      record({ type: 'approached', at, outTradeNo, ...visit });
      settle(at);
      return known(orders.get(outTradeNo));
    },
    leave: (outTradeNo, at) => recordOf({ type: 'left', at, outTradeNo }),
    closeOrder: (outTradeNo, at) => recordOf({ type: 'closed', at, outTradeNo }),
    *toBeAnnounced() {
      for (const outTradeNo of letters.outTradeNos()) yield known(orders.get(outTradeNo));
    },
    noteNotified: (outTradeNo, outRefundNo, at) =>
      record({ type: 'notified', at, outTradeNo, ...(outRefundNo === undefined ? {} : { outRefundNo }) }),
    changeMind(outTradeNo, plan, at) {
      record({ type: 'changed-mind', at, outTradeNo, plan });
      settle(at);
      return known(orders.get(outTradeNo));
    },
    charge: (outTradeNo, at) => recordOf(ifAffordable({ type: 'charged', at, outTradeNo })),
    reverse: (outTradeNo, at) => recordOf({ type: 'reversed', at, outTradeNo }),
    refund(outTradeNo, refund, at) {
      record({ type: 'refunded', at, outTradeNo, refund });
      settle(at);
      return known(orders.get(outTradeNo));
    },
    orders: () => [...orders.values()],
    books: () => withPayouts(books, payouts.totals()),
    payouts,
    wallets,
    close: () => store.close(),
  };
}

type OrderBooks = Omit<Books, keyof PayoutTotals>;

/** Orders and payouts are counted apart, and come out of one account. */
function withPayouts(books: OrderBooks, totals: PayoutTotals): Books {
  return { ...books, ...totals, netFen: fen(books.netFen - totals.paidOutFen - totals.payoutFeesFen) };
}

const EMPTY_BOOKS: OrderBooks = {
  orders: 0,
  paid: 0,
  reversed: 0,
  chargedFen: fen(0),
  returnedFen: fen(0),
  refundedFen: fen(0),
  netFen: fen(0),
};

function recount(books: OrderBooks, before: SimOrder | undefined, after: SimOrder): OrderBooks {
  const chargedFen = fen(books.chargedFen + after.chargedFen - (before?.chargedFen ?? 0));
  const returnedFen = fen(books.returnedFen + after.returnedFen - (before?.returnedFen ?? 0));
  const refundedFen = fen(books.refundedFen + after.refundedFen - (before?.refundedFen ?? 0));
  return {
    orders: books.orders + (before ? 0 : 1),
    paid: books.paid + count(after, isPaid) - count(before, isPaid),
    reversed: books.reversed + count(after, isReversed) - count(before, isReversed),
    chargedFen,
    returnedFen,
    refundedFen,
    netFen: fen(chargedFen - returnedFen - refundedFen),
  };
}

function isReversed({ state }: SimOrder): boolean {
  return state === 'REVOKED';
}

function count(order: SimOrder | undefined, isOne: (order: SimOrder) => boolean): number {
  return order && isOne(order) ? 1 : 0;
}

function outTradeNoOf(event: Exclude<LedgerEvent, { type: 'ledger' | 'posted' } | PayoutEvent | WalletEvent>): string {
  return event.type === 'opened' ? event.order.outTradeNo : event.outTradeNo;
}

function known(order: SimOrder | undefined): SimOrder {
  invariant(order !== undefined, 'An event of an order that was never opened');
  return order;
}
