import { beijingStamp } from '../../core/time.ts';
import type { SimOrder } from './order.ts';

export type RefundRef = { readonly outRefundNo: string } | { readonly refundId: string };

/** Which order each refund belongs to, and which orders have refunds on their way. */
export interface RefundIndex {
  /** Takes in what became of an order by an event about one of its refunds. */
  note(order: SimOrder): void;
  orderOf(ref: RefundRef): string | undefined;
  /** 29 digits that hold the Beijing day. */
  nextId(at: number): string;
  /** The orders with a refund that has not ended. */
  processing(): Iterable<string>;
}

export function createRefundIndex(): RefundIndex {
  const byNumber = new Map<string, string>();
  const byId = new Map<string, string>();
  const processing = new Set<string>();

  return {
    note({ outTradeNo, refunds }) {
      const newest = refunds.at(-1);
      if (newest) {
        byNumber.set(newest.outRefundNo, outTradeNo);
        byId.set(newest.refundId, outTradeNo);
      }
      if (refunds.some(({ state }) => state === 'PROCESSING')) processing.add(outTradeNo);
      else processing.delete(outTradeNo);
    },
    orderOf: (ref) => ('refundId' in ref ? byId.get(ref.refundId) : byNumber.get(ref.outRefundNo)),
    nextId: (at) => `5030000000${beijingStamp(at).slice(0, 8)}${String(byId.size + 1).padStart(11, '0')}`,
    processing: () => processing,
  };
}
