import { qrcode } from 'receiptline';

/** Light modules on each side: phones find no code without them. */
const QUIET_MODULES = 4;

/**
 * A QR code of that text as an SVG's text: black on white, one unit to a module, as large as it is shown. From the
 * same generator that draws receipts, so that screen and paper carry the same code.
 */
export function qrSvg(text: string): string {
  const matrix = qrcode.generate({ data: text, type: 'qrcode', cell: 3, level: 'm', quietZone: false });
  const side = matrix.length + 2 * QUIET_MODULES;
  const dark = matrix.flatMap((modules, row) => runsOf(modules).map((run) => pathOf(run, row))).join('');
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges">` +
    `<rect width="${side}" height="${side}" fill="#fff"/><path d="${dark}" fill="#000"/></svg>`
  );
}

interface Run {
  readonly from: number;
  readonly length: number;
}

function runsOf(modules: Uint8Array): Run[] {
  const runs: Run[] = [];
  for (let from = 0; from < modules.length; ) {
    let to = from;
    while (modules[to] === 1) to += 1;
    if (to > from) runs.push({ from, length: to - from });
    from = to + 1;
  }
  return runs;
}

function pathOf({ from, length }: Run, row: number): string {
  return `M${from + QUIET_MODULES} ${row + QUIET_MODULES}h${length}v1h-${length}z`;
}
