import type { Payment } from '../../core/payment.ts';
import { Trouble } from '../trouble.ts';

/**
 * A payment can only be resolved, or refunded, where it was made: any other gateway would say that it does not exist, and the till
 * believe that nothing was taken.
 *
 * @throws Trouble OTHER_GATEWAY while such a payment is owed.
 */
export function refuseStrangers(owed: readonly Pick<Payment, 'outTradeNo' | 'gateway'>[], gateway: string): void {
  const stranger = owed.find((payment) => payment.gateway !== gateway);
  if (stranger === undefined) return;
  throw new Trouble('OTHER_GATEWAY', `${stranger.outTradeNo} was sent to ${stranger.gateway}, not to ${gateway}`);
}
