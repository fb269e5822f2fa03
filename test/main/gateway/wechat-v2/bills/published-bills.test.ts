import { describe, expect, it } from 'vitest';
import { readBill } from '../../../../../src/main/gateway/wechat-v2/bills/read-bill.ts';
import published from '../../../../fixtures/wechat-v2-published.json' with { type: 'json' };
import { inPieces, readAll } from '../support/bill-samples.ts';

describe('a published bill', () => {
  it.each(published.bills)('is read to what its publisher reads: $id', async ({ text, row, totals, error }) => {
    const bill = readBill(inPieces(text, 100));
    const read = await readAll(bill);
    expect(read.rows[0]).toMatchObject(row);
    expect(read.error?.reason.code).toBe(error);
    if (totals) expect(bill.totals).toMatchObject(totals);
  });

  /** Most are published with one row and the totals of the whole day. */
  it.each(published.bills.filter(({ error }) => error))(
    'adds up once its totals are its row’s: $id',
    async (sample) => {
      const lines = sample.text.trimEnd().split(/\r?\n/);
      const [header = '', row = ''] = lines;
      const cell = (name: string) => row.slice(1).split(',`')[header.split(',').indexOf(name)] ?? '0.00';
      const amounts = ['应结订单金额', '退款金额', '充值券退款金额', '手续费', '订单金额', '申请退款金额'].map(cell);
      const own = [...lines.slice(0, -1), `\`1,\`${amounts.join(',`')}`].join('\n');
      const bill = readBill(inPieces(own, 100));
      expect(await readAll(bill)).toMatchObject({ rows: [sample.row], error: undefined });
      expect(bill.totals?.rows).toBe(1);
    },
  );
});
