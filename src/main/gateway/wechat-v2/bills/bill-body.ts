import { createHash } from 'node:crypto';
import { StreamBroken } from '../transport/stream-once.ts';
import { XML_MAX_BYTES } from '../wire/xml.ts';
import { BillFault } from './bill-error.ts';
import { isGzip } from './inflated.ts';
import { peeked } from './peeked.ts';

/** A reply to a request for a bill: an XML text that says why there is none, or the bill itself. */
export type BillBody =
  | { readonly kind: 'xml'; readonly xml: Uint8Array }
  | { readonly kind: 'bill'; readonly bytes: AsyncIterable<Uint8Array> };

const HEAD_BYTES = 64;

/** Which of the two it is shows in its first bytes; a status or a type does not tell, they are the same for both. */
export async function openBody(body: AsyncIterable<Uint8Array>): Promise<BillBody> {
  const { head, all } = await peeked(body, HEAD_BYTES);
  const isMarkup = head.toString('utf8').trimStart().startsWith('<');
  return isMarkup ? { kind: 'xml', xml: await whole(all) } : { kind: 'bill', bytes: inBillTerms(all) };
}

/**
 * Passes the bytes on as they come, and throws at the end when the digest is not theirs. A packed bill has a check sum
 * of its own, and nobody says whether the digest is that of the packed bytes: there it is not compared.
 */
export async function* digested(
  bytes: AsyncIterable<Uint8Array>,
  sha1Hex: string,
): AsyncGenerator<Uint8Array, void, void> {
  const { head, all } = await peeked(bytes, HEAD_BYTES);
  const hash = createHash('sha1');
  for await (const chunk of all) {
    hash.update(chunk);
    yield chunk;
  }
  if (!isGzip(head) && hash.digest('hex') !== sha1Hex.toLowerCase())
    throw new BillFault('BILL_DAMAGED', 'another digest');
}

/** At most one byte more than any message has: the XML reader then refuses it. */
async function whole(bytes: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > XML_MAX_BYTES) break;
  }
  return Buffer.concat(chunks);
}

async function* inBillTerms(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
  try {
    yield* bytes;
  } catch (error) {
    if (!(error instanceof StreamBroken)) throw error;
    throw new BillFault(error.isCancelled ? 'CANCELLED' : 'BILL_CUT_OFF', error.detail);
  }
}
