import { isPaid, type SimOrder } from './order.ts';

/** What the merchant has still to confirm that it was told of: a payment, or the end of a refund. */
export interface Letter {
  readonly outTradeNo: string;
  /** Of a refund's letter; undefined for the payment's. */
  readonly outRefundNo: string | undefined;
  readonly url: string;
  /** When there was something to tell, epoch milliseconds. */
  readonly bornAt: number;
}

/** The simulator plays with money on this machine, and writes to no other. */
const LOOPBACK = /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/;

/** The order's letters that have not been confirmed; none to another machine. */
export function lettersOf(order: SimOrder): Letter[] {
  const { outTradeNo, placement, paidAt, notifiedAt } = order;
  const letters: Letter[] = [];
  if (placement && paidAt !== undefined && notifiedAt === undefined && isPaid(order)) {
    letters.push({ outTradeNo, outRefundNo: undefined, url: placement.notifyUrl, bornAt: paidAt });
  }
  for (const { outRefundNo, notify, endedAt, notifiedAt: toldAt } of order.refunds) {
    if (!notify || endedAt === undefined || toldAt !== undefined) continue;
    letters.push({ outTradeNo, outRefundNo, url: notify.url, bornAt: endedAt });
  }
  return letters.filter(({ url }) => LOOPBACK.test(URL.parse(url)?.hostname ?? ''));
}

/** When the order will have its next letter, as far as is planned; undefined while nothing is. */
export function nextLetterAt(order: SimOrder): number | undefined {
  const times = order.refunds.flatMap(({ notify, state, plan }) => (notify && state === 'PROCESSING' ? plan.at : []));
  if (order.placement && order.state === 'USERPAYING' && order.atPhone) times.push(order.plan.at);
  return times.length === 0 ? undefined : Math.min(...times);
}

/** Which orders have letters, or will have: mostly none, so that nobody has to look through all of them. */
export function createLetterIndex() {
  const waiting = new Set<string>();
  return {
    /** Takes in what became of an order. */
    note(order: SimOrder): void {
      if (!order.placement && order.refunds.length === 0) return;
      if (lettersOf(order).length > 0 || nextLetterAt(order) !== undefined) waiting.add(order.outTradeNo);
      else waiting.delete(order.outTradeNo);
    },
    outTradeNos: (): Iterable<string> => waiting,
  };
}
