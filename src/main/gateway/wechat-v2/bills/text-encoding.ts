import { isUtf8 } from 'node:buffer';

/** Turns the bytes `[from, to)` of a block into text. Bytes that are no text become U+FFFD. */
export type DecodeText = (bytes: Buffer, from: number, to: number) => string;

const gb18030 = new TextDecoder('gb18030');

/**
 * How a bill is encoded, told by its header line, which is always Chinese: UTF-8, as WeChat Pay sends it, or GB18030,
 * as spreadsheets save it. Numbers and amounts are ASCII in both, and neither has a comma, a quote or a line feed as a
 * part of another character, so that cells can be cut before they are decoded.
 */
export function decoderFor(headerLine: Uint8Array): DecodeText {
  return isUtf8(headerLine) ? decodeUtf8 : decodeGb18030;
}

function decodeUtf8(bytes: Buffer, from: number, to: number): string {
  return bytes.toString('utf8', from, to);
}

function decodeGb18030(bytes: Buffer, from: number, to: number): string {
  return gb18030.decode(bytes.subarray(from, to));
}
