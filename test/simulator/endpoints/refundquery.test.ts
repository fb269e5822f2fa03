import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openEventFile } from '../../../src/simulator/ledger/event-file.ts';
import { type Counter, isSigned, openCounter, someCode } from '../support/counter.ts';

const MINUTE_MS = 60_000;

function refunded(options = {}, refunds = 1): Counter {
  const counter = openCounter(options);
  counter.pay('T0000001', someCode());
  for (let nth = 1; nth <= refunds; nth++) {
    counter.refund('T0000001', `R${nth}`, nth);
    counter.pass(MINUTE_MS);
  }
  return counter;
}

describe('a question for refunds', () => {
  it('finds one on its way, and later done, with the time it took', () => {
    const counter = openCounter();
    counter.pay('T0000001', someCode());
    const { refund_id = '' } = counter.refund('T0000001', 'R1', 300) ?? {};
    counter.pass(59_999);
    const answer = counter.refundquery({ out_refund_no: 'R1' }) ?? {};
    expect(isSigned(answer)).toBe(true);
    expect(answer).toMatchObject({
      out_trade_no: 'T0000001',
      total_fee: '888',
      refund_count: '1',
      out_refund_no_0: 'R1',
      refund_id_0: refund_id,
      refund_fee_0: '300',
      refund_status_0: 'PROCESSING',
    });
    expect(answer).not.toHaveProperty('refund_success_time_0');
    counter.pass(1);
    expect(counter.refundquery({ refund_id })).toMatchObject({
      refund_status_0: 'SUCCESS',
      refund_success_time_0: '2026-01-02 10:01:00',
    });
  });

  it.each(['CHANGE', 'REFUNDCLOSE'] as const)('finds one that ended as %s, whose money is back in the books', (end) => {
    const counter = refunded({ refundEnd: end });
    expect(counter.refundquery({ out_refund_no: 'R1' })?.refund_status_0).toBe(end);
    expect(counter.ledger.books()).toMatchObject({ chargedFen: 888, refundedFen: 0, netFen: 888 });
    expect(counter.refund('T0000001', 'R2', 888)?.result_code).toBe('SUCCESS');
  });

  it('by the order finds all, in the sequence they were accepted', () => {
    const counter = refunded({}, 3);
    const answer = counter.refundquery({ out_trade_no: 'T0000001' });
    expect(answer).toMatchObject({
      refund_count: '3',
      out_refund_no_0: 'R1',
      out_refund_no_2: 'R3',
      refund_fee_2: '3',
    });
    expect(answer).not.toHaveProperty('total_refund_count');
  });

  it('takes the most exact of several numbers', () => {
    const counter = refunded({}, 3);
    expect(counter.refundquery({ out_trade_no: 'nobody', out_refund_no: 'R2' })).toMatchObject({
      refund_count: '1',
      out_refund_no_0: 'R2',
    });
  });

  it('of more than twenty goes by pages of ten', () => {
    const counter = refunded({}, 21);
    const out_trade_no = 'T0000001';
    expect(counter.refundquery({ out_trade_no })?.err_code).toBe('PARAM_ERROR');
    const pages = ['0', '10', '20'].map((offset) => counter.refundquery({ out_trade_no, offset }));
    expect(pages.map((page) => [page?.out_refund_no_0, page?.refund_count, page?.total_refund_count])).toEqual([
      ['R1', '10', '21'],
      ['R11', '10', '21'],
      ['R21', '1', '21'],
    ]);
    expect(counter.refundquery({ out_trade_no, offset: '21' })?.err_code).toBe('REFUNDNOTEXIST');
  });

  it.each([{ out_refund_no: 'R9' }, { refund_id: '5' }, { out_trade_no: 'T0000002' }, { transaction_id: '4' }])(
    'that nobody made (%o) is REFUNDNOTEXIST',
    (which) => {
      const counter = refunded();
      counter.pay('T0000002', someCode());
      expect(counter.refundquery(which)?.err_code).toBe('REFUNDNOTEXIST');
    },
  );

  it('without any number is refused', () => {
    expect(openCounter().refundquery({})?.err_code).toBe('PARAM_ERROR');
  });
});

describe('refunds in a file', () => {
  it('are the same after a restart, and go on to their end', () => {
    const dir = mkdtempSync(join(tmpdir(), 'saoma-simulator-'));
    onTestFinished(() => rmSync(dir, { recursive: true }));
    const open = (startAt?: number) =>
      openCounter({
        store: openEventFile(join(dir, 'ledger.jsonl')),
        ...(startAt === undefined ? {} : { startAt }),
      });
    const first = open();
    first.pay('T0000001', someCode());
    const { refund_id } = first.refund('T0000001', 'R1', 300) ?? {};
    const books = first.ledger.books();
    first.ledger.close();

    const second = open(first.now() + MINUTE_MS);
    expect(second.ledger.books()).toEqual(books);
    expect(second.refundquery({ out_refund_no: 'R1' })).toMatchObject({
      refund_id_0: refund_id,
      refund_status_0: 'SUCCESS',
    });
    expect(second.refund('T0000001', 'R2', 1)?.refund_id).not.toBe(refund_id);
    second.ledger.close();
  });
});
