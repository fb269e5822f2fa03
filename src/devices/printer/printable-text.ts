import iconv from 'iconv-lite';

/*
 * What an ordinary Chinese receipt printer can print: ASCII and the two-byte characters of GBK. GB18030 would encode
 * the rest in four bytes, which such printers take for two random characters, or for commands.
 */

/** Stands for a character that the printer does not have. */
export const SUBSTITUTE = '□';

/** Signs that have a printable twin. ¥ (U+00A5) is the commonest four-byte accident on a Chinese receipt. */
const TWINS: Readonly<Record<string, string>> = { '¥': '￥', '€': 'EUR' };

const graphemes = new Intl.Segmenter('zh-Hans', { granularity: 'grapheme' });

/**
 * One line of text with only printable characters: blanks and control characters become single spaces, accents that
 * the font lacks are taken off, and each other thing it lacks, an emoji of seven code points included, becomes one □.
 */
export function printableText(text: string): string {
  const oneLine = text.normalize().replace(/[\s\p{Cc}]+/gu, ' ');
  return (isPrintable(oneLine) ? oneLine : substituted(oneLine)).replace(/ +/g, ' ').trim();
}

/** How many columns of the paper printable text takes: a Chinese character is as wide as two Latin ones. */
export function columnsOf(printable: string): number {
  let columns = 0;
  for (const character of printable) columns += isAscii(character) ? 1 : 2;
  return columns;
}

/** The printer's bytes for printable text. */
export function encodeGb(printable: string): Uint8Array {
  return iconv.encode(printable, 'gb18030');
}

function substituted(oneLine: string): string {
  let printable = '';
  for (const { segment } of graphemes.segment(oneLine)) printable += printableGrapheme(segment);
  return printable;
}

function printableGrapheme(grapheme: string): string {
  const twin = TWINS[grapheme];
  if (twin !== undefined) return twin;
  if (isPrintable(grapheme)) return grapheme;
  const plain = grapheme.normalize('NFKD').replace(/[\p{M}\p{Cf}]/gu, '');
  if (plain === '') return '';
  return isPrintable(plain) ? plain : SUBSTITUTE;
}

function isPrintable(text: string): boolean {
  for (const character of text) {
    if (!isAscii(character) && !isInGbk(character)) return false;
  }
  return true;
}

function isAscii(character: string): boolean {
  return character >= ' ' && character <= '~';
}

/** Two bytes in Microsoft's GBK table, which leaves out the private-use area that no font fills. */
function isInGbk(character: string): boolean {
  return iconv.encode(character, 'cp936').length === 2;
}
