import { columnsOf, printableText } from './printable-text.ts';
import { band, centred, centredBold } from './receipt-line.ts';

/* What every paper of the shop has in common. */

export const TENDER_WORD = {
  wechat: '微信支付 WeChat Pay',
  cash: '现金 Cash',
  static: '店内收款码 Store code',
} as const;

/** Twice as large, unless that takes more than two lines. A branch's name in brackets is kept together if it can be. */
export function storeName(name: string, columns: number): string {
  const fits = (text: string, lines: number) => columnsOf(printableText(text)) * 2 <= columns * lines;
  if (fits(name, 1)) return centred(name, 2);
  if (!fits(name, 2)) return centredBold(name);
  const branch = Math.max(name.lastIndexOf('（'), name.lastIndexOf('('), name.lastIndexOf(' '));
  const parts = branch > 0 ? [name.slice(0, branch), name.slice(branch)] : [name];
  return (parts.every((part) => fits(part, 1)) ? parts : [name]).map((part) => centred(part, 2)).join('\n');
}

export function simulatedBands(columns: number): string[] {
  return [band('模拟收款 · 不是真钱', columns), band('SIMULATED, NO MONEY MOVED', columns)];
}
