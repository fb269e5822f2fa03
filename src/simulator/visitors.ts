import { scenarioById } from './behaviour/scenarios.ts';
import { couponOf, openidOf, planOf, withPurse } from './customer.ts';
import type { Desk } from './desk.ts';
import type { Placement } from './ledger/events.ts';
import { isAtPasswordBox, isPayable, type SimOrder } from './ledger/order.ts';

/**
 * The customers of orders that were placed: they come by the order's code_url or, in a page or an app, by its
 * prepay_id.
 */
export interface Visitors {
  /**
   * Somebody comes to pay, and does what that scenario's customer does; one who is at the password box already
   * confirms now. `payer` is the openid of a customer with a wallet; a passer-by when left out.
   *
   * @throws RangeError when there is no such order or scenario, or the order cannot be paid any more.
   */
  pay(handle: string, scenarioId?: string, payer?: string): SimOrder;
  /**
   * Whoever is at the password box goes away.
   *
   * @throws RangeError when nobody is.
   */
  cancel(handle: string): SimOrder;
}

export function createVisitors(desk: Desk, now: () => number): Visitors {
  const { ledger, delays } = desk;

  function find(handle: string): SimOrder {
    ledger.settle(now());
    const order = ledger.findPlaced(handle);
    if (!order) throw new RangeError('No order was placed with this code_url or prepay_id');
    return order;
  }

  return {
    pay(handle, scenarioId = 'pays', payer) {
      const order = find(handle);
      const { outTradeNo, amountFen, openid, placement } = order;
      const at = now();
      if (isAtPasswordBox(order)) return ledger.charge(outTradeNo, at);
      if (!isPayable(order)) throw new RangeError(`Order ${outTradeNo} is ${order.state} and cannot be paid`);
      if (!placement || at >= placement.expiresAt || !isHandleOf(placement, handle))
        throw new RangeError(`Order ${outTradeNo} has expired`);
      const wished = scenarioById(scenarioId)?.behaviour.customer;
      if (!wished) throw new RangeError(`The simulator knows no scenario "${scenarioId}"`);
      // In a page of the merchant's it is known beforehand who pays.
      const invited = placement.tradeType === 'JSAPI' ? openid : '';
      const whose = invited || payer || openidOf(desk.hash(`payer of ${outTradeNo}`));
      const customer = withPurse(wished, whose, amountFen, ledger.wallets);
      const visit = {
        openid: whose,
        couponFen: couponOf(customer, amountFen),
        scenario: scenarioId,
        plan: planOf(customer, delays, at),
      };
      return ledger.approach(outTradeNo, visit, at);
    },
    cancel(handle) {
      const order = find(handle);
      if (!isAtPasswordBox(order)) throw new RangeError(`Nobody is paying order ${order.outTradeNo}`);
      return ledger.leave(order.outTradeNo, now());
    },
  };
}

/** A code_url or prepay_id that has run out leads nowhere, even when the order has another by now. */
function isHandleOf({ codeUrl, prepayId }: Placement, handle: string): boolean {
  return handle === codeUrl || handle === prepayId;
}
