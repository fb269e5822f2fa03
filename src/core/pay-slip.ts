import type { Fen } from './money.ts';
import type { Payment } from './payment.ts';
import { type Shop, SIMULATOR_GATEWAY } from './receipt.ts';
import type { Sale } from './sale.ts';

/** A QR code on paper, to be scanned and paid: it says nothing of money received. As plain data. */
export interface PaySlip {
  readonly slip: 'pay';
  readonly shop: Shop;
  readonly simulated: boolean;
  readonly saleNumber: string;
  readonly amountFen: Fen;
  /** What the code says. */
  readonly codeUrl: string;
  /** When it stops being shown, epoch milliseconds. */
  readonly until: number;
  readonly copy: 0;
}

/** Undefined when there is no code that could be scanned. */
export function paySlip(shop: Shop, sale: Sale, payment: Payment): PaySlip | undefined {
  const { codeUrl, amountFen, gateway, giveUpAt: until, state } = payment;
  if (state !== 'pending' || codeUrl === undefined) return undefined;
  const simulated = gateway === SIMULATOR_GATEWAY;
  return { slip: 'pay', shop, simulated, saleNumber: sale.number, amountFen, codeUrl, until, copy: 0 };
}
