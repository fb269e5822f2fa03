import { type Fen, fen, formatYuan } from '../../core/money.ts';

/** A bill in WeChat Pay's own form: two headers without backticks, and a backtick before every other cell. */
export interface BillTable {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly totalsHeader: readonly string[];
  readonly totals: readonly string[];
}

/** UTF-8 with a byte order mark, and CRLF at the end of each line, the last one too. */
export function billBytes({ header, rows, totalsHeader, totals }: BillTable): Buffer {
  const lines = [header.join(','), ...rows.map(lineOf), totalsHeader.join(','), lineOf(totals)];
  return Buffer.from(`\ufeff${lines.join('\r\n')}\r\n`, 'utf8');
}

/** "0.07000": fees are printed with five decimals. */
export function feeYuan(feeFen: Fen): string {
  return `${formatYuan(feeFen)}000`;
}

/** "0.60%" */
export function ratePercent(basisPoints: number): string {
  return `${formatYuan(fen(basisPoints))}%`;
}

/** A comma in a text is harmless between backticks; a backtick or a line's end would not be. */
function lineOf(cells: readonly string[]): string {
  return cells.map((cell) => `\`${cell.replace(/[`\r\n]/g, ' ')}`).join(',');
}
