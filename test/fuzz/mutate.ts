import iconv from 'iconv-lite';
import type { Chance } from '../simulation/chance.ts';

/** All on text in latin1: one character is one byte, so bytes stay what they are. */
type Mutation = (text: string, chance: Chance, others: readonly string[]) => string;

const TOKENS = [
  '<!DOCTYPE xml [<!ENTITY e "x">]>',
  '<![CDATA[',
  ']]>',
  '<!--',
  '-->',
  '<?x y?>',
  '<xml>',
  '</xml>',
  '<xml/>',
  '<a/>',
  '<sign></sign>',
  '<result_code>SUCCESS</result_code>',
  '<return_code><![CDATA[SUCCESS]]></return_code>',
  '<trade_state>SUCCESS</trade_state>',
  '<__proto__>1</__proto__>',
  '<toString>1</toString>',
  '<hasOwnProperty>1</hasOwnProperty>',
  '&amp;',
  '&e;',
  '&#65;',
  ' x="1"',
  '\0',
  '\xef\xbb\xbf',
  '\xff\xfe',
  '\xc3',
  '\r\n',
  '`',
  ',',
  '-',
  '.',
  '"',
  "'",
] as const;

const MUTATIONS: Readonly<Record<string, Mutation>> = {
  'a bit flipped': (text, chance) =>
    at(text, chance, (char) => String.fromCharCode(char.charCodeAt(0) ^ (1 << chance.between(0, 7)))),
  'a byte set': (text, chance) => at(text, chance, () => String.fromCharCode(chance.between(0, 255))),
  'a digit changed': (text, chance) => inOne(text, /\d/g, chance, () => String(chance.between(0, 9))),
  'a letter’s case changed': (text, chance) =>
    inOne(text, /[A-Za-z]/g, chance, (char) => (char === char.toLowerCase() ? char.toUpperCase() : char.toLowerCase())),
  'a piece left out': (text, chance) => withPiece(text, chance, () => ''),
  'a piece twice': (text, chance) => withPiece(text, chance, (piece) => piece + piece),
  'a piece reversed': (text, chance) => withPiece(text, chance, (piece) => [...piece].reverse().join('')),
  'a piece of another': (text, chance, others) => {
    const other = others.length === 0 ? text : chance.pick(others);
    const from = chance.between(0, other.length);
    return withPiece(text, chance, () => other.slice(from, from + chance.between(0, 200)));
  },
  'cut off': (text, chance) => text.slice(0, chance.between(0, text.length)),
  'a token put in': (text, chance) => {
    const where = chance.between(0, text.length);
    return text.slice(0, where) + chance.pick(TOKENS) + text.slice(where);
  },
  'a token between elements': (text, chance) => inOne(text, /></g, chance, () => `>${chance.pick(TOKENS)}<`),
  'an element left out': (text, chance) => inOne(text, ELEMENT, chance, () => ''),
  'an element twice': (text, chance) => inOne(text, ELEMENT, chance, (element) => element + element),
  'an element nested': (text, chance) => inOne(text, ELEMENT, chance, (element) => `<a>${element}</a>`),
  'an element emptied': (text, chance) => inOne(text, ELEMENT, chance, (element) => element.replace(/>[\s\S]*</, '><')),
  'an element of another': (text, chance, others) => {
    const from = others.length === 0 ? text : chance.pick(others);
    const foreign = [...from.matchAll(ELEMENT)].map(([element]) => element);
    return foreign.length === 0 ? text : inOne(text, ELEMENT, chance, () => chance.pick(foreign));
  },
  'all in another encoding': (text, chance) => {
    const encoding = chance.pick(['utf16le', 'utf16be', 'gbk', 'latin1', 'utf7']);
    const whole = Buffer.from(text, 'latin1').toString('utf8');
    return iconv.encode(whole, encoding, { addBOM: chance.happens(0.5) }).toString('latin1');
  },
  'something behind': (text, chance) => text + chance.pick(TOKENS),
};

/** One field with what is in it. */
const ELEMENT = /<(\w+)>(?:(?!<\/\1>)[\s\S]){0,4000}<\/\1>/g;
const NAMES = Object.keys(MUTATIONS);
const PIECE_MAX = 100;

/** One to four things done to it, and which. `others` lend their pieces. */
export function mutated(
  bytes: Buffer,
  chance: Chance,
  others: readonly Buffer[] = [],
): { readonly about: string; readonly bytes: Buffer } {
  const names = Array.from({ length: chance.between(1, 4) }, () => chance.pick(NAMES));
  const lenders = others.map((other) => other.toString('latin1'));
  const text = names.reduce((now, name) => MUTATIONS[name]?.(now, chance, lenders) ?? now, bytes.toString('latin1'));
  return { about: names.join(', '), bytes: Buffer.from(text, 'latin1') };
}

function at(text: string, chance: Chance, change: (char: string) => string): string {
  if (text === '') return text;
  const where = chance.between(0, text.length - 1);
  return text.slice(0, where) + change(text[where] ?? '') + text.slice(where + 1);
}

function withPiece(text: string, chance: Chance, change: (piece: string) => string): string {
  const from = chance.between(0, text.length);
  const to = Math.min(text.length, from + chance.between(1, PIECE_MAX));
  return text.slice(0, from) + change(text.slice(from, to)) + text.slice(to);
}

/** One of the places that the pattern finds, drawn by chance. */
function inOne(text: string, pattern: RegExp, chance: Chance, change: (found: string) => string): string {
  const places = [...text.matchAll(pattern)];
  if (places.length === 0) return text;
  const { 0: found, index } = chance.pick(places);
  return text.slice(0, index) + change(found) + text.slice(index + found.length);
}
