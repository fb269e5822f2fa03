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
  let rest: Buffer = Buffer.alloc(0);
  let isFirst = true;
  for await (const chunk of bytes) {
    const joined = rest.length === 0 ? asBuffer(chunk) : Buffer.concat([rest, chunk]);
    const end = joined.lastIndexOf(LF) + 1;
    rest = joined.subarray(end);
    if (rest.length > LINE_MAX_BYTES) throw new BillFault('BILL_MALFORMED', 'a line without an end');
    if (end === 0) continue;
    const block = joined.subarray(0, end);
    yield isFirst ? withoutBom(block) : block;
    isFirst = false;
  }
  if (rest.length === 0) return;
  const last = Buffer.concat([rest, Buffer.of(LF)]);
  yield isFirst ? withoutBom(last) : last;
}

function asBuffer(chunk: Uint8Array): Buffer {
  return Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
}

function withoutBom(block: Buffer): Buffer {
  return block.subarray(0, BOM.length).equals(BOM) ? block.subarray(BOM.length) : block;
}
