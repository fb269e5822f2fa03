import { type BaseCommand, commands, type QRCode } from 'receiptline';
import { columnsOf, encodeGb } from './printable-text.ts';

/*
 * ESC/POS for Chinese printers, clones included, as a ReceiptLine command object. ReceiptLine's own ones switch Chinese
 * mode off to draw rules with code-page characters that clones print as random hanzi, turn off the printer's automatic
 * status, draw QR codes as raster images and repeat every setting for every word. This one starts from the base object,
 * which prints nothing, so what is not here cannot be sent; above all no raw command from a document.
 */

/** A Latin character is 12 dots wide, a Chinese one 24. */
const DOTS_PER_COLUMN = 12;

const ESC = '\x1b';
const FS = '\x1c';
const GS = '\x1d';
const QR_LEVELS = { l: '0', m: '1', q: '2', h: '3' } as const;

interface Style {
  readonly bold: boolean;
  readonly inverse: boolean;
  readonly width: number;
  readonly height: number;
}

const PLAIN: Style = { bold: false, inverse: false, width: 1, height: 1 };

/** Makes one for a single receipt: it remembers the printer's state, to send only what changes it. */
export function createEscposCommand(columns: number): BaseCommand {
  let style = PLAIN;
  let wanted = PLAIN;
  let column = 0;
  let wantedColumn = 0;
  let alignment = 0;

  return {
    ...commands.base,
    // Once: some impact printers end the line when they are told to print Chinese.
    open: () => `${ESC}@${FS}&${GS}L${uint16(0)}${GS}W${uint16(columns * DOTS_PER_COLUMN)}`,
    // 58 mm printers seldom have a cutter, and ignore the command that would also feed.
    close: () => `${restyled(PLAIN)}${columns < 42 ? `${ESC}d\x03` : ''}${GS}VB\x00`,
    align(to) {
      if (to === alignment) return '';
      alignment = to;
      return `${ESC}a${String.fromCharCode(to)}`;
    },
    absolute: (to) => quietly(() => (wantedColumn = to)),
    relative: (by) => quietly(() => (wantedColumn += by)),
    normal: () => quietly(() => (wanted = PLAIN)),
    em: () => quietly(() => (wanted = { ...wanted, bold: true })),
    iv: () => quietly(() => (wanted = { ...wanted, inverse: true })),
    wh: (marks) => quietly(() => (wanted = { ...wanted, ...sizeOf(marks) })),
    text(text) {
      const start = moved() + restyled(wanted);
      column += columnsOf(text) * style.width;
      wantedColumn = column;
      return start + Buffer.from(encodeGb(text)).toString('latin1');
    },
    hr: (width) => restyled(PLAIN) + '-'.repeat(width),
    lf() {
      column = 0;
      wantedColumn = 0;
      return '\n';
    },
    qrcode: ({ data, cell, level }: QRCode) => nativeQrCode(data, cell, level),
  };

  function moved(): string {
    if (wantedColumn === column) return '';
    column = wantedColumn;
    return `${ESC}$${uint16(column * DOTS_PER_COLUMN)}`;
  }

  function restyled(to: Style): string {
    const bold = to.bold === style.bold ? '' : `${ESC}E${to.bold ? '\x01' : '\x00'}`;
    const inverse = to.inverse === style.inverse ? '' : `${GS}B${to.inverse ? '\x01' : '\x00'}`;
    const resized = to.width !== style.width || to.height !== style.height;
    const size = resized ? `${GS}!${String.fromCharCode(((to.width - 1) << 4) | (to.height - 1))}` : '';
    style = to;
    return bold + inverse + size;
  }
}

/** Only noted: the bytes come with the next text, if they are needed at all. */
function quietly(note: () => void): string {
  note();
  return '';
}

/** ReceiptLine's marks: ^ wide, ^^ high, ^^^ twice as large, ^^^^ three times … */
function sizeOf(marks: number): Pick<Style, 'width' | 'height'> {
  if (marks <= 2) return { width: marks === 1 ? 2 : 1, height: marks === 2 ? 2 : 1 };
  return { width: marks - 1, height: marks - 1 };
}

/** The printer draws it: a raster image would be large, and real-time commands can hide in one. */
function nativeQrCode(data: string, size: number, level: QRCode['level']): string {
  const stored = Buffer.from(data, 'ascii').toString('latin1');
  return [
    `${GS}(k\x04\x001A2\x00`,
    `${GS}(k\x03\x001C${String.fromCharCode(size)}`,
    `${GS}(k\x03\x001E${QR_LEVELS[level]}`,
    `${GS}(k${uint16(stored.length + 3)}1P0${stored}`,
    `${GS}(k\x03\x001Q0`,
  ].join('');
}

function uint16(value: number): string {
  return String.fromCharCode(value & 0xff, value >> 8);
}
