/** White around what is printed on screen, in dots: paper is wider than the print head, and codes need quiet around. */
const MARGIN = 24;

/** ReceiptLine draws on nothing: there would be black letters on a dark screen. */
export function onPaper(svg: string): string {
  return svg.replace(
    /^<svg width="(\d+)px" height="(\d+)px" viewBox="0 0 \d+ \d+"([^>]*)>/,
    (_, width, height, rest) => {
      const sheet = { width: Number(width) + 2 * MARGIN, height: Number(height) + 2 * MARGIN };
      return (
        `<svg width="${sheet.width}px" height="${sheet.height}px" ` +
        `viewBox="${-MARGIN} ${-MARGIN} ${sheet.width} ${sheet.height}"${rest}>` +
        `<rect x="${-MARGIN}" y="${-MARGIN}" width="${sheet.width}" height="${sheet.height}" fill="#fff"/>`
      );
    },
  );
}
