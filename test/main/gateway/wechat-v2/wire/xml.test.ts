import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../../src/core/random.ts';

import { Secret } from '../../../../../src/core/secret.ts';
import { type Fields, isSignedBy, sign } from '../../../../../src/main/gateway/wechat-v2/wire/sign.ts';
import { buildXml, parseXml, XmlError, xmlSafe } from '../../../../../src/main/gateway/wechat-v2/wire/xml.ts';
import published from '../../../../fixtures/wechat-v2-published.json' with { type: 'json' };

describe('reading a message', () => {
  it('keeps every value as text, in order, with long numbers and zeros untouched', () => {
    const xml =
      '<xml><transaction_id>4200000483202001042069747825</transaction_id>' +
      '<cash_fee>0</cash_fee><rate>0.00</rate><attach></attach><body><![CDATA[ A&B<c> 苹果 ]]></body></xml>';
    expect(Object.entries(parseXml(xml))).toEqual([
      ['transaction_id', '4200000483202001042069747825'],
      ['cash_fee', '0'],
      ['rate', '0.00'],
      ['attach', ''],
      ['body', ' A&B<c> 苹果 '],
    ]);
  });

  it('knows the five entities, outside CDATA only', () => {
    expect(parseXml('<xml><a>&lt;&gt;&amp;&quot;&apos;</a><b><![CDATA[&lt;]]></b></xml>')).toEqual({
      a: `<>&"'`,
      b: '&lt;',
    });
  });

  it('takes 400 fields', () => {
    const fields = Object.fromEntries(Array.from({ length: 400 }, (_, n) => [`a${n}`, String(n)]));
    expect(parseXml(buildXml(fields).replaceAll('><', '>\n<'))).toEqual(fields);
  });

  it('accepts a declaration, line ends between fields, and CDATA split around its own end mark', () => {
    const xml = '<?xml version="1.0" encoding="UTF-8"?>\n<xml>\n  <a><![CDATA[x]]]]><![CDATA[>y]]></a>\n</xml>\n';
    expect(parseXml(Buffer.from(xml))).toEqual({ a: 'x]]>y' });
  });

  it.each([
    ['a DOCTYPE', '<!DOCTYPE xml [<!ENTITY e "x">]><xml><a>1</a></xml>'],
    ['an outside entity', '<!DOCTYPE xml SYSTEM "file:///etc/passwd"><xml/>'],
    ['an unknown entity', '<xml><a>&e;</a></xml>'],
    ['a numeric entity', '<xml><a>&#65;</a></xml>'],
    ['a bare ampersand', '<xml><a>A&B</a></xml>'],
    ['a comment', '<xml><!-- x --><a>1</a></xml>'],
    ['more than 400 fields', `<xml>${Array.from({ length: 401 }, (_, n) => `<a${n}/>`).join('')}</xml>`],
    ['a field twice', '<xml><a>1</a><a>2</a></xml>'],
    ['nesting', '<xml><a><b>1</b></a></xml>'],
    ['an attribute', '<xml><a x="1">1</a></xml>'],
    ['a processing instruction within', '<xml><?x y?><a>1</a></xml>'],
    ['a field that ends another', '<xml><a>1</b></xml>'],
    ['CDATA without an end', '<xml><a><![CDATA[1</a></xml>'],
    ['text after the end', '<xml><a>1</a></xml>x'],
    ['text after an empty message', '<xml/>x'],
    ['an attribute at the root', '<xml x="1"><a>1</a></xml>'],
    ['text beside the fields', '<xml>hello<a>1</a></xml>'],
    ['another root', '<html><a>1</a></html>'],
    ['two roots', '<xml><a>1</a></xml><xml/>'],
    ['an instruction before the root', '<?x y?><xml><a>1</a></xml>'],
    ['an instruction between the fields', '<xml><?x y?><a>1</a></xml>'],
    ['an instruction behind the root', '<xml><a>1</a></xml><?x y?>'],
    ['a second declaration', '<?xml version="1.0"?><?xml version="1.1"?><xml><a>1</a></xml>'],
    ['an entity behind the root', '<xml><a>1</a></xml>&amp;'],
    ['the end of a tag behind the root', '<xml/>/>'],
    ['the end of a tag behind the fields', '<xml><a>1</a></xml>/>'],
    ['a text behind the root', '<xml><a>1</a></xml>x'],
    ['a byte order mark in a closing tag', '<xml><a>1</\ufeffa></xml>'],
    ['CDATA that never closes', `<xml><a>${'<![CDATA['.repeat(7_000)}`],
    ['a poisoned name', '<xml><__proto__>1</__proto__></xml>'],
    ['an unclosed tag', '<xml><a>1</xml>'],
    ['half a message', '<xml><return_code><![CDATA[SUCC'],
    ['no XML at all', 'Bad Gateway'],
    ['nothing', ''],
    ['more than 64 KiB', `<xml><a>${'x'.repeat(65 * 1024)}</a></xml>`],
    ['bytes that are not UTF-8', Buffer.from([0x3c, 0x78, 0x6d, 0x6c, 0x3e, 0xff, 0xfe])],
  ])('refuses %s', (_, body) => {
    expect(() => parseXml(body)).toThrow(XmlError);
  });

  it.each(['toString', 'valueOf', 'hasOwnProperty'])('reads <%s> as no other name: at most as it came', (name) => {
    let names: string[] = [];
    try {
      names = Object.keys(parseXml(`<xml><${name}>1</${name}></xml>`));
    } catch (error) {
      expect(error).toBeInstanceOf(XmlError);
    }
    expect(['', name]).toContain(names.join());
  });

  it('never quotes the message in its error: it may hold secrets', () => {
    try {
      parseXml('<xml><auth_code>134567890123456789</auth_code><x></xml>');
    } catch (error) {
      expect(String(error)).not.toContain('1345');
    }
  });
});

