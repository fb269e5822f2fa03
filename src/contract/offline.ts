import { oc } from '@orpc/contract';
import * as z from 'zod';
import { HeldRef, HoldOrder, LookUpOrder, LookUpResult, StaticOrder } from './offline-schemas.ts';
import { Notice, TillView } from './schemas.ts';

const Accepted = z.object({ accepted: z.boolean(), notice: Notice.optional() });

/** What a cashier can do while the line is down, and what becomes of it afterwards. */
export const offline = {
  /** Puts the sale in front of the cashier aside. Accepted means that it is durable. */
  hold: oc.input(HoldOrder).output(Accepted),
  /** Takes a held sale up again: the till waits for its payment. */
  resume: oc.input(HeldRef).output(TillView).errors({
    /** It was resumed or discarded meanwhile. */
    NO_SUCH_HELD: {},
    /** Another sale is not finished: end it, or hold it. */
    SALE_IN_FRONT: {},
  }),
  /** The customer does not come back: it is not kept any more. */
  discard: oc.input(HeldRef).output(TillView).errors({ NO_SUCH_HELD: {}, LEDGER_UNWRITABLE: {} }),
  /** The customer paid on the store's static code, as a manager says. Asked twice it is taken once. */
  acceptStatic: oc.input(StaticOrder).output(Accepted),
  /** Asks the gateway about a transaction that was read from the customer's phone or bill. */
  lookUp: oc.input(LookUpOrder).output(LookUpResult).errors({ NO_SUCH_TASK: {}, LEDGER_UNWRITABLE: {} }),
};
