import type { BillLine } from './bill-line.ts';

/** One kind of bill: what its lines mean, and how its last line is held against the others. */
export interface BillFormat<Row, Totals> {
  /** The name that the header of the totals begins with. */
  readonly totalsBegin: string;
  /** Undefined when this is not the header of such a bill. */
  rowReader(header: readonly string[]): ((line: BillLine) => Row) | undefined;
  totalsReader(header: readonly string[]): ((line: BillLine) => Totals) | undefined;
  tally(): Tally<Row, Totals>;
}

/** Sums as the rows go by. */
export interface Tally<Row, Totals> {
  add(row: Row): void;
  /** The first total that the rows do not come to, in words; undefined when all agree. */
  disagreement(totals: Totals): string | undefined;
}

/**
 * Where each thing stands in a line, found by the header's names, since layouts differ in age and in order; -1 for
 * what this bill does not have. Of several names the first that is there counts.
 */
export function findColumns<Key extends string>(
  header: readonly string[],
  names: Readonly<Record<Key, readonly string[]>>,
): Readonly<Record<Key, number>> {
  const find = (tried: readonly string[]) => tried.map((name) => header.indexOf(name)).find((at) => at >= 0) ?? -1;
  const found = Object.entries<readonly string[]>(names).map(([key, tried]) => [key, find(tried)]);
  return Object.fromEntries(found);
}

/** Both numbers in words, in fen or thousandths of one; undefined when they agree or the bill does not say. */
export function difference(name: string, said: number | undefined, counted: number): string | undefined {
  return said === undefined || said === counted ? undefined : `${name}: said ${said}, rows come to ${counted}`;
}
