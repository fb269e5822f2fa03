import type { Fen } from '../../src/core/money.ts';

/** Sales that the till has shown as put aside, by their labels, and that nobody has taken up or discarded since. */
export type Shelf = ReadonlyMap<string, Fen>;

/** What the cashier put aside, and expects to find again whatever happens to the till. */
export function createShelf() {
  const kept = new Map<string, Fen>();
  let labels = 0;
  return {
    contents: kept satisfies Shelf,

    /** @param hold tells the till, and returns why it did not put the sale aside. */
    put(amountFen: Fen, hold: (label: string) => unknown): void {
      const label = `no. ${++labels}`;
      if (hold(label) === undefined) kept.set(label, amountFen);
    },

    take(label: string | undefined): void {
      if (label !== undefined) kept.delete(label);
    },
  };
}
