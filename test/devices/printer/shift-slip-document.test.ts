import { describe, expect, it } from 'vitest';
import { fen } from '../../../src/core/money.ts';
import type { ShiftSlip } from '../../../src/core/shift-slip.ts';
import { encodeReceipt, receiptSvg } from '../../../src/devices/printer/encode-receipt.ts';
import { decodeEscpos } from '../../fixtures/escpos-decoder.ts';

const NOTHING = { count: 0, amountFen: fen(0) };
const OPENED_AT = Date.UTC(2026, 0, 2, 0, 58);

function aSlip(more: Partial<ShiftSlip> = {}): ShiftSlip {
  return {
    slip: 'shift',
    report: 'Z',
    shop: { storeName: '天虹便利店', storeId: '0001', terminalId: '01' },
    simulated: false,
    number: '0001-01-Z0042',
    openedAt: OPENED_AT,
    openedBy: '小王',
    at: OPENED_AT + 8 * 3_600_000,
    closedBy: '小李',
    wechat: { count: 128, amountFen: fen(999_999_999) },
    couponFen: fen(0),
    staticCode: NOTHING,
    cash: { count: 12, amountFen: fen(23_450) },
    wechatRefunds: NOTHING,
    cashRefunds: NOTHING,
    floatFen: fen(50_000),
    cashInFen: fen(5_000),
    cashOutFen: fen(20_000),
    drawer: { expectedFen: fen(58_450), countedFen: fen(57_950), why: '少找了五元' },
    owed: NOTHING,
    toVerify: NOTHING,
    copy: 0,
    ...more,
  };
}

const printed = (slip: ShiftSlip, columns: number) =>
  decodeEscpos(Buffer.from(encodeReceipt(slip, { columns }))).lines.join('\n');

describe.each([32, 48])('a Z report on paper of %d columns', (columns) => {
  it('says all that was signed, each sum whole', () => {
    const paper = printed(aSlip(), columns);
    for (const part of ['0001-01-Z0042', '小王', '小李', '2026-01-02 08:58:00', '2026-01-02 16:58:00']) {
      expect(paper).toContain(part);
    }
    for (const sum of ['￥9,999,999.99', '￥234.50', '￥10,000,234.49', '￥500.00', '￥584.50', '￥579.50']) {
      expect(paper).toContain(sum);
    }
    expect(paper).toMatch(/差额 Difference +-￥5\.00/);
    expect(paper).toContain('少找了五元');
    expect(paper).not.toMatch(/REPRINT|SIMULATED|未结清|待核实|退款|实收|静态码/);
  });

  it('tells the static code apart, what went back, and what is left', () => {
    const paper = printed(
      aSlip({
        wechat: { count: 3, amountFen: fen(10_000) },
        staticCode: { count: 1, amountFen: fen(2_000) },
        wechatRefunds: { count: 2, amountFen: fen(1_500) },
        cashRefunds: { count: 1, amountFen: fen(450) },
      }),
      columns,
    );
    expect(paper).toMatch(/静态码 Static code \(1\) +￥20\.00/);
    expect(paper).toMatch(/合计 TOTAL \(16\) +￥354\.50/);
    expect(paper).toMatch(/微信退款 Refunds \(2\) +-￥15\.00/);
    expect(paper.match(/现金退款 Refunds.* -￥4\.50/g)).toHaveLength(2);
    expect(paper).toMatch(/实收 NET +￥335\.00/);
  });

  it('says what is in no total, what is a copy, and what was only played', () => {
    const paper = printed(
      aSlip({
        owed: { count: 2, amountFen: fen(2_460) },
        toVerify: { count: 1, amountFen: fen(800) },
        copy: 1,
        simulated: true,
      }),
      columns,
    );
    for (const part of ['未结清', '￥24.60', '待核实', '￥8.00', 'REPRINT 1', 'SIMULATED'])
      expect(paper).toContain(part);
  });

  it('says too much as plainly as too little', () => {
    const drawer = { expectedFen: fen(100), countedFen: fen(600) };
    expect(printed(aSlip({ drawer }), columns)).toContain('+￥5.00');
  });
});

describe('an X report', () => {
  it('does not tell what the drawer should hold', () => {
    const { drawer: _drawer, closedBy: _closedBy, ...open } = aSlip({ report: 'X' });
    const paper = printed(open, 48);
    expect(paper).toContain('X REPORT');
    expect(paper).not.toMatch(/应有|实点|差额/);
  });
});

describe('on the screen', () => {
  it('a report is a sheet like any receipt', () => {
    expect(receiptSvg(aSlip(), { columns: 48 })).toMatch(/^<svg [^>]*>[\s\S]*receipt-0001-01-Z0042-0/);
  });
});
