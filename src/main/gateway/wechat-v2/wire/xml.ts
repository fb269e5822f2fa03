import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { withoutCdata } from './cdata.ts';
import type { Fields } from './sign.ts';

/** No message of the v2 API comes near this; what is larger is not read. */
export const XML_MAX_BYTES = 64 * 1024;
/** The one instruction that a message may begin with. */
const DECLARATION = /^\s*<\?xml\s[^<>?]*\?>/;
const FIELDS_MAX = 400;
const FIELD_NAME = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/;
const FORBIDDEN_NAMES = new Set(['__proto__', 'constructor', 'prototype']);
const TEXT = '#text';
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Everything in its order, duplicates included: an object of fields would have merged them already. */
const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  // Nothing here asks for the path of a tag, which costs a tenth of the reading.
  jPath: false,
  // Else the parser calls a field "toString" by another name, which nobody sent and nobody signed.
  onDangerousProperty() {
    throw new XmlError('a name that is not a field');
  },
});

export class XmlError extends Error {
  override name = 'XmlError';
}

/**
 * Reads one flat message, `<root><name>value</name>…</root>`, into its fields, all text and in the order received
 * (signatures need every one of them). Strict on purpose: no DOCTYPE, no entity beyond the five, no attribute, no
 * nesting, nothing beside the root, no name twice, at most 64 KiB.
 *
 * @throws XmlError saying which rule was broken; never quotes the message, which may hold secrets.
 */
export function parseXml(body: string | Uint8Array, root = 'xml'): Fields {
  const text = decode(body);
  const markup = withoutCdata(text)?.replace(DECLARATION, '');
  if (markup === undefined) throw new XmlError('a CDATA section without an end');
  // No declaration, instruction or comment; nor white space in "</ a>", where parser and validator overlook it.
  if (/<(?:[!?]|\/\s)/.test(markup)) throw new XmlError('something that is neither a field nor its end');
  if (!endsWith(markup, root)) throw new XmlError(`no <${root}> alone at the top`);
  if (/&(?!(?:amp|lt|gt|quot|apos);)/.test(markup)) throw new XmlError('an entity beyond the five');
  if (XMLValidator.validate(text) !== true) throw new XmlError('not well-formed');

  const fields: Record<string, string> = {};
  let count = 0;
  for (const entry of contentOf(parseMarkup(text), root)) {
    const name = nameOf(entry);
    const value = entry[name];
    if (name === TEXT && typeof value === 'string' && value.trim() === '') continue;
    if (!FIELD_NAME.test(name) || FORBIDDEN_NAMES.has(name)) throw new XmlError('a name that is not a field');
    count += 1;
    if (count > FIELDS_MAX) throw new XmlError('too many fields');
    if (Object.hasOwn(fields, name)) throw new XmlError('a field twice');
    fields[name] = textIn(value);
  }
  return fields;
}

/** Whether the root is the last thing there is: the validator overlooks an entity or a "/>" behind it. */
function endsWith(markup: string, root: string): boolean {
  const trimmed = markup.trim();
  const last = trimmed.slice(Math.max(0, trimmed.lastIndexOf('</')));
  return [`</${root}>`, `<${root}/>`].includes(last.replace(/\s/g, ''));
}

/** One thing in its place: a text, or the list of what an element holds, by the element's name. */
type Entry = Readonly<Record<string, unknown>>;

function parseMarkup(text: string): readonly Entry[] {
  try {
    return parser.parse(text);
  } catch {
    // The parser refuses some names itself, and its message quotes the input.
    throw new XmlError('refused by the parser');
  }
}

function contentOf(document: readonly Entry[], root: string): readonly Entry[] {
  const [top, another] = document;
  const content = another === undefined ? top?.[root] : undefined;
  if (top === undefined || nameOf(top) !== root || !isList(content))
    throw new XmlError(`no <${root}> alone at the top`);
  return content;
}

/** An element with attributes has a second key beside its name, and is no field. */
function nameOf(entry: Entry): string {
  const names = Object.keys(entry);
  if (names.length !== 1) throw new XmlError('an attribute');
  return names[0] ?? '';
}

/** A field's text, which CDATA may have cut into several. */
function textIn(content: unknown): string {
  if (!isList(content)) throw new XmlError('a text that is not in a field');
  let all = '';
  for (const entry of content) {
    const text = entry[nameOf(entry)];
    if (typeof text !== 'string') throw new XmlError('a field with parts');
    all += text;
  }
  return all;
}

/** Writes fields as the v2 API wants them; values with markup characters go into CDATA, control characters are dropped. */
export function buildXml(fields: Fields, root = 'xml'): string {
  const body = Object.entries(fields)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `<${name}>${textOf(value)}</${name}>`)
    .join('');
  return `<${root}>${body}</${root}>`;
}

/**
 * What of a text XML 1.0 can carry at all: control characters and lone surrogates are dropped, and a line ends in a line
 * feed, which is what every reader of XML makes of a carriage return. Sign what this returns.
 */
export function xmlSafe(value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is being removed.
  const bare = value.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\ufffd]/g, '');
  return bare.replace(/\r\n?/g, '\n');
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
    return utf8.decode(body);
  } catch {
    throw new XmlError('not UTF-8');
  }
}

function isList(value: unknown): value is readonly Entry[] {
  return Array.isArray(value);
}
