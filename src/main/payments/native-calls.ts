import type { CloseAnswer, PlaceAnswer } from '../../core/order-answer.ts';
import type { OrderGateway, PayOrder } from '../gateway/gateway.ts';

/** What the engine asks for an order that the customer pays by the till's QR code. Calls never reject. */
export interface NativeCalls {
  /** The very same order each time: a lost reply is asked for again. */
  place(order: PayOrder): Promise<PlaceAnswer>;
  close(order: PayOrder): Promise<CloseAnswer>;
}

/**
 * Orders have no end of their own: it would be the wall clock's, which may be wrong, and would refuse the order or
 * leave it open. They end when they are closed.
 */
export function createNativeCalls(gateway: OrderGateway, notifyUrl: string): NativeCalls {
  return {
    place: (order) => gateway.placeOrder({ ...order, tradeType: 'NATIVE', notifyUrl }),
    close: (order) => gateway.closeOrder(order),
  };
}
