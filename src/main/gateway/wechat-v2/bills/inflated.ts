import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { BillFault } from './bill-error.ts';
import { peeked } from './peeked.ts';

const GZIP = [0x1f, 0x8b];
const CHUNK_BYTES = 128 * 1024;

/**
 * The bytes as they are, or unpacked on the way when they are gzip, whatever was asked for. Neither what comes in nor
 * what comes out is more than `bytesMax`: a small file that unpacks without end is given up, not stored.
 */
export async function* inflated(
  bytes: AsyncIterable<Uint8Array>,
  bytesMax: number,
  onBytes: (count: number) => void,
): AsyncGenerator<Uint8Array, void, void> {
  const { head, all } = await peeked(counted(bytes, bytesMax, onBytes), GZIP.length);
  yield* isGzip(head) ? counted(gunzipped(all), bytesMax, () => undefined) : all;
}

export function isGzip(head: Uint8Array): boolean {
  return GZIP.every((byte, at) => head[at] === byte);
}

async function* gunzipped(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
  const gunzip = createGunzip({ chunkSize: CHUNK_BYTES });
  // Whatever breaks either of the two breaks the other, and comes out of the loop below.
  pipeline(Readable.from(packed, { objectMode: false, highWaterMark: CHUNK_BYTES }), gunzip, () => undefined);
  for await (const chunk of gunzip) yield chunk;
}

async function* counted(
  bytes: AsyncIterable<Uint8Array>,
  bytesMax: number,
  onBytes: (count: number) => void,
): AsyncGenerator<Uint8Array, void, void> {
  let sum = 0;
  for await (const chunk of bytes) {
    sum += chunk.length;
    onBytes(chunk.length);
    if (sum > bytesMax) throw new BillFault('BILL_TOO_LARGE', `more than ${bytesMax} bytes`);
    yield chunk;
  }
}
