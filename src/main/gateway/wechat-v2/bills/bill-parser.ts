import { BillFault } from './bill-error.ts';
import type { BillFormat } from './bill-format.ts';
import { BillLine } from './bill-line.ts';
import { decoderFor } from './text-encoding.ts';

const LF = 0x0a;

/** Lines in, rows out, all in one step: no clock, no stream. */
export interface BillParser<Row, Totals> {
  /** Reads a block of whole lines, each with its line feed. Throws a BillFault at the first that is wrong. */
  read(block: Buffer): Row[];
  /** After the last block: what the bill's last line says, which the rows have come to. Throws a BillFault. */
  end(): Totals;
  /** Lines begun and rows read so far. */
  readonly lines: number;
  readonly rows: number;
}

/** What the lines ahead are. */
type Part<Row, Totals> =
  | { readonly kind: 'header' }
  | { readonly kind: 'rows'; readonly readRow: (line: BillLine) => Row; readonly width: number }
  | { readonly kind: 'totals'; readonly readTotals: (line: BillLine) => Totals; readonly width: number }
  | { readonly kind: 'nothing'; readonly totals: Totals };

export function createBillParser<Row, Totals>(format: BillFormat<Row, Totals>): BillParser<Row, Totals> {
  const tally = format.tally();
  let part: Part<Row, Totals> = { kind: 'header' };
  let line: BillLine | undefined;
  let lines = 0;
  let rows = 0;

  function readHeader(header: readonly string[]): Part<Row, Totals> {
    const readRow = format.rowReader(header);
    if (readRow === undefined) throw malformed('not the header of such a bill');
    return { kind: 'rows', readRow, width: header.length };
  }

  function readTotalsHeader(header: readonly string[]): Part<Row, Totals> {
    const readTotals = header[0] === format.totalsBegin ? format.totalsReader(header) : undefined;
    if (readTotals === undefined) throw malformed('a header in the middle');
    return { kind: 'totals', readTotals, width: header.length };
  }

  function readTotalsLine(current: BillLine, readTotals: (line: BillLine) => Totals): Part<Row, Totals> {
    const totals = readTotals(current);
    const disagreement = tally.disagreement(totals);
    if (disagreement !== undefined) throw new BillFault('BILL_TOTALS_DIFFER', disagreement);
    return { kind: 'nothing', totals };
  }

  /** One line that is not blank. Gives a row when it is one. */
  function readLine(current: BillLine): Row | undefined {
    if (part.kind === 'header') part = readHeader(current.texts());
    else if (part.kind === 'nothing') throw malformed('a line after the totals');
    else if (part.kind === 'rows' && current.isHeader) part = readTotalsHeader(current.texts());
    else if (current.count !== part.width) throw malformed(`${current.count} cells instead of ${part.width}`);
    else if (part.kind === 'totals') part = readTotalsLine(current, part.readTotals);
    else return part.readRow(current);
    return undefined;
  }

  function malformed(what: string): BillFault {
    return new BillFault('BILL_MALFORMED', `line ${lines}: ${what}`);
  }

  return {
    read(block) {
      const found: Row[] = [];
      line ??= new BillLine(decoderFor(block.subarray(0, block.indexOf(LF))));
      for (let from = 0; from < block.length; ) {
        lines += 1;
        from = line.cut(block, from);
        const row = line.isBlank ? undefined : readLine(line);
        if (row === undefined) continue;
        rows += 1;
        tally.add(row);
        found.push(row);
      }
      return found;
    },
    end() {
      if (part.kind === 'nothing') return part.totals;
      throw new BillFault('BILL_CUT_OFF', part.kind === 'header' ? 'nothing came' : 'no totals at the end');
    },
    get lines() {
      return lines;
    },
    get rows() {
      return rows;
    },
  };
}
