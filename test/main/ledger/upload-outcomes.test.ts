import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { JournalDraft } from '../../../src/core/journal.ts';
import { fen } from '../../../src/core/money.ts';
import { DEFAULT_REFUND_TIMINGS } from '../../../src/core/refund.ts';
import { uploadBody } from '../../../src/core/upload-body.ts';
import { type Ledger, openLedgerReadOnly, rebuildLedger } from '../../../src/main/ledger/open-ledger.ts';
import { verifyLedger } from '../../../src/main/ledger/verify.ts';
import { aLedger, aSubmittedPayment, MORNING, paid, temporaryFolder } from '../../fixtures/ledger.ts';

const decision = { manager: '王店长', why: '商品有问题' };
const OUT_REFUND_NO = '0001-01-000001-1test-r1test';

let folder: ReturnType<typeof temporaryFolder>;
let ledger: Ledger;
beforeEach(() => {
  folder = temporaryFolder();
  let now = MORNING;
  ledger = aLedger(folder.path, () => now++);
  ledger.append({ kind: 'upload.started', subject: '01', payload: { host: 'office.example' } });
});
afterEach(() => {
  ledger.close();
  folder.remove();
});

/** What the back office would be told of this report. */
function told(id: string): Record<string, unknown> {
  const upload = ledger.upload(id);
  if (upload === undefined) throw new Error(`Nothing is owed under ${id}`);
  const source = {
    storeId: '0001',
    terminalId: '01',
    sale: ledger.sale(upload.lane),
    rows: ledger.about(upload.subject),
  };
  return JSON.parse(uploadBody(upload, source));
}

const events = (): string[] => {
  const owed: string[] = [];
  // A report of a sale comes into view when the one before it has arrived.
  for (let [upload] = ledger.uploadsNext(1); upload; [upload] = ledger.uploadsNext(1)) {
    owed.push(upload.event);
    const answer = { verdict: 'DELIVERED', status: 204 } as const;
    ledger.append({ kind: 'upload.answered', subject: upload.id, payload: { answer, waitMs: 0 } });
  }
  return owed;
};

function booksAreWhole(): void {
  const problems = () => {
    const db = openLedgerReadOnly(folder.path);
    try {
      return verifyLedger(db).problems;
    } finally {
      db.close();
    }
  };
  expect(problems()).toEqual([]);
  ledger.close();
  rebuildLedger(folder.path);
  expect(problems()).toEqual([]);
  ledger = aLedger(folder.path);
}

const requested: JournalDraft = {
  kind: 'refund.requested',
  subject: 'refund-1',
  payload: {
    saleId: 'sale-1',
    paymentId: 'payment-1',
    outTradeNo: '0001-01-000001-1test',
    outRefundNo: OUT_REFUND_NO,
    totalFen: fen(1230),
    refundFen: fen(500),
    gateway: 'simulator',
    takesBack: false,
    decision,
    timings: DEFAULT_REFUND_TIMINGS,
  },
};
const accepted: JournalDraft = {
  kind: 'refund.answered',
  subject: 'refund-1',
  payload: {
    answer: {
      verdict: 'ACCEPTED',
      refund: { refundId: 'wx-1', transactionId: '4200', refundFen: fen(500), cashFen: fen(500), couponFen: fen(0) },
    },
  },
};
const arrived: JournalDraft = {
  kind: 'refund.queried',
  subject: 'refund-1',
  payload: {
    answer: {
      verdict: 'FOUND',
      found: {
        transactionId: '4200000000202601020000000001',
        outTradeNo: '0001-01-000001-1test',
        totalFen: fen(1230),
        totalCount: undefined,
        refunds: [
          {
            outRefundNo: OUT_REFUND_NO,
            refundId: 'wx-1',
            state: 'SUCCESS',
            refundFen: fen(500),
            receivedBy: '招商银行信用卡8915',
            succeededAt: '2026-01-02 10:06:00',
          },
        ],
      },
    },
  },
};

