import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { BillRow } from '../../../../../src/core/bill.ts';
import { seededRandom, seedOf } from '../../../../../src/core/random.ts';
import { readBill, readFundFlow } from '../../../../../src/main/gateway/wechat-v2/bills/read-bill.ts';
import {
  ALL_BILL,
  ALL_LINES,
  billWith,
  FUND_FLOW,
  FUND_FLOW_LINES,
  HEADERS,
  inPieces,
  LEGACY_BILL,
  readAll,
} from '../support/bill-samples.ts';

const PAYMENT = {
  tradedAt: '2026-01-02 10:05:11',
  appId: 'wxd930ea5d5a258f4f',
  mchId: '10000100',
  subMchId: '',
  deviceInfo: 'POS-01',
  transactionId: '4200000000202601020000000001',
  outTradeNo: 'T20260102000001',
  openId: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o',
  tradeType: 'MICROPAY',
  state: 'SUCCESS',
  bankType: 'CMB_DEBIT',
  currency: 'CNY',
  settlementFen: 1230,
  couponFen: 100,
  refundAskedAt: '',
  refundedAt: '',
  refundId: '',
  outRefundNo: '',
  refundFen: 0,
  couponRefundFen: 0,
  refundType: '',
  refundState: '',
  goodsName: '苹果, 1kg',
  attach: 'shift=3',
  feeMilliFen: 7000,
  feeRate: '0.60%',
  orderFen: 1230,
  requestedRefundFen: 0,
  feeNote: '',
};

const REFUND = {
  transactionId: '4200000000202601020000000002',
  outTradeNo: 'T20260102000002',
  state: 'REFUND',
  settlementFen: 0,
  orderFen: 0,
  refundId: '50300000002026010200000000001',
  outRefundNo: 'R20260102000002',
  refundFen: 888,
  requestedRefundFen: 888,
  refundType: 'ORIGINAL',
  refundState: 'PROCESSING',
  feeMilliFen: -5000,
};

