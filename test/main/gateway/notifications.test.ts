import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JournalDraft } from '../../../src/core/journal.ts';
import { fen } from '../../../src/core/money.ts';
import { DEFAULT_REFUND_TIMINGS } from '../../../src/core/refund.ts';
import { openNotifications } from '../../../src/main/gateway/notifications.ts';
import { hearNotification } from '../../../src/main/gateway/wechat-v2/notifications/hear.ts';
import { encryptReqInfo } from '../../../src/main/gateway/wechat-v2/wire/req-info.ts';
import { buildXml, parseXml } from '../../../src/main/gateway/wechat-v2/wire/xml.ts';
import type { Ledger } from '../../../src/main/ledger/open-ledger.ts';
import { aLedger, aSubmittedPayment, temporaryFolder } from '../../fixtures/ledger.ts';
import { MERCHANT, paidFields, signed, xml } from './wechat-v2/support/replies.ts';

/* What follows from a notification: a real ledger and a real port, and somebody who is to hurry. */

let folder: ReturnType<typeof temporaryFolder>;
let ledger: Ledger;
let closeServer: () => Promise<void>;
let hurried: string[];
/** Thrown by whoever is to hurry, while it is there. */
let trouble: Error | undefined;
let port: number;

beforeEach(async () => {
  folder = temporaryFolder();
  ledger = aLedger(folder.path);
  ledger.append(...aSubmittedPayment(), REQUESTED);
  hurried = [];
  trouble = undefined;
  const { close } = await openNotifications({
    settings: { port: 0, host: '127.0.0.1' },
    gateway: { hear: (body, known) => hearNotification(body, MERCHANT, known) },
    ledger,
    hurry: { payment: hurry, refund: hurry },
    log: (event, fields) => {
      if (event === 'notifications') port = Number(fields?.port);
    },
  });
  closeServer = close;
});
afterEach(async () => {
  await closeServer();
  ledger.close();
  folder.remove();
});

function hurry(whom: string): void {
  if (trouble) throw trouble;
  hurried.push(whom);
}

async function tell(body: string): Promise<string | undefined> {
  const response = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body });
  return parseXml(await response.text()).return_code;
}

const OUT_TRADE_NO = '0001-01-000001-1test';
const REQUESTED: JournalDraft = {
  kind: 'refund.requested',
  subject: 'refund-1',
  payload: {
    ...{ saleId: 'sale-1', paymentId: 'payment-1', outTradeNo: OUT_TRADE_NO, outRefundNo: 'R-1' },
    ...{ totalFen: fen(1230), refundFen: fen(230), gateway: 'simulator', takesBack: false },
    ...{ decision: { manager: '王店长', why: '退货' }, timings: DEFAULT_REFUND_TIMINGS },
  },
};
const PAID = xml(signed(paidFields({ out_trade_no: OUT_TRADE_NO })));

function refunded(status: string): string {
  const refund = {
    out_trade_no: OUT_TRADE_NO,
    transaction_id: '4200000000202601020000000001',
    out_refund_no: 'R-1',
    refund_id: '50300000002026010200000000001',
    total_fee: '1230',
    refund_fee: '230',
    refund_status: status,
  };
  const { appId: appid, mchId: mch_id, apiKey } = MERCHANT;
  const req_info = encryptReqInfo(buildXml(refund, 'root'), apiKey);
  return buildXml({ return_code: 'SUCCESS', appid, mch_id, nonce_str: 'n0nce', req_info });
}

describe('news', () => {
  it('of a payment hurries that payment, and of a refund that refund', async () => {
    expect(await tell(PAID)).toBe('SUCCESS');
    expect(await tell(refunded('SUCCESS'))).toBe('SUCCESS');
    expect(hurried).toEqual(['payment-1', 'refund-1']);
  });

  it('that is old is confirmed and hurries nobody', async () => {
    for (const body of [PAID, PAID, refunded('CHANGE'), PAID, refunded('CHANGE'), refunded('SUCCESS')]) {
      expect(await tell(body)).toBe('SUCCESS');
    }
    expect(hurried).toEqual(['payment-1', 'refund-1', 'refund-1']);
  });

  it('that could not be acted on is not confirmed, and is news when it comes again', async () => {
    trouble = new Error('The books are closed');
    expect(await tell(PAID)).toBe('FAIL');
    trouble = undefined;
    expect(await tell(PAID)).toBe('SUCCESS');
    expect(hurried).toEqual(['payment-1']);
  });

  it('of an order that stands in no book is refused, and writes nothing into it', async () => {
    const rows = ledger.payment('payment-1');
    expect(await tell(xml(signed(paidFields({ out_trade_no: 'another' }))))).toBe('FAIL');
    expect(await tell(PAID)).toBe('SUCCESS');
    expect(ledger.payment('payment-1')).toEqual(rows);
    expect(ledger.paymentByNumber(OUT_TRADE_NO)).toEqual(rows);
    expect(ledger.paymentByNumber('another')).toBeUndefined();
  });
});
