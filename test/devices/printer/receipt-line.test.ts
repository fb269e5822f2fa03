import { transform } from 'receiptline';
import { describe, expect, it } from 'vitest';
import { encodeReceipt } from '../../../src/devices/printer/encode-receipt.ts';
import { createEscposCommand } from '../../../src/devices/printer/escpos-command.ts';
import { printableText } from '../../../src/devices/printer/printable-text.ts';
import { band, cell, centred, centredBold, qrCode, row } from '../../../src/devices/printer/receipt-line.ts';
import { decodeEscpos } from '../../fixtures/escpos-decoder.ts';
import { aReceipt } from './a-receipt.ts';

const COLUMNS = 48;
const DRAWER = '\\x1bp\\x00\\x19\\xfa';
const NASTY = [
  '可乐{330ml}',
  '}',
  '{',
  '编号_001_',
  'C:\\temp',
  '\\x1b\\x41',
  '\\n\\',
  'a|b',
  '|',
  '~`"^_',
  '^^^big^^^',
  '---',
  '=',
  '=====',
  `{command:${DRAWER}}`,
  `{x:${DRAWER}}`,
  `店\n{x:${DRAWER}}\n=`,
  `店\r{x:${DRAWER}}\u2028=`,
  '{code:123;option:qrcode}',
  '{image:AAAA}',
  '\u1fefgreek varia',
  '\u037e',
  '\x1bp\x00\x19\xfa',
  '\x10\x14\x01\x00\x01',
  '',
];

/** What the paper then says, line by line, and what else the printer does. */
function printed(document: string, columns = COLUMNS) {
  const command = createEscposCommand(columns);
  const bytes = Buffer.from(transform(document, { command, cpl: columns, encoding: 'gb18030' }), 'latin1');
  const { lines, events, runs } = decodeEscpos(bytes);
  return { lines, runs, events: events.map(({ type }) => type) };
}

describe.each(NASTY)('the text %j', (text) => {
  const printable = printableText(text);

  it('prints as itself alone on a line, and does nothing else', () => {
    const { lines, events } = printed(`{width:*}\n${cell(text)}`);
    expect(lines.join('').trim()).toBe(printable);
    expect(events).toEqual(['init', 'cut']);
  });

  it('prints as itself in every form that a receipt uses', () => {
    for (const form of [centred(text), centred(text, 2), centredBold(text), band(text, COLUMNS)]) {
      expect(squeezed(printed(form).lines)).toBe(squeezed([printable]));
    }
    const { lines, events } = printed(row(text, text, COLUMNS));
    expect(squeezed(lines)).toBe(squeezed([printable, printable]));
    expect(events).toEqual(['init', 'cut']);
  });

  it('prints as the name of a shop without disturbing the rest', () => {
    const plain = decodeEscpos(encodeReceipt(aReceipt(), { columns: 32 }));
    const named = decodeEscpos(encodeReceipt(aReceipt({ shop: { storeName: text } }), { columns: 32 }));
    expect(named.lines.slice(-plain.lines.length + 1)).toEqual(plain.lines.slice(1));
    expect(named.events).toEqual(plain.events);
  });
});

it('is what stands between a text and the drawer: unescaped, ReceiptLine itself would fire it', () => {
  const unescaped = transform(`{command:${DRAWER}}`, { command: 'generic', cpl: COLUMNS, encoding: 'gb18030' });
  expect(unescaped).toContain('\x1bp\x00\x19\xfa');
  expect(printed(`{command:${DRAWER}}`).events).toEqual(['init', 'cut']);
});

it('holds against texts nobody thought of', () => {
  const random = randomOf(20_260_102);
  for (let round = 0; round < 400; round++) {
    const text = aText(random);
    const columns = random(2) === 0 ? 32 : 48;
    const receipt = aReceipt({
      shop: { storeName: text },
      simulated: random(2) === 0,
      transactionId: aText(random),
      copy: random(3),
    });
    const { lines, events } = decodeEscpos(encodeReceipt(receipt, { columns }));
    expect(events.map(({ type }) => type)).toEqual(['init', 'qr', 'cut']);
    expect(squeezed(lines), JSON.stringify(text)).toContain(squeezed([printableText(text)]));
    expect(squeezed(lines)).toContain(squeezed([printableText(receipt.transactionId)]));
  }
});

describe('laying out', () => {
  it('puts a value at the right edge, and on a line of its own when it does not fit', () => {
    expect(printed(row('单号 Sale', '0001-01-000042', 32), 32).lines[0]).toBe('单号 Sale         0001-01-000042');
    expect(printed(row('单号 Sale', '0'.repeat(30), 32), 32).lines.slice(0, 2)).toEqual([
      '单号 Sale',
      `  ${'0'.repeat(30)}`,
    ]);
  });

  it('draws a band from edge to edge', () => {
    const [run] = printed(band('模拟', 32), 32).runs[0] ?? [];
    expect(run).toMatchObject({ text: `${' '.repeat(14)}模拟${' '.repeat(14)}`, inverse: true });
  });

  it('prints a QR code natively', () => {
    const { events } = printed(qrCode('0001-01-000042-12k7q', 5));
    expect(events).toEqual(['init', 'qr', 'cut']);
  });
});

const PIECES = [
  '{',
  '}',
  '|',
  '\\',
  '~',
  '_',
  '"',
  '`',
  '^',
  '-',
  '=',
  ';',
  ':',
  '\n',
  '\r',
  '\t',
  ' ',
  '\x1b',
  '\x10',
  '\x14',
  'x',
  'n',
  '00',
  'command',
  'x1b',
  'code',
  '店',
  '￥',
  '¥',
  '👍',
  '\u0301',
  '\u1fef',
  '\ud800',
  '𠮷',
  'é',
];

/** Where a long text is broken into lines does not matter here. */
function squeezed(lines: readonly string[]): string {
  return lines.join('').replace(/\s/g, '');
}

function aText(random: (below: number) => number): string {
  return Array.from({ length: 1 + random(12) }, () => PIECES[random(PIECES.length)]).join('');
}

/** mulberry32: whole numbers below a bound, the same ones for the same seed. */
function randomOf(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
