import type { Payment } from '../../core/payment.ts';
import type { Config } from '../config/config.ts';
import type { PayOrder } from '../gateway/gateway.ts';

/**
 * What the gateway is told of a payment. `device_info` and `attach` come back in the bill, and say there whose payment
 * it was.
 */
export function createOrderOf(config: Pick<Config, 'store' | 'terminal'>): (payment: Payment) => PayOrder {
  const { store, terminal } = config;
  const deviceInfo = `${store.id}-${terminal.id}`;
  return ({ outTradeNo, amountFen }) => ({
    outTradeNo,
    amountFen,
    body: store.orderBody ?? `${store.name}-收款`,
    deviceInfo,
    attach: `store=${store.id}&terminal=${terminal.id}`,
  });
}
