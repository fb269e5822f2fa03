import { columnsOf, printableText } from './printable-text.ts';

/*
 * ReceiptLine's notation, as far as our receipts use it. In it a line with a stray brace vanishes without a word, and a
 * text such as {command:…} alone on a line would send raw bytes to the printer, a drawer kick for one. So no text gets
 * into a document except through `cell`.
 */

/** Text that prints as exactly these characters, whatever they are (those that a printer lacks become □). */
export function cell(text: string): string {
  const printable = printableText(text);
  const escaped = printable.replace(/[\\|{}~_"`^]/g, '\\$&');
  // Alone on a line, dashes would be a rule and equals signs a cut.
  return /^(-+|=+)$/.test(printable) ? `\\${escaped}` : escaped;
}

/** `scale`: how many times as wide and as high as ordinary text. */
export function centred(text: string, scale = 1): string {
  const marks = scale === 1 ? '' : '^'.repeat(scale + 1);
  return `{width:*}\n${marks}${cell(text)}${marks}`;
}

export function centredBold(text: string): string {
  return `{width:*}\n"${cell(text)}"`;
}

/** White on black, from edge to edge when it fits one line. */
export function band(text: string, columns: number): string {
  const spare = Math.max(0, columns - columnsOf(printableText(text)));
  const before = '~'.repeat(Math.floor(spare / 2));
  const after = '~'.repeat(Math.ceil(spare / 2));
  return `{width:*}\n\`${before}${cell(text)}${after}\``;
}

/** A label at the left edge and its value at the right one; on two lines when one is too narrow. */
export function row(label: string, value: string, columns: number): string {
  const labelColumns = columnsOf(printableText(label));
  const fits = labelColumns + 1 + columnsOf(printableText(value)) <= columns;
  return fits
    ? `{width:${labelColumns},*}\n${cell(label)} | ${cell(value)}`
    : `{width:*}\n${cell(label)} |\n| ${cell(value)}`;
}

/** `data`: only letters, digits, `-` and `_`, as order numbers are. `size`: dots to one module, 3–8. */
export function qrCode(data: string, size: number): string {
  return `{code:${data};option:qrcode,${size},m}`;
}

/** A link as a QR code; none where it has characters that ReceiptLine would read as its own. */
export function linkQrCode(link: string, size: number): string[] {
  return /^[0-9A-Za-z:/?&=%._-]{1,256}$/.test(link) ? [`{code:${link};option:qrcode,${size},m}`] : [];
}

export const RULE = '{width:*}\n-';
export const BLANK = '{width:*}\n';