describe('a refund', () => {
  it('is reported when the customer has the money, after its sale, and without their card', () => {
    ledger.append(...aSubmittedPayment(1), paid(1), requested, accepted);
    expect(ledger.uploadDesk()?.waiting).toBe(1);
    ledger.append(arrived);
    const report = told('refund.done:refund-1');
    expect(report).toMatchObject({
      event: 'refund.done',
      sale: { number: '0001-01-000001' },
      refund: { id: 'refund-1', paymentId: 'payment-1', refundFen: 500, refundId: 'wx-1', state: 'refunded', decision },
    });
    expect(JSON.stringify(report)).not.toContain('8915');
    booksAreWhole();
    expect(events()).toEqual(['payment.paid', 'refund.done']);
  });

  it('out of the drawer is reported at once', () => {
    ledger.append(...aSubmittedPayment(1), paid(1), {
      kind: 'cash.refunded',
      subject: 'back-1',
      payload: { saleId: 'sale-1', amountFen: fen(500), decision },
    });
    expect(told('cash.refunded:back-1')).toMatchObject({
      cash: { id: 'back-1', saleId: 'sale-1', amountFen: 500, decision },
    });
    booksAreWhole();
    expect(events()).toEqual(['payment.paid', 'cash.refunded']);
  });
});

describe('a payment on the store’s static code', () => {
  const accept: JournalDraft[] = [
    ...aSubmittedPayment(1).slice(0, 1),
    {
      kind: 'static.accepted',
      subject: 'static-1',
      payload: { saleId: 'sale-1', amountFen: fen(1230), gateway: 'simulator', approval: decision },
    },
  ];

  it('is not reported on a manager’s word alone, and as soon as it is proven', () => {
    ledger.append(...accept);
    expect(ledger.uploadDesk()?.waiting).toBe(0);
    const proof = { transactionId: '4200000000202601020000000009', outTradeNo: 'x', paidAt: MORNING };
    ledger.append({ kind: 'static.proven', subject: 'static-1', payload: { saleId: 'sale-1', proof } });
    expect(told('static.proven:static-1')).toMatchObject({
      staticPayment: {
        amountFen: 1230,
        approval: decision,
        state: 'proven',
        proof: { transactionId: proof.transactionId },
      },
    });
    booksAreWhole();
    expect(events()).toEqual(['static.proven']);
  });

  it('is reported when it is disproven, with the cause', () => {
    const cause = { by: 'manager', decision } as const;
    ledger.append(...accept, { kind: 'static.disproven', subject: 'static-1', payload: { saleId: 'sale-1', cause } });
    expect(told('static.disproven:static-1')).toMatchObject({ staticPayment: { state: 'disproven', cause } });
    booksAreWhole();
  });
});

describe('a shift', () => {
  it('is reported when it is closed, with its number, its totals and the count', () => {
    const none = { count: 0, amountFen: fen(0) };
    const refunds = { wechatRefunds: none, cashRefunds: none };
    const totals = { wechat: none, cash: none, staticCode: none, toVerify: none, ...refunds };
    const closing = { by: '小王', ...totals, couponFen: fen(0), expectedFen: fen(50_000), countedFen: fen(50_000) };
    ledger.append(
      { kind: 'shift.opened', subject: 'shift-1', payload: { number: 1, floatFen: fen(50_000), by: '小王' } },
      { kind: 'shift.counted', subject: 'shift-1', payload: { countedFen: fen(50_000), by: '小王' } },
      { kind: 'shift.closed', subject: 'shift-1', payload: { ...closing, owed: none } },
    );
    const report = told('shift.closed:shift-1');
    expect(report).toMatchObject({
      shift: { id: 'shift-1', number: 1, floatFen: 50_000, countedFen: 50_000, by: '小王' },
    });
    expect(report).not.toHaveProperty('sale');
    booksAreWhole();
    expect(events()).toEqual(['shift.closed']);
  });
});
