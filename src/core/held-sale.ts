import type { Fen } from './money.ts';

/**
 * A sale that was put aside: what the customer will owe, and nothing that anybody owes yet. It is kept until it is
 * paid or discarded; while it is in front of the cashier again it is still kept, so that no crash loses it.
 */
export interface HeldSale {
  /** The id that the sale has, or will have once it is opened by its first payment. */
  readonly saleId: string;
  readonly amountFen: Fen;
  readonly label?: string;
  /** Epoch milliseconds. */
  readonly heldAt: number;
}

/** More than a counter can keep apart, and a list that still fits a screen. */
export const HELD_MAX = 20;