describe('a trade bill', () => {
  it('is read row by row, with every column, in fen', async () => {
    const bill = readBill(inPieces(ALL_BILL));
    const { rows, error } = await readAll(bill);
    expect(error).toBeUndefined();
    expect(rows).toHaveLength(3);
    expect(rows[0]).toEqual(PAYMENT);
    expect(rows[2]).toMatchObject(REFUND);
    expect(bill.totals).toEqual({
      rows: 3,
      settlementFen: 2118,
      refundFen: 888,
      couponRefundFen: 0,
      feeMilliFen: 7000,
      orderFen: 2118,
      requestedRefundFen: 888,
    });
    expect(bill.progress).toEqual({ bytes: Buffer.byteLength(ALL_BILL), lines: 6, rows: 3 });
  });

  it.each([1, 2, 3, 5, 64, 100_000])('reads the same whatever the pieces that it comes in: %i bytes', async (size) => {
    for (const bytes of [Buffer.from(ALL_BILL), gzipSync(ALL_BILL)]) {
      const { rows } = await readAll(readBill(inPieces(bytes, size)));
      expect(rows.map(({ goodsName }) => goodsName)).toEqual(['苹果, 1kg', '超市购物', '超市购物']);
    }
  });

  it('finds its columns by their names, wherever they stand', async () => {
    const turned = (line: string, part: string) => line.split(part).reverse().join(part);
    const lines = ALL_LINES.map((line, at) => {
      if (at === 0) return turned(line, ',');
      return at < 4 ? `\`${turned(line.slice(1), ',`')}` : line;
    });
    const { rows } = await readAll(readBill(inPieces(lines.join('\n'))));
    expect(rows[0]).toEqual(PAYMENT);
  });

  it('may come without a byte order mark, with bare line feeds, with empty lines, and without one at the end', async () => {
    const { rows, error } = await readAll(readBill(inPieces(ALL_LINES.join('\n\n'))));
    expect([rows.length, error]).toEqual([3, undefined]);
  });

  it('as of before 2018: one amount stands for two, and full-width colons in the times become plain', async () => {
    const bill = readBill(inPieces(LEGACY_BILL));
    const { rows } = await readAll(bill);
    expect(rows).toMatchObject([
      { tradedAt: '2014-11-10 16:33:45', orderFen: 1, settlementFen: 1, refundFen: 0, refundId: '', feeMilliFen: 0 },
      { refundFen: 1, requestedRefundFen: 1, refundId: '5001', outRefundNo: 'R1' },
    ]);
    expect(bill.totals).toMatchObject({ rows: 2, settlementFen: 1, refundFen: 1, orderFen: undefined });
  });

  it('of payments alone has no refunds, and of refunds alone has their times', async () => {
    const success = ALL_LINES[1].split(',`').filter((_, at) => ![14, 15, 16, 17, 18, 19, 25].includes(at));
    const payments = [
      HEADERS.success,
      success.join(',`'),
      HEADERS.totals,
      '`1,`12.30,`0.00,`0.00,`0.07000,`12.30,`0.00',
    ];
    expect((await readAll(readBill(inPieces(payments.join('\n'))))).rows).toEqual([PAYMENT]);

    const cells = ALL_LINES[3].split(',`');
    cells.splice(14, 0, '2026-01-02 11:19:00', '2026-01-02 11:21:00');
    const refunds = [HEADERS.refund, cells.join(',`'), HEADERS.totals, '`1,`0.00,`8.88,`0.00,`-0.05000,`0.00,`8.88'];
    expect((await readAll(readBill(inPieces(refunds.join('\n'))))).rows).toMatchObject([
      { ...REFUND, refundAskedAt: '2026-01-02 11:19:00', refundedAt: '2026-01-02 11:21:00' },
    ]);
  });

  it.each(['0.05000', '-0.05000'])('of refunds of top-ups: a fee given back is negative, printed %s', async (fee) => {
    const cells = ALL_LINES[3].split(',`').slice(0, -1);
    cells.splice(14, 0, '2026-01-02 11:19:00', '');
    const line = cells.join(',`').replace('-0.05000', fee);
    const bill = [HEADERS.recharge, line, HEADERS.totals, `\`1,\`0.00,\`8.88,\`0.00,\`${fee},\`0.00,\`8.88`];
    const { rows, error } = await readAll(readBill(inPieces(bill.join('\n'))));
    expect(error).toBeUndefined();
    expect(rows).toMatchObject([{ feeMilliFen: -5000, feeNote: '', refundedAt: '' }]);
  });

  it('names a provider’s sub-merchant', async () => {
    const lines = ALL_LINES.map((line) => line.replace(',`10000100,`0,', ',`10000100,`20000200,'));
    expect((await readAll(readBill(inPieces(lines.join('\n'))))).rows[0]?.subMchId).toBe('20000200');
  });
});

describe('a bill that a manager saved', () => {
  const plain = ALL_LINES.map((line) => line.replaceAll('`', '').replace('苹果, 1kg', '"苹果, 1""kg"'));

  it('as GB18030 is read as well, rare characters and all', async () => {
    const utf8 = ALL_LINES.join('\r\n').replaceAll('超市购物', '镕㐂');
    const { rows } = await readAll(readBill(inPieces(inGb18030(utf8))));
    expect(rows.map(({ goodsName }) => goodsName)).toEqual(['苹果, 1kg', '镕㐂', '镕㐂']);
    expect(rows[0]).toEqual(PAYMENT);
  });

  it('from a spreadsheet, without backticks and with quotes, is read as CSV', async () => {
    const { rows } = await readAll(readBill(inPieces(plain.join('\r\n'))));
    expect(rows[0]).toEqual({ ...PAYMENT, goodsName: '苹果, 1"kg' });
  });
});

