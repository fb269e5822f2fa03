import { isUtf8 } from 'node:buffer';

const BYTES_MAX = 64 * 1024;
const PROLOG = /\ufeff?\s*(?:<\?xml\s[^?>]*\?>\s*)?/y;
const FIELD =
  /(?:\s|<!\[CDATA\[\s*\]\]>)*<([A-Za-z_]\w{0,63})\s*(?:\/>|>((?:[^<&]|&(?:amp|lt|gt|quot|apos);|<!\[CDATA\[(?:(?!\]\]>)[\s\S])*\]\]>)*)<\/\1\s*>)/y;
const PIECE = /<!\[CDATA\[([\s\S]*?)\]\]>|&(\w+);|\r\n?/g;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Another reading of a flat message, by its grammar alone, to hold the product's reader against: the fields in their
 * order, or undefined when it is no flat message.
 */
export function readFlat(bytes: Uint8Array, root = 'xml'): ReadonlyMap<string, string> | undefined {
  if (bytes.length > BYTES_MAX || !isUtf8(bytes)) return undefined;
  const text = Buffer.from(bytes).toString('utf8');
  let at = 0;
  const next = (pattern: RegExp) => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) at = pattern.lastIndex;
    return found;
  };

  next(PROLOG);
  const fields = new Map<string, string>();
  if (next(new RegExp(`<${root}\\s*/>\\s*$`, 'y'))) return fields;
  if (!next(new RegExp(`<${root}\\s*>`, 'y'))) return undefined;
  for (let found = next(FIELD); found; found = next(FIELD)) {
    const [, name = '', content = ''] = found;
    if (fields.has(name)) return undefined;
    fields.set(name, textOf(content));
  }
  return next(new RegExp(`(?:\\s|<!\\[CDATA\\[\\s*\\]\\]>)*</${root}\\s*>\\s*$`, 'y')) ? fields : undefined;
}

function textOf(content: string): string {
  return content.replace(PIECE, (_, cdata: string | undefined, entity: string | undefined) => {
    if (cdata !== undefined) return cdata.replace(/\r\n?/g, '\n');
    return entity === undefined ? '\n' : (ENTITIES[entity] ?? '');
  });
}

/**
 * What a signature is about: every field that has a value, and the signature in either case. Two messages that come to
 * the same text here say the same; undefined of what is no flat message.
 */
export function signedPart(bytes: Uint8Array, root = 'xml'): string | undefined {
  const fields = readFlat(bytes, root);
  if (!fields) return undefined;
  const said = [...fields].filter(([, value]) => value !== '');
  return JSON.stringify(said.map(([name, value]) => [name, name === 'sign' ? value.toUpperCase() : value]).sort());
}
