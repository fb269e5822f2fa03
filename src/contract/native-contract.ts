import { oc } from '@orpc/contract';
import * as z from 'zod';
import { QrOrder } from './native-schemas.ts';
import { Notice } from './schemas.ts';

/** QR codes that the till shows and the customer scans. */
export const nativeContract = {
  /** Places an order for the amount that waits, or was just keyed. Asked twice it is placed once. Accepted means durable. */
  offer: oc.input(QrOrder).output(z.object({ accepted: z.boolean(), notice: Notice.optional() })),
  /** The code on paper, once, if the printer takes it now. False when there is no code, or no printer. */
  print: oc.input(z.object({}).optional()).output(z.object({ printing: z.boolean() })),
};
