import { randomBytes } from 'node:crypto';

/** Six random characters of [0-9a-z], for an out_trade_no or an out_refund_no: see core/order-number.ts. */
export function newTag(): string {
  return randomBytes(4).readUInt32BE().toString(36).padStart(6, '0').slice(-6);
}
