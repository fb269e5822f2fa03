import iconv from 'iconv-lite';
import jsQR from 'jsqr';
import { describe, expect, it } from 'vitest';
import { fen, SALE_MAX_FEN } from '../../../src/core/money.ts';
import type { Receipt } from '../../../src/core/receipt.ts';
import { encodeReceipt, receiptSvg } from '../../../src/devices/printer/encode-receipt.ts';
import { decodeEscpos } from '../../fixtures/escpos-decoder.ts';
import { aCashReceipt, aReceipt, aStaticReceipt } from './a-receipt.ts';

const WIDTHS = [32, 48];
const SIMULATED = { simulated: true, shop: { storeName: '老王家兰州牛肉面（人民路店）' } };
const RECEIPTS: readonly (readonly [string, Receipt])[] = [
  ['a plain one', aReceipt()],
  ['one with a coupon', aReceipt({ couponFen: fen(200), paidFen: fen(1030) })],
  ['a reprint', aReceipt({ copy: 3 })],
  [
    'one charged in another currency',
    aReceipt({ foreignCash: { currency: 'HKD', amountMinor: 1_344, rate: '91520000' } }),
  ],
  ['a simulated one', aReceipt({ ...SIMULATED, copy: 1, couponFen: fen(1), paidFen: fen(1229) })],
  ['the largest amount', aReceipt({ totalFen: SALE_MAX_FEN, paidFen: SALE_MAX_FEN })],
  ['one for cash', aCashReceipt()],
  ['one to be verified', aStaticReceipt()],
  ['the longest order number', aReceipt({ outTradeNo: 'ABCDEF-wxyz-12345678901-12-abc_d' })],
];

describe('a receipt on paper', () => {
  it('says in Chinese and English what was paid, when, and by which numbers it can be found', () => {
    expect(linesOf(aReceipt({ couponFen: fen(200), paidFen: fen(1030) }), 32)).toEqual([
      '      晨光便利店',
      '    收款凭证 PAYMENT RECEIPT',
      '--------------------------------',
      '单号 Sale         0001-01-000042',
      '时间 Time    2026-01-02 10:05:11',
      '支付 Tender  微信支付 WeChat Pay',
      '--------------------------------',
      '           合计 TOTAL',
      '         ￥12.30',
      '',
      '优惠 Coupon              -￥2.00',
      '实付 Paid                ￥10.30',
      '--------------------------------',
      '商户单号 Order No.',
      '            0001-01-000042-12k7q',
      '交易单号 WeChat No.',
      '    4200000483202001042069747825',
      '',
      '',
      '       查询退款请出示此码',
      '   Show this code for refunds',
      '--------------------------------',
      '       谢谢惠顾 Thank you',
      '',
      '',
      '',
    ]);
  });

  it('says what the customer was charged in another currency, and at which rate', () => {
    const lines = linesOf(aReceipt({ foreignCash: { currency: 'HKD', amountMinor: 1_344, rate: '91520000' } }), 32);
    expect(lines).toContain('外币支付 Charged       HKD 13.44');
    expect(lines).toContain('汇率 Rate                 0.9152');
    expect(lines).toContain('         ￥12.30');
  });

  it('needs fewer lines on 80 mm', () => {
    const lines = linesOf(aReceipt(), 48);
    expect(lines).toContain('商户单号 Order No.          0001-01-000042-12k7q');
    expect(lines).toContain('交易单号 WeChat No. 4200000483202001042069747825');
  });

  it('shows the shop and the total large', () => {
    const runs = decoded(aReceipt(), 48).runs.flat();
    expect(runs.find(({ text }) => text === '晨光便利店')).toMatchObject({ width: 2, height: 2 });
    expect(runs.find(({ text }) => text === '￥12.30')).toMatchObject({ width: 3, height: 3 });
  });

  it('breaks a long name before the name of the branch', () => {
    expect(
      linesOf(aReceipt({ ...SIMULATED }), 48)
        .slice(0, 2)
        .map((line) => line.trim()),
    ).toEqual(['老王家兰州牛肉面', '（人民路店）']);
  });

  it('prints a name that would take many large lines in ordinary bold', () => {
    const runs = decoded(aReceipt({ shop: { storeName: '很长的店名'.repeat(8) } }), 32).runs.flat();
    expect(runs[0]).toMatchObject({ bold: true, width: 1, height: 1 });
    expect(runs[0]?.text + (runs[1]?.text ?? '')).toContain('很长的店名'.repeat(4));
  });

  it.each(WIDTHS)('marks a simulated sale above and below, white on black, on %d columns', (columns) => {
    const runs = decoded(aReceipt({ ...SIMULATED }), columns).runs.flat();
    for (const words of ['模拟收款 · 不是真钱', 'SIMULATED, NO MONEY MOVED']) {
      const marks = runs.filter(({ text }) => text.includes(words));
      expect(marks).toHaveLength(2);
      expect(marks.every(({ inverse }) => inverse)).toBe(true);
    }
    expect(linesOf(aReceipt(), columns).join()).not.toMatch(/模拟|SIMULATED/);
  });

  it('says of a reprint that it is one, and which', () => {
    const mark = decoded(aReceipt({ copy: 3 }), 32)
      .runs.flat()
      .find(({ text }) => text.includes('重打 REPRINT 3'));
    expect(mark?.inverse).toBe(true);
    expect(linesOf(aReceipt(), 32).join()).not.toContain('重打');
  });
});

