import { describe, expect, it } from 'vitest';
import { fen } from '../../../src/core/money.ts';
import { memoryStore } from '../../../src/simulator/ledger/event-file.ts';
import type { Opening } from '../../../src/simulator/ledger/events.ts';
import { createLedger } from '../../../src/simulator/ledger/ledger.ts';
import { MORNING } from '../support/counter.ts';

function opening(outTradeNo: string, plan: Partial<Opening['plan']> = {}): Opening {
  return {
    outTradeNo,
    askedAt: MORNING,
    transactionId: `tx-${outTradeNo}`,
    amountFen: fen(100),
    couponFen: fen(0),
    codeHash: `hash-${outTradeNo}`,
    requestHash: '',
    scenario: 'pays',
    openid: 'o',
    bankType: 'OTHERS',
    deviceInfo: '',
    attach: null,
    body: 'x',
    plan: { act: { kind: 'pays' }, at: MORNING, paysOnReverse: false, ...plan },
  };
}

describe('the ledger', () => {
  it('dates what a customer did by when it was done, not by when somebody looked', () => {
    const ledger = createLedger(memoryStore());
    ledger.open(opening('T1', { at: MORNING + 6_000 }), MORNING);
    ledger.settle(MORNING + 3_600_000);
    expect(ledger.find({ outTradeNo: 'T1' })).toMatchObject({ state: 'SUCCESS', paidAt: MORNING + 6_000 });
  });

  it('will not charge an order twice, whoever asks', () => {
    const ledger = createLedger(memoryStore());
    ledger.open(opening('T1'), MORNING);
    expect(() => ledger.charge('T1', MORNING)).toThrow(/T1 is SUCCESS/);
  });

  it('will not charge an order that was taken back', () => {
    const ledger = createLedger(memoryStore());
    ledger.open(opening('T1', { at: MORNING + 6_000 }), MORNING);
    ledger.reverse('T1', MORNING);
    ledger.settle(MORNING + 60_000);
    expect(ledger.find({ outTradeNo: 'T1' })).toMatchObject({ state: 'REVOKED', charges: 0, returnedFen: 0 });
    expect(() => ledger.charge('T1', MORNING)).toThrow(/T1 is REVOKED/);
  });

  it('counts to the fen', () => {
    const ledger = createLedger(memoryStore());
    ledger.open(opening('T1'), MORNING);
    ledger.open(opening('T2'), MORNING);
    ledger.open(opening('T3', { act: { kind: 'leaves' } }), MORNING);
    ledger.reverse('T2', MORNING);
    ledger.reverse('T3', MORNING);
    expect(ledger.books()).toEqual({
      orders: 3,
      paid: 1,
      reversed: 2,
      chargedFen: 200,
      returnedFen: 100,
      paidOutFen: 0,
      payoutFeesFen: 0,
      refundedFen: 0,
      netFen: 100,
    });
  });

  it('numbers transactions with 28 digits that hold the Beijing day', () => {
    const ledger = createLedger(memoryStore());
    const justAfterMidnight = Date.UTC(2026, 0, 1, 16, 0, 1);
    expect(ledger.nextTransactionId(justAfterMidnight)).toBe('4200000000202601020000000001');
  });
});
