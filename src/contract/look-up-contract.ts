import { oc } from '@orpc/contract';
import { LookUpView, OrderNumber } from './look-up-schemas.ts';

export const lookUpContract = {
  /**
   * Any order by any of its numbers: what our books say, beside a fresh answer of the gateway. Changes nothing; a
   * payment of ours that is not certain is asked after at once by its own loop.
   */
  order: oc.input(OrderNumber).output(LookUpView).errors({
    /** The number is of no order: a sale for cash, or nothing that an order could be called. */
    NO_SUCH_ORDER: {},
  }),
};
