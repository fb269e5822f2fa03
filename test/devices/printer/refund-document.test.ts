import { describe, expect, it } from 'vitest';
import { encodeReceipt, receiptSvg } from '../../../src/devices/printer/encode-receipt.ts';
import { columnsOf } from '../../../src/devices/printer/printable-text.ts';
import { decodeEscpos } from '../../fixtures/escpos-decoder.ts';
import { aRefundReceipt } from './a-receipt.ts';

const linesOf = (receipt: ReturnType<typeof aRefundReceipt>, columns: number) =>
  decodeEscpos(Buffer.from(encodeReceipt(receipt, { columns }))).lines;
const textOf = (receipt: ReturnType<typeof aRefundReceipt>, columns = 48) => linesOf(receipt, columns).join('\n');

describe('the paper about a refund', () => {
  it('says how much went back, of what, where to, why, and who approved it', () => {
    const text = textOf(
      aRefundReceipt({ refundId: '50300000002026010200000000001', receivedBy: '招商银行信用卡8915' }),
    );
    for (const part of ['退款凭证 REFUND RECEIPT', '￥5.00', '￥12.30', '王店长', '商品有问题', '招商银行信用卡8915']) {
      expect(text).toContain(part);
    }
    expect(text).toContain('50300000002026010200000000001');
    expect(text).not.toContain('尚未退款');
  });

  it('that is only a request says so, and nowhere that the money has gone', () => {
    const text = textOf(aRefundReceipt({ done: false }));
    expect(text).toContain('尚未退款 NOT YET REFUNDED');
    expect(text).toContain('退款申请 REFUND REQUEST');
    for (const claim of ['退款凭证 REFUND RECEIPT', '已原路退回', '退款时间']) expect(text).not.toContain(claim);
  });

  it('for cash says that it was handed back', () => {
    const { outRefundNo: _, ...cash } = aRefundReceipt({ tender: 'cash' });
    expect(textOf(cash)).toContain('现金已当面退还');
  });

  it('of the simulator says twice that no money moved', () => {
    expect(textOf(aRefundReceipt({ simulated: true })).match(/SIMULATED, NO MONEY MOVED/g)).toHaveLength(2);
  });

  it.each([32, 48])('keeps to %i columns, whatever somebody typed', (columns) => {
    for (const done of [true, false]) {
      const why = '{command:kick}|" '.repeat(11);
      const lines = linesOf(
        aRefundReceipt({ done, why, manager: '字'.repeat(32), receivedBy: '某'.repeat(40) }),
        columns,
      );
      expect(lines.filter((line) => columnsOf(line) > columns)).toEqual([]);
    }
  });

  it('has ids of its own on the screen, beside the slip and the receipt of the same sale', () => {
    const idsOf = (svg: string) => new Set(svg.match(/receipt-[0-9a-zA-Z-]+/g));
    const [slip, receipt] = [false, true].map((done) => idsOf(receiptSvg(aRefundReceipt({ done }), { columns: 48 })));
    expect(slip).not.toEqual(receipt);
  });
});
