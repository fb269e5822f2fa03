import type { Fields } from './sign.ts';

/** No message of the v2 API comes near this; what is larger is not read. */
export const XML_MAX_BYTES = 64 * 1024;
const FIELDS_MAX = 400;
const FORBIDDEN_NAMES = new Set(['__proto__', 'constructor', 'prototype']);

/* The pieces of a flat message. Each is looked for exactly where the last one ended, so nothing is skipped unread. */
const DECLARATION = /\s*<\?xml\s[^<>]*\?>/y;
const OPENING = /\s*<([A-Za-z_][A-Za-z0-9_]{0,63})\s*(\/?)>/y;
const CLOSING = /<\/([A-Za-z_][A-Za-z0-9_]{0,63})\s*>/y;
const BLANK = /\s+/y;
const TEXT = /[^<&]+/y;
const ENTITY = /&(amp|lt|gt|quot|apos);/y;
const CDATA = /<!\[CDATA\[([\s\S]*?)\]\]>/y;

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

export class XmlError extends Error {
  override name = 'XmlError';
}

/**
 * Reads one flat message, `<root><name>value</name>…</root>`, into its fields, all text and in the order received
 * (signatures need every one of them). Strict on purpose: no DOCTYPE, no comment, no entity beyond the five, no
 * attribute, no nesting, no name twice, at most 64 KiB. A reader of all of XML would take ten times as long to refuse
 * the rest of it.
 *
 * @throws XmlError saying which rule was broken; never quotes the message, which may hold secrets.
 */
export function parseXml(body: string | Uint8Array, root = 'xml'): Fields {
  // XML has one line end, whatever was sent.
  const take = takerOf(decode(body).replace(/\r\n?/g, '\n'));
  take(DECLARATION);
  const [, top, isEmpty] = take(OPENING) ?? [];
  if (top !== root) throw new XmlError(`no <${root}> at the top`);
  const fields = isEmpty ? {} : readFields(take, root);
  take(BLANK);
  if (!take.isAtEnd()) throw new XmlError(`something after </${root}>`);
  return fields;
}

function readFields(take: Taker, root: string): Fields {
  const fields: Record<string, string> = {};
  for (let count = 0; ; count++) {
    const [, name, isEmpty] = take(OPENING) ?? [];
    if (name === undefined) break;
    if (count >= FIELDS_MAX) throw new XmlError('too many fields');
    if (FORBIDDEN_NAMES.has(name)) throw new XmlError('a name that is not a field');
    if (Object.hasOwn(fields, name)) throw new XmlError('a field twice');
    fields[name] = isEmpty ? '' : readValue(take, name);
  }
  take(BLANK);
  if (take(CLOSING)?.[1] !== root) throw new XmlError('neither a field nor the end');
  return fields;
}

function readValue(take: Taker, name: string): string {
  let value = '';
  for (;;) {
    const piece = take(TEXT)?.[0] ?? take(CDATA)?.[1] ?? ENTITIES[take(ENTITY)?.[1] ?? ''];
    if (piece === undefined) break;
    value += piece;
  }
  if (take(CLOSING)?.[1] !== name) throw new XmlError('a field that is not plain text, or does not end');
  return value;
}

interface Taker {
  /** What matches exactly here, and goes on behind it; undefined when nothing does. */
  (piece: RegExp): RegExpExecArray | undefined;
  isAtEnd(): boolean;
}

function takerOf(text: string): Taker {
  let at = 0;
  const take = (piece: RegExp) => {
    piece.lastIndex = at;
    const match = piece.exec(text) ?? undefined;
    if (match) at = piece.lastIndex;
    return match;
  };
  return Object.assign(take, { isAtEnd: () => at === text.length });
}

/** Writes fields as the v2 API wants them; values with markup characters go into CDATA, control characters are dropped. */
export function buildXml(fields: Fields, root = 'xml'): string {
  const body = Object.entries(fields)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `<${name}>${textOf(value)}</${name}>`)
    .join('');
  return `<${root}>${body}</${root}>`;
}

/** What of a text XML 1.0 can carry at all: control characters and lone surrogates are dropped. Sign what this returns. */
export function xmlSafe(value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is being removed.
  return value.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\ufffd]/g, '');
}

function textOf(value: string): string {
  if (!/[&<>'"]/.test(value)) return value;
  return `<![CDATA[${value.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`;
}

function decode(body: string | Uint8Array): string {
  const size = typeof body === 'string' ? Buffer.byteLength(body) : body.byteLength;
  if (size > XML_MAX_BYTES) throw new XmlError('larger than 64 KiB');
  if (typeof body === 'string') return body;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw new XmlError('not UTF-8');
  }
}
