import { xmlSafe } from './wire/xml.ts';

/**
 * A free text as the gateway takes it: on one line, without what XML cannot carry, and cut between two characters so
 * that it has at most `bytesMax` bytes of UTF-8.
 */
export function wireText(text: string, bytesMax: number): string {
  const line = xmlSafe(text).replace(/\s+/gu, ' ').trim();
  let bytes = 0;
  let kept = '';
  for (const character of line) {
    bytes += Buffer.byteLength(character);
    if (bytes > bytesMax) break;
    kept += character;
  }
  return kept.trimEnd();
}