describe('beside a reader of all of XML', () => {
  const PIECES = [
    ...['<xml>', '</xml>', '<a>', '</a>', '<b>', '</b>', '<a/>', '<b />', '<![CDATA[', ']]>', '&amp;', '&lt;', '&#65;'],
    ...['&', '<', '>', '"', '苹果', 'x', ' ', '\n', '\r\n', '<!--', '-->', '<?x y?>', '<a x="1">'],
    ...['<a><![CDATA[1]]></a>', '<b>2</b>', '<c>&gt;</c>'],
  ];
  const parser = new XMLParser({ ignoreAttributes: false, parseTagValue: false, trimValues: false });

  it('accepts nothing that the other refuses or reads otherwise', () => {
    const random = seededRandom(1);
    const lot = (max: number) => Math.floor(random() * max);
    let accepted = 0;
    for (let round = 0; round < 20_000; round++) {
      const text = Array.from({ length: lot(8) }, () => PIECES[lot(PIECES.length)]).join('');
      const message = `<xml><return_code>SUCCESS</return_code>${text}</xml>`;
      const fields = fieldsOf(message);
      if (fields === undefined) continue;
      accepted++;
      expect(XMLValidator.validate(message), message).toBe(true);
      const { xml } = parser.parse(message);
      delete xml['#text'];
      expect(xml, message).toEqual(fields);
    }
    expect(accepted).toBeGreaterThan(1_000);
  });

  function fieldsOf(message: string) {
    try {
      return parseXml(message);
    } catch (error) {
      expect(error).toBeInstanceOf(XmlError);
      return undefined;
    }
  }
});

describe('a published message', () => {
  it.each(published.messages)('is read as its publisher reads it, and comes back as it went: $id', (message) => {
    const fields: Fields = { ...message.fields };
    expect(parseXml(message.xml)).toEqual(fields);
    expect(parseXml(buildXml(fields))).toEqual(fields);
  });

  it('is written as its publisher writes it', () => {
    const [plain] = published.messages.filter(({ id }) => id === 'axios-toXml-1');
    expect(buildXml({ ...plain?.fields } as Fields)).toBe(plain?.xml);
  });
});

const NASTY = [
  'a',
  '0',
  ' ',
  '\n',
  '\r',
  '\r\n',
  '\t',
  '&',
  '&amp;',
  '<',
  '>',
  ']]>',
  ']',
  '<![CDATA[',
  '<xml>',
  '</field_0>',
  '"',
  "'",
].concat(['微', '😀', '\ud83d', '\u0000', '\u000b', '\ufeff', '\ufffd', '\u00a0', '\u2028', '`', '%', '=', '\\']);

describe('writing a message', () => {
  it.each(['plain', 'A&B <c> "d" \'e\'', 'has ]]> inside', '微信支付', '{"goods_detail":[{"goods_id":"A&B"}]}'])(
    'brings back %s',
    (value) => {
      expect(parseXml(buildXml({ value }))).toEqual({ value });
    },
  );

  it('brings back any text that XML can carry, and its signature with it', () => {
    const random = seededRandom(21);
    const upTo = (count: number) => Math.floor(random() * count);
    const key = new Secret('192006250b4c09247ec02edce69f6a2d');
    for (let round = 0; round < 2_000; round++) {
      const entries = Array.from({ length: 1 + upTo(5) }, (_, n) => {
        const text = Array.from({ length: 1 + upTo(12) }, () => NASTY[upTo(NASTY.length)]).join('');
        return [`field_${n}`, xmlSafe(text)] as const;
      });
      const fields: Fields = Object.fromEntries(entries.filter(([, value]) => value !== ''));
      const signed = { ...fields, sign: sign(fields, key, 'HMAC-SHA256') };
      const read = parseXml(Buffer.from(buildXml(signed)));
      expect(read).toEqual(signed);
      expect(isSignedBy(read, key, 'HMAC-SHA256')).toBe(true);
    }
  });

  it('leaves empty fields out, as the signature does', () => {
    expect(buildXml({ a: '', b: '0' })).toBe('<xml><b>0</b></xml>');
  });

  it('drops what XML cannot carry', () => {
    expect(xmlSafe('a\u0000b\u001bc\ud800d\te')).toBe('abcd\te');
  });
});
