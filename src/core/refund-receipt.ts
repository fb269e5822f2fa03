import type { Fen } from './money.ts';
import type { Shop } from './receipt.ts';

/** What a customer is given about money that goes back, as plain data. Amounts in fen, times in epoch milliseconds. */
export interface RefundReceipt {
  readonly shop: Shop;
  /** The embedded simulator stood in for WeChat Pay: the paper must say that no money moved. */
  readonly simulated: boolean;
  readonly saleNumber: string;
  readonly tender: 'wechat' | 'cash';
  /** false: a slip that says "not yet refunded". Only what has surely arrived, or was handed over, is done. */
  readonly done: boolean;
  readonly refundFen: Fen;
  readonly paidFen: Fen;
  /** When it was done, or else asked for. */
  readonly at: number;
  readonly outRefundNo?: string;
  readonly refundId?: string;
  /** Where it went, in the gateway's words. */
  readonly receivedBy?: string;
  readonly manager: string;
  readonly why: string;
  readonly copy: number;
}
