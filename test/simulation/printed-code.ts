import { type Fen, fen } from '../../src/core/money.ts';
import type { Ledger as Truth } from '../../src/simulator/ledger/ledger.ts';
import type { SimOrder } from '../../src/simulator/ledger/order.ts';
import { staticOpening } from '../../src/simulator/static-code.ts';
import type { Chance } from './chance.ts';

export interface PrintedCodeOptions {
  readonly truth: Truth;
  readonly now: () => number;
  readonly chance: Chance;
}

export type PrintedCode = ReturnType<typeof createPrintedCode>;

/** A number that no transaction has. */
const INVENTED_ID = '4200000000202601010000000000';

/**
 * The shop's own code at the counter, which customers pay by their own line, and what their phones then show. Most are
 * honest; some pay another amount, some show the screen of a payment that was another's, and some have not paid at all.
 */
export function createPrintedCode({ truth, now, chance }: PrintedCodeOptions) {
  const paid = new Map<string, Fen>();

  function pay(amountFen: Fen): string {
    const { transactionId, outTradeNo } = truth.open(staticOpening(truth, amountFen, now()), now());
    paid.set(transactionId, truth.find({ outTradeNo })?.amountFen ?? amountFen);
    return transactionId;
  }

  return {
    /** @returns the number on the screen that the customer holds up. */
    customerPays(amountFen: Fen): string {
      if (chance.happens(0.7)) return pay(amountFen);
      if (chance.happens(0.4)) return pay(fen(amountFen + chance.between(2, 900)));
      return chance.happens(0.5) && paid.size > 0 ? chance.pick([...paid.keys()]) : INVENTED_ID;
    },

    /** A number of so much money, if anybody paid it; else one that has nothing to do with it. */
    numberFor(amountFen: Fen): string {
      const right = [...paid].filter((one) => one[1] === amountFen).map(([transactionId]) => transactionId);
      if (right.length > 0 && chance.happens(0.8)) return chance.pick(right);
      const any = chance.happens(0.5) ? [...paid.keys()] : truth.orders().map(({ transactionId }) => transactionId);
      return any.length === 0 ? INVENTED_ID : chance.pick(any);
    },

    hasBeenPaid: (amountFen: Fen): boolean => [...paid.values()].includes(amountFen),

    /** What was paid on it, as the simulator has it. */
    orders: (): SimOrder[] => [...paid.keys()].flatMap((transactionId) => truth.find({ transactionId }) ?? []),
  };
}
