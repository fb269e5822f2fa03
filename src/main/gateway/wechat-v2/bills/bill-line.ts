import { type Fen, fen } from '../../../../core/money.ts';
import { BillFault } from './bill-error.ts';
import type { DecodeText } from './text-encoding.ts';

const [LF, CR, COMMA, QUOTE, BACKTICK] = [0x0a, 0x0d, 0x2c, 0x22, 0x60];
const [MINUS, POINT, ZERO, NINE, SPACE] = [0x2d, 0x2e, 0x30, 0x39, 0x20];
const [FEN_DECIMALS, MILLI_FEN_DECIMALS] = [2, 5];
/** More cells than any bill has columns: a line of nothing but commas is not worth keeping. */
const CELLS_MAX = 64;

/** A text, and the bytes it was made of. */
interface Made {
  readonly bytes: Buffer;
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/**
 * One line of a bill, cut into cells. It works on the bytes as they came and makes a text only of a cell that is asked
 * for, since a row has 27 of them and a bill a million rows. The same object is used for line after line.
 *
 * A line that begins with a backtick is WeChat Pay's: cells are parted by the two characters ",`", so that a comma
 * inside one is no end. Any other line is read as CSV, as a spreadsheet leaves it.
 */
export class BillLine {
  count = 0;
  #bytes: Buffer = Buffer.alloc(0);
  #isQuoted = false;
  readonly #starts = new Int32Array(CELLS_MAX);
  readonly #ends = new Int32Array(CELLS_MAX);
  /** Whether the cell holds anything but ASCII. */
  readonly #isForeign = new Uint8Array(CELLS_MAX);
  /** The text last made of each column: most columns say the same in row after row. */
  readonly #before: Made[] = [];
  readonly #decode: DecodeText;

  constructor(decode: DecodeText) {
    this.#decode = decode;
  }

  /** Cuts the line that begins at `from`, and gives back where the next one begins. The block ends with a line feed. */
  cut(bytes: Buffer, from: number): number {
    this.#bytes = bytes;
    this.count = 0;
    return bytes[from] === BACKTICK ? this.#cutBackticks(from) : this.#cutCsv(from);
  }

  /** An empty line, or one of blanks. */
  get isBlank(): boolean {
    return this.count === 1 && this.text(0).trim() === '';
  }

