import { describe, expect, it } from 'vitest';
import { type Counter, openCounter, someCode } from '../support/counter.ts';

const DAY_MS = 86_400_000;

function paidOrder(options = {}): Counter {
  const counter = openCounter(options);
  counter.pay('T0000001', someCode());
  counter.pass(15_000);
  return counter;
}

describe('a reversal', () => {
  it('of a paid order gives the money back', () => {
    const counter = paidOrder();
    expect(counter.reverse('T0000001')).toMatchObject({ result_code: 'SUCCESS', recall: 'N' });
    expect(counter.query('T0000001')?.trade_state).toBe('REVOKED');
    expect(counter.ledger.books()).toMatchObject({ reversed: 1, chargedFen: 888, returnedFen: 888, netFen: 0 });
  });

  it('again gives nothing back a second time', () => {
    const counter = paidOrder();
    counter.reverse('T0000001');
    expect(counter.reverse('T0000001')).toMatchObject({ result_code: 'SUCCESS', recall: 'N' });
    expect(counter.ledger.books().returnedFen).toBe(888);
  });

  it('by transaction_id alone works too', () => {
    const counter = openCounter();
    const { transaction_id = '' } = counter.pay('T0000001', someCode()) ?? {};
    counter.pass(15_000);
    expect(counter.ask('/secapi/pay/reverse', { transaction_id })).toMatchObject({ result_code: 'SUCCESS' });
    expect(counter.ledger.books().netFen).toBe(0);
  });

  it('of an order nobody knows succeeds, and bars nothing', () => {
    const counter = openCounter();
    expect(counter.reverse('T0000001')).toMatchObject({ result_code: 'SUCCESS', recall: 'N' });
    expect(counter.pay('T0000001', someCode())?.result_code).toBe('SUCCESS');
  });

  it('bars the number of an unpaid order for ever', () => {
    const counter = openCounter();
    counter.pay('T0000001', '100003000000000001');
    counter.pass(15_000);
    counter.reverse('T0000001');
    counter.pass(60_000);
    expect(counter.query('T0000001')?.trade_state).toBe('REVOKED');
    expect(counter.ledger.books().chargedFen).toBe(0);
  });
});

describe('a reversal while the password box is open', () => {
  it('is refused with USERPAYING, to be called again', () => {
    const counter = openCounter({ delays: { walkAwayMs: 30_000 } });
    counter.pay('T0000001', '100004000000000001');
    counter.pass(29_999);
    expect(counter.reverse('T0000001')).toMatchObject({ result_code: 'FAIL', err_code: 'USERPAYING', recall: 'Y' });
    counter.pass(1);
    expect(counter.reverse('T0000001')).toMatchObject({ result_code: 'SUCCESS', recall: 'N' });
  });

  it('finds the money of a customer who confirms in that moment, and gives it back', () => {
    const counter = openCounter();
    counter.pay('T0000001', '100005000000000001');
    counter.pass(45_000);
    expect(counter.query('T0000001')?.trade_state).toBe('USERPAYING');
    expect(counter.reverse('T0000001')).toMatchObject({ result_code: 'SUCCESS', recall: 'N' });
    expect(counter.ledger.books()).toMatchObject({ chargedFen: 888, returnedFen: 888 });
  });
});

describe('a reversal at the wrong time', () => {
  it('is noted when it comes sooner than 15 s after the pay call, and done all the same', () => {
    const counter = openCounter();
    counter.pay('T0000001', someCode());
    counter.pass(14_000);
    expect(counter.reverse('T0000001')?.result_code).toBe('SUCCESS');
    expect(counter.service.violations()).toMatchObject([{ kind: 'EARLY_REVERSE', outTradeNo: 'T0000001' }]);
  });

  it('is refused as well when the simulator is asked to', () => {
    const counter = openCounter({ earlyReverse: 'refuse' });
    counter.pay('T0000001', someCode());
    expect(counter.reverse('T0000001')).toMatchObject({ result_code: 'FAIL', err_code: 'SYSTEMERROR', recall: 'Y' });
    expect(counter.ledger.books().returnedFen).toBe(0);
    counter.pass(15_000);
    expect(counter.reverse('T0000001')?.result_code).toBe('SUCCESS');
  });

  it('forgives what a line and two clocks may differ by', () => {
    const counter = openCounter({ earlyReverse: 'refuse' });
    counter.pay('T0000001', someCode());
    counter.pass(14_900);
    expect(counter.reverse('T0000001')?.result_code).toBe('SUCCESS');
    expect(counter.service.violations()).toEqual([]);
  });

  it('is REVERSE_EXPIRE more than seven days later', () => {
    const counter = openCounter();
    counter.pay('T0000001', someCode());
    counter.pass(7 * DAY_MS + 1);
    expect(counter.reverse('T0000001')).toMatchObject({ err_code: 'REVERSE_EXPIRE', recall: 'N' });
    expect(counter.ledger.books().netFen).toBe(888);
  });
});
