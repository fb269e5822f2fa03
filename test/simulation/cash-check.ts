import type { Drawer } from './drawer.ts';

/** A row of the books about cash. */
export interface CashRow {
  readonly saleId: string;
  readonly amountFen: number;
}

/**
 * Whether the books and the drawer agree: what the till has shown as paid is in the books, and what the books have
 * beyond that, the till was told of just as it died.
 *
 * @returns what is wrong, by sale.
 */
export function cashProblems(rows: readonly CashRow[], { certain, doubtful }: Drawer): Map<string, string> {
  const problems = new Map<string, string>();
  const inBooks = new Map(rows.map(({ saleId, amountFen }) => [saleId, amountFen]));
  for (const [saleId, amountFen] of certain) {
    const bookedFen = inBooks.get(saleId) ?? 0;
    if (bookedFen !== amountFen) problems.set(saleId, `${amountFen} fen lie in the drawer, ${bookedFen} in the books`);
  }
  const unexplained = [...doubtful] as number[];
  for (const { saleId, amountFen } of rows) {
    if (certain.has(saleId)) continue;
    const at = unexplained.indexOf(amountFen);
    if (at < 0) problems.set(saleId, `${amountFen} fen are in the books that nobody paid`);
    else unexplained.splice(at, 1);
  }
  return problems;
}