  /** Every row begins with a date; a line that begins with something Chinese is a header. */
  get isHeader(): boolean {
    return (this.#bytes[this.#starts[0] ?? 0] ?? 0) > 0x7f;
  }

  texts(): string[] {
    return Array.from({ length: this.count }, (_, column) => this.text(column).trim());
  }

  /** The cell as text; empty for a column that this bill does not have (-1). */
  text(column: number): string {
    if (column < 0) return '';
    const [from, to] = [this.#starts[column] ?? 0, this.#ends[column] ?? 0];
    if (from === to) return '';
    const before = this.#before[column];
    if (before !== undefined && isSame(before, this.#bytes, from, to)) return before.text;
    const text = this.#textOf(column, from, to);
    this.#before[column] = { bytes: this.#bytes, from, to, text };
    return text;
  }

  /** A number of something, which bills print as "0" when there is none. */
  id(column: number): string {
    const text = this.text(column);
    return text === '0' ? '' : text;
  }

  /** Yuan, printed "12.30", as fen. An empty cell and a column that is not there are 0. */
  fen(column: number): Fen {
    return fen(this.#decimal(column, FEN_DECIMALS));
  }

  /** Yuan, printed "0.07380", as thousandths of a fen. */
  milliFen(column: number): number {
    return this.#decimal(column, MILLI_FEN_DECIMALS);
  }

  /** "45", which some bills print "45.0". */
  integer(column: number): number {
    return this.#decimal(column, 0);
  }

  /** The digits themselves, so that no float ever holds an amount. Decimals beyond `decimals` have to be zeros. */
  #decimal(column: number, decimals: number): number {
    if (column < 0) return 0;
    const bytes = this.#bytes;
    const [from, to] = [this.#starts[column] ?? 0, this.#ends[column] ?? 0];
    const isNegative = bytes[from] === MINUS;
    let value = 0;
    let digits = 0;
    let decimalsLeft = -1;
    for (let at = isNegative ? from + 1 : from; at < to; at++) {
      const byte = bytes[at] ?? 0;
      if (byte === POINT && decimalsLeft < 0) {
        decimalsLeft = decimals;
        continue;
      }
      if (byte < ZERO || byte > NINE) throw this.#badAmount(column);
      if (decimalsLeft === 0) {
        if (byte !== ZERO) throw this.#badAmount(column);
        continue;
      }
      if (decimalsLeft > 0) decimalsLeft -= 1;
      value = value * 10 + byte - ZERO;
      digits += 1;
    }
    for (let left = decimalsLeft < 0 ? decimals : decimalsLeft; left > 0; left--) value *= 10;
    if (value > Number.MAX_SAFE_INTEGER || (digits === 0 && to > from)) throw this.#badAmount(column);
    return isNegative && value > 0 ? -value : value;
  }

  #badAmount(column: number): BillFault {
    return new BillFault('BILL_MALFORMED', `no amount in column ${column + 1}`);
  }

  #cutBackticks(from: number): number {
    const bytes = this.#bytes;
    let start = from + 1;
    let high = 0;
    let at = start;
    this.#isQuoted = false;
    for (; ; at++) {
      const byte = bytes[at] as number;
      if (byte === LF) break;
      high |= byte;
      if (byte !== COMMA || bytes[at + 1] !== BACKTICK) continue;
      this.#add(start, at, high);
      start = at + 2;
      at += 1;
      high = 0;
    }
    this.#add(start, endOfLine(bytes, at), high);
    return at + 1;
  }

  #cutCsv(from: number): number {
    const bytes = this.#bytes;
    this.#isQuoted = false;
    let start = from;
    let high = 0;
    let isInside = false;
    let at = from;
    for (; bytes[at] !== LF; at++) {
      const byte = bytes[at] ?? 0;
      high |= byte;
      if (byte === QUOTE) {
        isInside = !isInside;
        this.#isQuoted = true;
      }
      if (byte !== COMMA || isInside) continue;
      this.#addStripped(start, at, high);
      start = at + 1;
      high = 0;
    }
    this.#addStripped(start, endOfLine(bytes, at), high);
    return at + 1;
  }

  /** Without quotes and blanks around it, and without the backtick that some exports keep. */
  #addStripped(from: number, to: number, high: number): void {
    const bytes = this.#bytes;
    let [start, end] = [from, to];
    while (start < end && bytes[end - 1] === SPACE) end -= 1;
    while (start < end && bytes[start] === SPACE) start += 1;
    if (end - start >= 2 && bytes[start] === QUOTE && bytes[end - 1] === QUOTE) {
      start += 1;
      end -= 1;
    }
    if (bytes[start] === BACKTICK && start < end) start += 1;
    this.#add(start, end, high);
  }

  #add(start: number, end: number, high: number): void {
    if (this.count === CELLS_MAX) throw new BillFault('BILL_MALFORMED', `more than ${CELLS_MAX} cells`);
    this.#starts[this.count] = start;
    this.#ends[this.count] = end;
    this.#isForeign[this.count] = high > 0x7f ? 1 : 0;
    this.count += 1;
  }

  #textOf(column: number, from: number, to: number): string {
    const isForeign = this.#isForeign[column] === 1;
    const text = isForeign ? this.#decode(this.#bytes, from, to) : this.#bytes.toString('latin1', from, to);
    return this.#isQuoted ? text.replaceAll('""', '"') : text;
  }
}

/** Compared from behind, since numbers differ in their last digits. */
function isSame(made: Made, bytes: Buffer, from: number, to: number): boolean {
  if (made.to - made.from !== to - from) return false;
  const offset = made.from - from;
  for (let at = to - 1; at >= from; at--) {
    if (made.bytes[at + offset] !== bytes[at]) return false;
  }
  return true;
}

function endOfLine(bytes: Buffer, lineFeedAt: number): number {
  return bytes[lineFeedAt - 1] === CR ? lineFeedAt - 1 : lineFeedAt;
}
