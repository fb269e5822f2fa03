import iconv from 'iconv-lite';
import type { Chance } from '../simulation/chance.ts';

/** Messages that somebody has thought about: each kind in a size that the chance draws. */
const HOSTILE: Readonly<Record<string, (size: number) => string | Buffer>> = {
  nothing: () => '',
  'white space': (size) => ' \r\n\t'.repeat(size),
  'a page': () => '<html><body><h1>502 Bad Gateway</h1></body></html>',
  'a DOCTYPE': () => '<!DOCTYPE xml [<!ENTITY e "SUCCESS">]><xml><return_code>&e;</return_code></xml>',
  'an outside entity': () => '<!DOCTYPE xml [<!ENTITY e SYSTEM "file:///etc/passwd">]><xml><a>&e;</a></xml>',
  'a billion laughs': (size) => {
    const levels = Math.min(size, 64);
    const entity = (n: number) => `<!ENTITY e${n} "${`&e${n - 1};`.repeat(10)}">`;
    const declared = Array.from({ length: levels }, (_, n) => (n === 0 ? '<!ENTITY e0 "ha">' : entity(n))).join('');
    return `<!DOCTYPE xml [${declared}]><xml><a>&e${levels - 1};</a></xml>`;
  },
  'one entity many times': (size) => `<xml><a>${'&amp;'.repeat(size)}</a></xml>`,
  'entities of no list': (size) => `<xml><a>${'&#65;'.repeat(size)}</a></xml>`,
  'bare ampersands': (size) => `<xml><a>${'&'.repeat(size)}</a></xml>`,
  'deep nesting': (size) => `<xml>${'<a>'.repeat(size)}${'</a>'.repeat(size)}</xml>`,
  'tags that never close': (size) => `<xml>${'<a>'.repeat(size)}`,
  'closing tags': (size) => `<xml>${'</a>'.repeat(size)}`,
  'opening brackets': (size) => '<'.repeat(size),
  'CDATA that never closes': (size) => `<xml><a>${'<![CDATA['.repeat(size)}`,
  'CDATA in CDATA': (size) => `<xml><a>${'<![CDATA['.repeat(size)}${']]>'.repeat(size)}</a></xml>`,
  'CDATA after CDATA': (size) => `<xml><a>${'<![CDATA[x]]>'.repeat(size)}</a></xml>`,
  'CDATA almost closed': (size) => `<xml><a><![CDATA[${']] >]'.repeat(size)}]]></a></xml>`,
  'comments that never close': (size) => `<xml>${'<!--'.repeat(size)}`,
  instructions: (size) => `${'<?x y?>'.repeat(size)}<xml/>`,
  'instructions that never close': (size) => `<xml>${'<?x '.repeat(size)}`,
  'one name many times': (size) => `<xml>${'<a>1</a>'.repeat(size)}</xml>`,
  'many names': (size) => `<xml>${Array.from({ length: size }, (_, n) => `<a${n}>1</a${n}>`).join('')}</xml>`,
  'names of every object': () =>
    `<xml>${['__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty', '__defineGetter__']
      .map((name) => `<${name}>1</${name}>`)
      .join('')}</xml>`,
  'one long name': (size) => `<xml><${'a'.repeat(size)}>1</${'a'.repeat(size)}></xml>`,
  attributes: (size) => `<xml><a ${Array.from({ length: size }, (_, n) => `b${n}="1"`).join(' ')}>1</a></xml>`,
  'an attribute that never closes': (size) => `<xml><a b="${'x '.repeat(size)}>1</a></xml>`,
  quotes: (size) => `<xml><a ${'"'.repeat(size)}>1</a></xml>`,
  'spaces in a tag': (size) => `<xml><a${' '.repeat(size)}>1</a${' '.repeat(size)}></xml>`,
  'one long value': (size) => `<xml><a>${'9'.repeat(size)}</a></xml>`,
  'line ends': (size) => `<xml><a>${'\r'.repeat(size)}</a></xml>`,
  NULs: (size) => `<xml><a>${'\0'.repeat(size)}</a></xml>`,
  'nothing but NULs': (size) => Buffer.alloc(size),
  'UTF-16': () => iconv.encode('<xml><return_code>SUCCESS</return_code></xml>', 'utf16le', { addBOM: true }),
  GBK: (size) => iconv.encode(`<xml><return_msg>${'系统繁忙'.repeat(size)}</return_msg></xml>`, 'gbk'),
  'UTF-7': () => '+ADw-xml+AD4-+ADw-return_code+AD4-SUCCESS+ADw-/return_code+AD4-+ADw-/xml+AD4-',
  'overlong UTF-8': () => Buffer.from([0xc0, 0xbc, 0x78, 0x6d, 0x6c, 0xc0, 0xbe]),
  'half a character': () => Buffer.concat([Buffer.from('<xml><a>'), Buffer.from('付').subarray(0, 2)]),
  'numbers that are none': () =>
    '<xml><total_fee>1e3</total_fee><cash_fee>NaN</cash_fee><coupon_fee>-1</coupon_fee></xml>',
};

const NAMES = Object.keys(HOSTILE);
const SIZES = [1, 2, 30, 400, 1_000, 4_000, 7_000, 16_000, 60_000] as const;

export function hostile(chance: Chance): { readonly about: string; readonly bytes: Buffer } {
  const name = chance.pick(NAMES);
  const size = chance.pick(SIZES);
  return { about: `${name} × ${size}`, bytes: Buffer.from(HOSTILE[name]?.(size) ?? '') };
}
