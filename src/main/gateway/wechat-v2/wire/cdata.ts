const OPEN = '<![CDATA[';
const CLOSE = ']]>';

/**
 * A text with each CDATA section in it blanked out, of the same length: what is left of it is markup. Undefined when a
 * section never closes. Looked through once from front to end, however many sections are opened in it.
 */
export function withCdataBlank(text: string): string | undefined {
  let blanked = '';
  let from = 0;
  for (let open = text.indexOf(OPEN); open >= 0; open = text.indexOf(OPEN, from)) {
    const close = text.indexOf(CLOSE, open + OPEN.length);
    if (close < 0) return undefined;
    blanked += text.slice(from, open) + ' '.repeat(close + CLOSE.length - open);
    from = close + CLOSE.length;
  }
  return blanked + text.slice(from);
}
