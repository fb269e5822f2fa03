import { BillFault } from './bill-error.ts';

const LF = 0x0a;
const BOM = Buffer.from([0xef, 0xbb, 0xbf]);
/** No row comes near this; a "line" that is longer is no bill, and must not fill the memory. */
const LINE_MAX_BYTES = 64 * 1024;

/**
 * The bytes in blocks of whole lines, each line with its line feed, the last one too. A byte order mark in front is
 * left out. Neither UTF-8 nor GB18030 has a line feed inside a character, so a block can be read on its own.
 */
export async function* wholeLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, void, void> {
  // Kept in the pieces it came in: joining it with each new one would copy a line as often as it has pieces.
  let rest: Buffer[] = [];
  let restBytes = 0;
  let isFirst = true;
  for await (const chunk of bytes) {
    const piece = asBuffer(chunk);
    const end = piece.lastIndexOf(LF) + 1;
    if (end > 0) {
      const block = joined([...rest, piece.subarray(0, end)]);
      rest = [];
      restBytes = 0;
      yield isFirst ? withoutBom(block) : block;
      isFirst = false;
    }
    rest.push(piece.subarray(end));
    restBytes += piece.length - end;
    if (restBytes > LINE_MAX_BYTES) throw new BillFault('BILL_MALFORMED', 'a line without an end');
  }
  if (restBytes === 0) return;
  const last = joined([...rest, Buffer.of(LF)]);
  yield isFirst ? withoutBom(last) : last;
}

function joined(pieces: readonly Buffer[]): Buffer {
  const whole = pieces.filter(({ length }) => length > 0);
  return whole.length === 1 && whole[0] ? whole[0] : Buffer.concat(whole);
}

function asBuffer(chunk: Uint8Array): Buffer {
  return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}

function withoutBom(block: Buffer): Buffer {
  return block.subarray(0, BOM.length).equals(BOM) ? block.subarray(BOM.length) : block;
}
