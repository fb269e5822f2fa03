import * as z from 'zod';
import { RefundableView, RefundView } from './refund-schemas.ts';
import { PaymentView, SaleRow, StoryLine } from './schemas.ts';

/** Everything that is known of one sale. */
export const SaleStory = z.object({
  sale: SaleRow,
  payments: z.array(PaymentView),
  /** In the order they were asked for. */
  refunds: z.array(RefundView),
  refundable: RefundableView.optional(),
  lines: z.array(StoryLine),
});
