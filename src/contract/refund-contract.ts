import { oc } from '@orpc/contract';
import * as z from 'zod';
import { ReceiptCode, RefundOrder, RefundRefusalSchema, TakeBackOrder } from './refund-schemas.ts';

/** What a screen may ask about money that goes back. An answer means that it is durable, not that it has gone. */
export const refundContract = {
  /** Gives back all or a part of a paid sale. Works without a line: it is then a request that waits for one. */
  request: oc
    .input(RefundOrder)
    .output(z.object({ requested: z.literal(true) }))
    .errors({
      NO_SUCH_SALE: {},
      NOT_REFUNDABLE: { data: z.object({ refusal: RefundRefusalSchema }) },
      LEDGER_UNWRITABLE: {},
    }),
  /** Gives back all of a payment that could not be reversed, and that the gateway surely holds. */
  takeBack: oc
    .input(TakeBackOrder)
    .output(z.object({ requested: z.literal(true) }))
    .errors({ NO_SUCH_TASK: {}, NOT_FOR_A_PERSON: {}, LEDGER_UNWRITABLE: {} }),
  /** The sale that a receipt belongs to. */
  findSale: oc
    .input(ReceiptCode)
    .output(z.object({ saleId: z.string() }))
    .errors({ NO_SUCH_SALE: {} }),
};
