import { invariant, unreachable } from '../../core/assert.ts';
import { type Fen, fen } from '../../core/money.ts';
import type { Opening, OrderEvent } from './events.ts';

export type TradeState = 'USERPAYING' | 'SUCCESS' | 'REVOKED' | 'PAYERROR' | 'NOTPAY' | 'CLOSED';

/** One order as WeChat Pay would know it. Amounts in fen, times in epoch milliseconds. */
export interface SimOrder extends Readonly<Opening> {
  readonly state: TradeState;
  readonly openedAt: number;
  /** The customer still looks at the password box. */
  readonly atPhone: boolean;
  /** How many times money was taken for it: 0 or 1, or the simulator is wrong. */
  readonly charges: number;
  readonly chargedFen: Fen;
  readonly returnedFen: Fen;
  readonly paidAt?: number;
  readonly reversedAt?: number;
}

const NONE = fen(0);

export function openOrder(opening: Opening, at: number): SimOrder {
  return {
    ...opening,
    state: 'USERPAYING',
    openedAt: at,
    atPhone: true,
    charges: 0,
    chargedFen: NONE,
    returnedFen: NONE,
  };
}

export function applyToOrder(order: SimOrder, event: OrderEvent): SimOrder {
  switch (event.type) {
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
      return { ...order, atPhone: false };
    case 'reversed':
      return { ...order, state: 'REVOKED', atPhone: false, returnedFen: order.chargedFen, reversedAt: event.at };
    default:
      return unreachable(event);
  }
}

/** What the customer has done by `now` and the ledger has not written down yet. */
export function dueEvent(order: SimOrder, now: number): OrderEvent | undefined {
  const { outTradeNo, plan } = order;
  if (order.state !== 'USERPAYING' || !order.atPhone || now < plan.at) return undefined;
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
