import { implement } from '@orpc/server';
import { contract } from '../../src/contract/index.ts';
import type { LookUpView } from '../../src/contract/types.ts';

let nextOrder: LookUpView | undefined;

/** What the next look-up finds; nothing that could be asked about when undefined. */
export function lookUpNext(view: LookUpView | undefined): void {
  nextOrder = view;
}

/** Look-ups without a gateway: what is asked is written down. */
export function fakeLookUp(calls: string[]) {
  const os = implement(contract.lookUp);
  return {
    order: os.order.handler(({ input: { number }, errors }) => {
      calls.push(`look up ${number}`);
      if (nextOrder === undefined) throw errors.NO_SUCH_ORDER();
      return nextOrder;
    }),
  };
}
