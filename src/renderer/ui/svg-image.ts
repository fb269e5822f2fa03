/** SVG text as the address of an image: an <img> runs no script and loads nothing, whatever the text holds. */
export function svgImage(svg: string): string {
  return `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
}
