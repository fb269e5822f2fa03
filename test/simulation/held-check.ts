import type { HeldGlance } from '../../src/main/ledger/offline-queries.ts';
import type { Finding } from './refund-check.ts';
import type { Shelf } from './shelf.ts';

/**
 * Whether what was put aside is still there, whatever happened to the till since.
 *
 * @param written ids of the sales that the journal says are put aside
 */
export function* heldProblems(
  held: readonly HeldGlance[],
  written: ReadonlySet<string>,
  shelf: Shelf,
): Generator<Finding> {
  const amounts = new Map(held.map(({ label = '', amountFen }) => [label, amountFen]));
  for (const [label, amountFen] of shelf) {
    if (amounts.get(label) !== amountFen) yield [label, 'was put aside, and is gone'];
  }
  const ids = new Set(held.map(({ saleId }) => saleId));
  for (const id of ids) if (!written.has(id)) yield [id, 'is put aside, and the journal does not say so'];
  for (const id of written) if (!ids.has(id)) yield [id, 'is put aside by the journal, and not in the books'];
}
