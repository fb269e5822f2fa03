import { invariant, unreachable } from '../../core/assert.ts';
import { fen } from '../../core/money.ts';
import type { Opening, OrderEvent } from './events.ts';
import { applyRefund, noteRefundNotified, type RefundedOrder } from './refund.ts';

export type TradeState = 'USERPAYING' | 'SUCCESS' | 'REFUND' | 'REVOKED' | 'PAYERROR' | 'NOTPAY' | 'CLOSED';

/** One order as WeChat Pay would know it. Amounts in fen, times in epoch milliseconds. */
export interface SimOrder extends Readonly<Opening>, RefundedOrder {
  readonly state: TradeState;
  readonly openedAt: number;
  /** The customer still looks at the password box. */
  readonly atPhone: boolean;
  /** How many times money was taken for it: 0 or 1, or the simulator is wrong. */
  readonly charges: number;
  readonly paidAt?: number;
  readonly reversedAt?: number;
  /** When the merchant confirmed that it had been told of the payment. */
  readonly notifiedAt?: number;
}

const NONE = fen(0);

export function openOrder(opening: Opening, at: number): SimOrder {
  const isPlaced = opening.placement !== undefined;
  return {
    ...opening,
    state: isPlaced ? 'NOTPAY' : 'USERPAYING',
    openedAt: at,
    atPhone: !isPlaced,
    charges: 0,
    chargedFen: NONE,
    returnedFen: NONE,
    refundedFen: NONE,
    refunds: [],
  };
}

export function applyToOrder(order: SimOrder, event: OrderEvent): SimOrder {
  switch (event.type) {
    case 'placed-again':
      invariant(isPayable(order), `Order ${order.outTradeNo} is ${order.state} and cannot be placed again`);
      return { ...order, placement: event.placement };
    case 'approached': {
      invariant(isPayable(order), `Order ${order.outTradeNo} is ${order.state} and cannot be paid`);
      const { openid, couponFen, scenario, plan } = event;
      return { ...order, state: 'USERPAYING', atPhone: true, openid, couponFen, scenario, plan };
    }
    case 'changed-mind':
      invariant(isAtPasswordBox(order), `Nobody is at the password box of order ${order.outTradeNo}`);
      return { ...order, plan: event.plan };
    case 'charged':
      invariant(order.state === 'USERPAYING', `Order ${order.outTradeNo} is ${order.state} and cannot be charged`);
      return {
        ...order,
        state: 'SUCCESS',
        atPhone: false,
        charges: order.charges + 1,
        chargedFen: fen(order.chargedFen + order.amountFen),
        paidAt: event.at,
      };
    case 'failed': {
      const { act } = order.plan;
      return { ...order, state: act.kind === 'fails' ? act.state : 'PAYERROR', atPhone: false };
    }
    case 'left':
      // Whoever leaves an order that was placed may come back to it, or somebody else may.
      return { ...order, state: order.placement ? 'NOTPAY' : order.state, atPhone: false };
    case 'closed':
      invariant(!isPaid(order), `Order ${order.outTradeNo} is ${order.state} and cannot be closed`);
      return { ...order, state: 'CLOSED', atPhone: false };
    case 'reversed':
      invariant(order.state !== 'REFUND', `Order ${order.outTradeNo} was refunded and cannot be reversed`);
      return { ...order, state: 'REVOKED', atPhone: false, returnedFen: order.chargedFen, reversedAt: event.at };
    case 'refunded':
      invariant(isPaid(order), `Order ${order.outTradeNo} is ${order.state} and cannot be refunded`);
      return { ...order, state: 'REFUND', ...applyRefund(order, event) };
    case 'refund-ended':
      return { ...order, ...applyRefund(order, event) };
    case 'notified':
      return event.outRefundNo === undefined
        ? { ...order, notifiedAt: event.at }
        : { ...order, refunds: noteRefundNotified(order, event.outRefundNo, event.at) };
    default:
      return unreachable(event);
  }
}

/** It was placed, and waits for a customer. */
export function isPayable({ placement, state }: SimOrder): boolean {
  return placement !== undefined && (state === 'NOTPAY' || state === 'PAYERROR');
}

/** Somebody is about to pay it, and still can change their mind. */
export function isAtPasswordBox({ state, atPhone }: SimOrder): boolean {
  return state === 'USERPAYING' && atPhone;
}

/** The customer's money came in, and no reversal took it back. */
export function isPaid({ state }: SimOrder): boolean {
  return state === 'SUCCESS' || state === 'REFUND';
}

/** What the customer has done by `now` and the ledger has not written down yet. */
export function dueEvent(order: SimOrder, now: number): OrderEvent | undefined {
  const { outTradeNo, plan } = order;
  if (!isAtPasswordBox(order) || now < plan.at) return undefined;
  const { at, act } = plan;
  switch (act.kind) {
    case 'pays':
      return { type: 'charged', at, outTradeNo };
    case 'fails':
      return { type: 'failed', at, outTradeNo };
    case 'leaves':
      return { type: 'left', at, outTradeNo };
    default:
      return unreachable(act);
  }
}
