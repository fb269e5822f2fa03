import type { Fen } from '../../src/core/money.ts';

/** What lies in the cash drawer, as the cashier knows it: every sale of these was shown as paid in cash. */
export interface Drawer {
  readonly certain: ReadonlyMap<string, Fen>;
  /** The till died as it was told of these: nobody knows whether they are in the books until somebody looks. */
  readonly doubtful: readonly Fen[];
}

export function createDrawer() {
  const certain = new Map<string, Fen>();
  const doubtful: Fen[] = [];
  return {
    contents: { certain, doubtful } satisfies Drawer,

    /** @param take tells the till; returns the sale that it then shows as paid, and undefined when it refused. */
    put(amountFen: Fen, take: () => string | undefined): void {
      doubtful.push(amountFen);
      const saleId = take();
      doubtful.pop();
      if (saleId !== undefined) certain.set(saleId, amountFen);
    },
  };
}
