import { describe, expect, it } from 'vitest';
import { fen } from '../../../src/core/money.ts';
import { paySlip } from '../../../src/core/pay-slip.ts';
import { DEFAULT_TIMINGS, submit } from '../../../src/core/payment.ts';
import { transition } from '../../../src/core/payment-transition.ts';
import { encodeReceipt } from '../../../src/devices/printer/encode-receipt.ts';
import { decodeEscpos } from '../../fixtures/escpos-decoder.ts';
import { MORNING } from '../../fixtures/ledger.ts';

const CODE = 'weixin://wxpay/bizpayurl?pr=AbCd123';
const SHOP = { storeName: '街角小店', storeId: '0001', terminalId: '01' };
const SALE = { id: 's', number: '0001-01-000001', amountFen: fen(1_230), openedAt: MORNING, state: 'open' } as const;

describe('a QR code on paper', () => {
  const identity = { id: 'p', saleId: 's', outTradeNo: 'o', amountFen: fen(1_230), gateway: 'simulator' } as const;
  const submitted = submit({ ...identity, method: 'native', submittedAt: MORNING, timings: DEFAULT_TIMINGS });

  it.each([32, 48])('says on %d columns that it is not paid, and carries the code whole', (columns) => {
    const answer = { verdict: 'PLACED', placed: { prepayId: 'wx1', codeUrl: CODE } } as const;
    const slip = paySlip(SHOP, SALE, transition(submitted, { type: 'placed', answer }, MORNING));
    expect(slip).toBeDefined();
    if (slip === undefined) return;
    const paper = decodeEscpos(encodeReceipt(slip, { columns }));
    expect(paper.events).toContainEqual({ type: 'qr', data: CODE });
    const text = paper.lines.join('\n');
    for (const part of ['未付款', 'NOT YET PAID', '￥12.30', '0001-01-000001', '不是真钱'])
      expect(text).toContain(part);
    expect(text).not.toContain('收款凭证');
  });

  it('is none before there is a code, and none when it is paid', () => {
    expect(paySlip(SHOP, SALE, submitted)).toBeUndefined();
  });
});