describe('what is no whole bill', () => {
  const gzip = gzipSync(Buffer.from(ALL_BILL));
  const broken = Buffer.from(gzip);
  broken.fill(0xff, 40, 60);

  it.each([
    ['nothing at all', '', 'BILL_CUT_OFF', 0],
    ['only a byte order mark', '\ufeff', 'BILL_CUT_OFF', 0],
    ['no totals', `${ALL_LINES.slice(0, 4).join('\r\n')}\r\n`, 'BILL_CUT_OFF', 3],
    ['only the header of the totals', ALL_LINES.slice(0, 5).join('\r\n'), 'BILL_CUT_OFF', 3],
    ['cut in the middle of a row', ALL_BILL.slice(0, ALL_BILL.indexOf('PROCESSING')), 'BILL_MALFORMED', 2],
    ['a packed one cut in the middle', gzip.subarray(0, gzip.length - 60), 'BILL_CUT_OFF', undefined],
    ['a packed one cut by one byte', gzip.subarray(0, -1), 'BILL_CUT_OFF', undefined],
    ['a packed one that was damaged', broken, 'BILL_DAMAGED', undefined],
    [
      'a row more than the totals count',
      billWith({ 5: '`2,`21.18,`8.88,`0.00,`0.07000,`21.18,`8.88' }),
      'BILL_TOTALS_DIFFER',
      3,
    ],
    ['a fen missing', billWith({ 5: '`3,`21.18,`8.88,`0.00,`0.07000,`21.17,`8.88' }), 'BILL_TOTALS_DIFFER', 3],
    ['a fee’s last decimal', billWith({ 5: '`3,`21.18,`8.88,`0.00,`0.07001,`21.18,`8.88' }), 'BILL_TOTALS_DIFFER', 3],
    ['a row missing', billWith({ 2: undefined }), 'BILL_TOTALS_DIFFER', 2],
    ['a row after the totals', `${ALL_BILL}${ALL_LINES[1]}`, 'BILL_MALFORMED', 3],
    ['a header in the middle', billWith({ 2: HEADERS.all }), 'BILL_MALFORMED', 1],
    ['a cell too few', billWith({ 2: ALL_LINES[2].slice(0, -2) }), 'BILL_MALFORMED', 1],
    ['a cell too many', billWith({ 2: `${ALL_LINES[2]},\`` }), 'BILL_MALFORMED', 1],
    ['an amount that is none', billWith({ 2: ALL_LINES[2].replaceAll('8.88', '8,88') }), 'BILL_MALFORMED', 1],
    ['a part of a fen', billWith({ 2: ALL_LINES[2].replaceAll('8.88', '8.881') }), 'BILL_MALFORMED', 1],
    [
      'an amount that no number holds',
      billWith({ 2: ALL_LINES[2].replaceAll('8.88', '9'.repeat(17)) }),
      'BILL_MALFORMED',
      1,
    ],
    ['an amount in scientific notation', billWith({ 2: ALL_LINES[2].replaceAll('8.88', '8E8') }), 'BILL_MALFORMED', 1],
    ['another kind of bill', FUND_FLOW, 'BILL_MALFORMED', 0],
    ['a line without an end', `\ufeff${HEADERS.all}\n\`${'x'.repeat(70_000)}`, 'BILL_MALFORMED', 0],
    ['a thousand cells', `\ufeff${HEADERS.all}\n${'`,'.repeat(1_000)}`, 'BILL_MALFORMED', 0],
    ['UTF-16', Buffer.from(ALL_BILL, 'utf16le'), 'BILL_MALFORMED', 0],
    ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'BILL_MALFORMED', 0],
  ] as const)('%s', async (_what, bytes, code, rowsRead) => {
    const bill = readBill(inPieces(bytes, 1_000));
    const { rows, error } = await readAll(bill);
    expect(error?.reason.code).toBe(code);
    if (rowsRead !== undefined) expect(error?.progress.rows).toBe(rowsRead);
    expect(rows.length).toBeLessThanOrEqual(error?.progress.rows ?? 0);
    expect(bill.totals).toBeUndefined();
  });

  it('says what happened, what it means for the money and what to do, and how far it came', async () => {
    const { error } = await readAll(readBill(inPieces(ALL_LINES.slice(0, 3).join('\n'))));
    expect(error?.message).toMatch(/ended before its last line.*No money moved.*Download it again.*2 rows, 3 lines/);
  });

  it('never quotes what customers and merchants wrote', async () => {
    const { error } = await readAll(
      readBill(inPieces(billWith({ 2: ALL_LINES[2].replaceAll('8.88', '134567890123456789x') }))),
    );
    expect(`${error?.message} ${JSON.stringify(error)}`).not.toContain('134567890123456789');
  });

  it('a small file that unpacks without end is given up at the limit', async () => {
    const bomb = gzipSync(`\ufeff${HEADERS.all}\r\n${'\r\n'.repeat(5_000_000)}`);
    expect(bomb.length).toBeLessThan(20_000);
    const { error } = await readAll(readBill(inPieces(bomb, 1_000), { bytesMax: 1_000_000 }));
    expect(error?.reason.code).toBe('BILL_TOO_LARGE');
  });

  it('changed at random, it ends in a typed error or in rows that add up', async () => {
    const random = seededRandom(seedOf('bills'));
    const upTo = (count: number) => Math.floor(random() * count);
    let refused = 0;
    for (let round = 0; round < 500; round++) {
      const bytes = Buffer.from(round % 3 === 0 ? gzipSync(ALL_BILL) : ALL_BILL);
      for (let change = 0; change < 1 + (round % 4); change++) bytes[upTo(bytes.length)] = upTo(256);
      const bill = readBill(inPieces(random() < 0.3 ? bytes.subarray(0, upTo(bytes.length)) : bytes, 50));
      const { rows, error } = await readAll(bill);
      expect(bill.totals === undefined, `round ${round}`).toBe(error !== undefined);
      if (error) refused += 1;
      else expect([rows.length, sumOf(rows)], `round ${round}`).toEqual([bill.totals?.rows, bill.totals?.orderFen]);
    }
    expect(refused).toBeGreaterThan(200);
  });
});