describe('a receipt for cash', () => {
  it.each(WIDTHS)('says on %d columns that it was cash, what was handed over and what went back', (columns) => {
    const text = linesOf(aCashReceipt(), columns).map((line) => line.replace(/ +/g, ' ').trim());
    expect(text).toEqual(
      expect.arrayContaining(['支付 Tender 现金 Cash', '实收 Received ￥100.00', '找零 Change ￥87.70']),
    );
    expect(text.join('')).not.toMatch(/微信|WeChat/);
  });
});

describe('a receipt for the static code', () => {
  const textOf = (proven: boolean, columns: number) =>
    linesOf(aStaticReceipt(proven), columns).join('').replace(/ /g, '');

  it.each(WIDTHS)('says on %d columns that it is to be verified, and never that it is paid', (columns) => {
    const text = textOf(false, columns);
    expect(text).toMatch(/待核实TOBEVERIFIED/);
    expect(text).toMatch(/NOTYETARECEIPT/);
    expect(text).not.toMatch(/收款凭证|PAYMENTRECEIPT|refund/);
  });

  it.each(WIDTHS)('is a receipt like any other on %d columns once it is proven', (columns) => {
    const text = textOf(true, columns);
    expect(text).toMatch(/收款凭证PAYMENTRECEIPT/);
    expect(text).toMatch(/4200000483202001042069747825/);
    expect(text).not.toMatch(/待核实|VERIFIED/);
  });
});

describe.each(RECEIPTS)('the bytes of %s', (_name, receipt) => {
  it.each(WIDTHS)('are all understood by a plain Chinese printer of %d columns', (columns) => {
    const { events, printWidth } = decoded(receipt, columns);
    expect(printWidth).toBe(columns * 12);
    expect(events).toEqual([
      { type: 'init' },
      { type: 'qr', data: receipt.tender === 'wechat' ? receipt.outTradeNo : receipt.saleNumber },
      { type: 'cut' },
    ]);
  });

  it.each(WIDTHS)('say on %d columns what the screen shows', (columns) => {
    const squeezed = (text: string) => text.replace(/[\s-]/g, '');
    expect(squeezed(svgText(receiptSvg(receipt, { columns })))).toBe(squeezed(linesOf(receipt, columns).join('')));
  });
});

it('leaves alone what an ordinary printer needs, or garbles', () => {
  const bytes = Buffer.from(encodeReceipt(aReceipt({ ...SIMULATED }), { columns: 32 }));
  expect(bytes.indexOf('\x1da')).toBe(-1); // Its automatic status.
  expect(bytes.indexOf('\x1c.')).toBe(-1); // Its Chinese mode.
  expect(bytes.indexOf('\x1cC')).toBe(-1); // A Japanese code page.
  expect(bytes.indexOf('\x1b\x74')).toBe(-1); // A code page at all.
});

