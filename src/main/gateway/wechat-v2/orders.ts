import type { LookUpGateway } from '../gateway.ts';
import { readLookUpAnswer } from './answers/look-up-answer.ts';
import type { Exchange } from './exchange.ts';
import type { Merchant } from './merchant.ts';
import { orderFields } from './requests.ts';
import type { Fields } from './wire/sign.ts';

export interface OrderParts {
  readonly merchant: Merchant;
  readonly timeouts: { readonly queryMs: number };
  /** Signs, sends and parses one call. Never rejects. */
  readonly exchange: (call: 'lookUp', fields: Fields, timeoutMs: number) => Promise<Exchange>;
}

/** The calls about whole orders. Nothing is repeated here: whoever keeps the order decides on another call. */
export function createOrders({ merchant, timeouts, exchange }: OrderParts): LookUpGateway {
  return {
    async lookUp(ref) {
      const reply = await exchange('lookUp', orderFields(ref), timeouts.queryMs);
      if (reply.got === 'message') return readLookUpAnswer(reply.fields, { ...merchant, ref });
      return { verdict: 'UNKNOWN', reason: reply.reason };
    },
  };
}
