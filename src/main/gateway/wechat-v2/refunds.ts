import type { RefundGateway } from '../gateway.ts';
import { readRefundAnswer } from './answers/refund-answer.ts';
import { readRefundQueryAnswer } from './answers/refund-query-answer.ts';
import type { Exchange } from './exchange.ts';
import type { Merchant } from './merchant.ts';
import { refundFields, refundQueryFields } from './requests.ts';
import type { Fields } from './wire/sign.ts';

export interface RefundParts {
  readonly merchant: Merchant;
  readonly timeouts: { readonly refundMs: number; readonly queryMs: number };
  /** Signs, sends and parses one call. Never rejects. */
  readonly exchange: (call: 'refund' | 'refundQuery', fields: Fields, timeoutMs: number) => Promise<Exchange>;
}

/** The refund half of the client. Nothing is repeated here: whoever keeps the refund decides on another call. */
export function createRefunds({ merchant, timeouts, exchange }: RefundParts): RefundGateway {
  return {
    async refund(refund) {
      const reply = await exchange('refund', refundFields(refund), timeouts.refundMs);
      if (reply.got === 'message') return readRefundAnswer(reply.fields, { ...merchant, ...refund.order, ...refund });
      return { verdict: reply.sent ? 'UNKNOWN' : 'AGAIN', reason: reply.reason };
    },
    async refundQuery(question) {
      const reply = await exchange('refundQuery', refundQueryFields(question), timeouts.queryMs);
      if (reply.got === 'message') return readRefundQueryAnswer(reply.fields, { ...merchant, question });
      return { verdict: 'UNKNOWN', reason: reply.reason };
    },
  };
}