describe('a bill of an account’s movements', () => {
  it('says what came in and what went out', async () => {
    const bill = readFundFlow(inPieces(FUND_FLOW));
    const { rows, error } = await readAll(bill);
    expect(error).toBeUndefined();
    expect(rows[1]).toEqual({
      bookedAt: '2026-01-02 10:05:11',
      businessNo: '4200000000202601020000000001',
      flowId: '1900009231202601020000000002',
      businessName: '扣除交易手续费',
      businessType: '扣除交易手续费',
      direction: 'out',
      amountFen: 7,
      balanceFen: 1223,
      applicant: 'system',
      note: '缺货',
      voucherNo: 'T20260102000001',
    });
    expect(bill.totals).toEqual({ rows: 2, inRows: 1, inFen: 1230, outRows: 1, outFen: 7 });
  });

  it.each([
    [
      'a row that is neither',
      billWith({ 1: FUND_FLOW_LINES[1].replace('收入', '转移') }, FUND_FLOW_LINES),
      'BILL_MALFORMED',
    ],
    ['another sum', billWith({ 4: '`2.0,`1.0,`12.30,`1.0,`0.08' }, FUND_FLOW_LINES), 'BILL_TOTALS_DIFFER'],
    ['in and out exchanged', billWith({ 4: '`2.0,`1.0,`0.07,`1.0,`12.30' }, FUND_FLOW_LINES), 'BILL_TOTALS_DIFFER'],
    ['a trade bill', ALL_BILL, 'BILL_MALFORMED'],
  ] as const)('is refused with %s', async (_what, bytes, code) => {
    expect((await readAll(readFundFlow(inPieces(bytes)))).error?.reason.code).toBe(code);
  });
});

const sumOf = (rows: readonly BillRow[]) => rows.reduce((sum, { orderFen }) => sum + orderFen, 0);

/** Made from the table of every two-byte character and of the four-byte ones near U+3402. */
function inGb18030(text: string): Buffer {
  const decoder = new TextDecoder('gb18030');
  const table = new Map<string, number[]>();
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) table.set(decoder.decode(Uint8Array.of(lead, trail)), [lead, trail]);
    for (let third = 0x81; third <= 0xfe && lead === 0x81; third++) {
      for (let fourth = 0x30; fourth <= 0x39; fourth++) {
        const bytes = [lead, 0x39, third, fourth];
        table.set(decoder.decode(Uint8Array.from(bytes)), bytes);
      }
    }
  }
  return Buffer.from(
    [...text].flatMap((character) => {
      const code = character.codePointAt(0) ?? 0;
      return code < 0x80 ? [code] : (table.get(character) ?? []);
    }),
  );
}
