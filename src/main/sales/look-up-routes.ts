import { implement } from '@orpc/server';
import { contract } from '../../contract/index.ts';
import type { TerminalParts } from '../terminal-parts.ts';

/** The contract's `lookUp`. */
export function lookUpRoutes({ orderLookUps }: Pick<TerminalParts, 'orderLookUps'>) {
  const os = implement(contract.lookUp);
  return {
    order: os.order.handler(async ({ input, errors }) => {
      const found = await orderLookUps.order(input.number);
      if (found === undefined) throw errors.NO_SUCH_ORDER();
      return found;
    }),
  };
}
