import { parseXml as parseDocument, XmlError as SyntaxFault, XmlElement, XmlText } from '@rgrove/parse-xml';
import { withoutCdata } from './cdata.ts';
import type { Fields } from './sign.ts';

/** No message of the v2 API comes near this; what is larger is not read. */
export const XML_MAX_BYTES = 64 * 1024;
const FIELDS_MAX = 400;
const FIELD_NAME = /^[A-Za-z_][A-Za-z0-9_]{0,63}$/;
const FORBIDDEN_NAMES = new Set(['__proto__', 'constructor', 'prototype']);

export class XmlError extends Error {
  override name = 'XmlError';
}

/**
 * Reads one flat message, `<root><name>value</name>…</root>`, into its fields, all text and in the order received
 * (signatures need every one of them). Strict on purpose: no DOCTYPE, no comment, no instruction, no entity beyond the
 * five, no attribute, no nesting, no name twice, at most 64 KiB.
 *
 * @throws XmlError saying which rule was broken; never quotes the message, which may hold secrets.
 */
export function parseXml(body: string | Uint8Array, root = 'xml'): Fields {
  const text = decode(body);
  const markup = withoutCdata(text);
  if (markup === undefined) throw new XmlError('a CDATA section without an end');
  if (/&(?!(?:amp|lt|gt|quot|apos);)/.test(markup)) throw new XmlError('an entity beyond the five');
  const [top, ...more] = documentOf(text).children;
  if (!(top instanceof XmlElement) || more.length > 0 || top.name !== root) {
    throw new XmlError(`no <${root}> alone at the top`);
  }
  if (Object.keys(top.attributes).length > 0) throw new XmlError('an attribute');

  const fields: Record<string, string> = {};
  let count = 0;
  for (const node of top.children) {
    if (node instanceof XmlText && node.text.trim() === '') continue;
    if (!(node instanceof XmlElement)) throw new XmlError('something that is not a field');
    if (++count > FIELDS_MAX) throw new XmlError('too many fields');
    const { name } = node;
    if (!FIELD_NAME.test(name) || FORBIDDEN_NAMES.has(name)) throw new XmlError('a name that is not a field');
    if (Object.hasOwn(fields, name)) throw new XmlError('a field twice');
    fields[name] = textOfField(node);
  }
  return fields;
}

function textOfField({ attributes, children }: XmlElement): string {
  if (Object.keys(attributes).length > 0) throw new XmlError('an attribute');
  let value = '';
  for (const node of children) {
    if (!(node instanceof XmlText)) throw new XmlError('a field that is not plain text');
    value += node.text;
  }
  return value;
}

/** Whatever is not text or an element is kept, so as to be seen and refused. */
function documentOf(text: string) {
  try {
    return parseDocument(text, { preserveComments: true, preserveDocumentType: true });
  } catch (error) {
    // Its message quotes the input, which may hold secrets.
    if (error instanceof SyntaxFault) throw new XmlError('not well-formed');
    throw error;
  }
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
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw new XmlError('not UTF-8');
  }
}