it('switches to Chinese once, before the first character', () => {
  const bytes = Buffer.from(encodeReceipt(aReceipt(), { columns: 32 }));
  expect(bytes.subarray(0, 4).toString('latin1')).toBe('\x1b@\x1c&');
  expect(bytes.indexOf('\x1c&', 4)).toBe(-1);
});

it('prints the yen sign that GB18030 has in two bytes', () => {
  const bytes = Buffer.from(encodeReceipt(aReceipt(), { columns: 32 }));
  expect(bytes.indexOf(iconv.encode('￥', 'gb18030'))).toBeGreaterThan(0);
  expect(iconv.encode('￥', 'gb18030')).toEqual(Buffer.from([0xa3, 0xa4]));
});

describe('a receipt on screen', () => {
  it.each(WIDTHS)('is black on white paper as wide as the real one, %d columns', (columns) => {
    const svg = receiptSvg(aReceipt(), { columns });
    const [, width, height] = /^<svg width="(\d+)px" height="(\d+)px"/.exec(svg) ?? [];
    expect(Number(width)).toBe(columns * 12 + 48);
    expect(svg).toContain(`<rect x="-24" y="-24" width="${width}" height="${height}" fill="#fff"/>`);
  });

  it.each(WIDTHS)('has a QR code that reads as the order number, %d columns', (columns) => {
    expect(qrOnScreen(receiptSvg(aReceipt(), { columns }))).toBe('0001-01-000042-12k7q');
  });

  it('is the same text each time, with ids of its own', () => {
    const [original, copy] = [aReceipt({ ...SIMULATED }), aReceipt({ ...SIMULATED, copy: 1 })];
    expect(receiptSvg(original, { columns: 32 })).toBe(receiptSvg(original, { columns: 32 }));
    expect(receiptSvg(original, { columns: 32 })).toContain('id="receipt-0001-01-000042-0"');
    expect(receiptSvg(copy, { columns: 32 })).toContain('url(#receipt-0001-01-000042-1)');
  });

  it('brings no script, style or link, even when the shop is called one', () => {
    const storeName = '<script>alert(1)</script>&<a href="x">';
    const svg = receiptSvg(aReceipt({ shop: { storeName } }), { columns: 48 });
    expect(svg).not.toMatch(/<(script|a|style|image|foreignObject)\b/);
    expect(svgText(svg)).toContain(storeName);
  });
});

it('refuses a width that no paper has', () => {
  expect(() => encodeReceipt(aReceipt(), { columns: 20 })).toThrow(/32 to 64 columns/);
});

function decoded(receipt: Receipt, columns: number) {
  return decodeEscpos(encodeReceipt(receipt, { columns }));
}

function linesOf(receipt: Receipt, columns: number): readonly string[] {
  return decoded(receipt, columns).lines;
}

function svgText(svg: string): string {
  const entities: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&amp;': '&', '&#xa0;': ' ' };
  const text = [...svg.matchAll(/<tspan[^>]*>([^<]*)<\/tspan>/g)].map(([, character = '']) => character).join('');
  return text.replace(/&[^;]+;/g, (entity) => entities[entity] ?? '?');
}

/** Draws the QR code's path, squares of one module, and reads it. */
function qrOnScreen(svg: string): string | undefined {
  const [, path = ''] = /<path d="([^"]+)" stroke="transparent"/.exec(svg) ?? [];
  const squares = [...path.matchAll(/M(\d+),(\d+)l(\d+),0/g)].map(([, x, y, size]) => [
    Number(x),
    Number(y),
    Number(size),
  ]);
  const quiet = 20;
  const side = Math.max(...squares.map(([x = 0, , size = 0]) => x + size)) + 2 * quiet;
  const pixels = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const [x = 0, top = 0, size = 0] of squares) {
    for (let y = top; y < top + size; y++) {
      for (let dx = 0; dx < size; dx++)
        pixels.fill(0, ((y + quiet) * side + x + dx + quiet) * 4, ((y + quiet) * side + x + dx + quiet) * 4 + 3);
    }
  }
  return jsQR.default(pixels, side, side)?.data;
}
