import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/core/random.ts';
import { freshCode } from '../../../src/simulator/behaviour/codes.ts';
import { SCENARIOS, type Scenario, scenarioById } from '../../../src/simulator/behaviour/scenarios.ts';
import { describeError } from '../../../src/simulator/error-text.ts';
import { isSigned, openCounter, readDelivery, someCode } from '../support/counter.ts';
import { sell } from '../support/reference-till.ts';

const random = seededRandom(7);

function codeOf(id: string): string {
  return freshCode(scenario(id), random);
}

function scenario(id: string): Scenario {
  const found = scenarioById(id);
  if (!found) throw new Error(`No scenario ${id}`);
  return found;
}

describe('the list of scenarios', () => {
  it('gives each an id and a number of its own', () => {
    expect(new Set(SCENARIOS.map(({ id }) => id)).size).toBe(SCENARIOS.length);
    expect(new Set(SCENARIOS.map(({ number }) => number)).size).toBe(SCENARIOS.length);
  });

  it('is titled in both languages', () => {
    for (const { title, expect: ending } of SCENARIOS) {
      for (const text of [title, ending]) {
        expect(text.zh).toMatch(/\p{Script=Han}/u);
        expect(text.en).toMatch(/[A-Za-z]/);
      }
    }
  });

  it('has words for every error that a customer can be refused with', () => {
    for (const { behaviour } of SCENARIOS) {
      if (behaviour.customer.kind !== 'refused') continue;
      expect(describeError(behaviour.customer.errCode)).not.toBe(describeError('NO_SUCH_CODE'));
    }
  });
});

describe.each(SCENARIOS)('a right till that meets "$id"', ({ id, outcome }) => {
  it.each([1, 888, 999_999_999])(`ends ${outcome} for %i fen, and so do the books`, (amountFen) => {
    const counter = openCounter();
    expect(sell(counter, 'T0000001', codeOf(id), amountFen)).toBe(outcome);

    const books = counter.ledger.books();
    expect(books.netFen).toBe(outcome === 'unpaid' ? 0 : amountFen);
    for (const order of counter.ledger.orders()) expect(order.charges).toBeLessThanOrEqual(1);
    expect(counter.service.violations()).toEqual([]);
  });
});

describe('what the pay call is answered', () => {
  it.each([
    ['pays', 'SUCCESS'],
    ['password', 'USERPAYING'],
    ['password-cancels', 'USERPAYING'],
    ['walks-away', 'USERPAYING'],
    ['pays-late', 'USERPAYING'],
    ['pay-error', 'USERPAYING'],
    ['not-enough', 'NOTENOUGH'],
    ['code-expired', 'AUTHCODEEXPIRE'],
    ['code-used', 'AUTH_CODE_ERROR'],
    ['code-invalid', 'AUTH_CODE_INVALID'],
    ['card-not-supported', 'NOTSUPORTCARD'],
    ['trade-refused', 'TRADE_ERROR'],
    ['system-error-moved', 'SYSTEMERROR'],
    ['system-error', 'SYSTEMERROR'],
    ['bank-error-moved', 'BANKERROR'],
    ['bank-error', 'BANKERROR'],
    ['fail-but-paid', 'NOTENOUGH'],
    ['unlisted-error', 'RULELIMIT'],
  ])('"%s" → %s, well signed', (id, code) => {
    const answer = openCounter().pay('T0000001', codeOf(id)) ?? {};
    expect(answer.err_code ?? answer.result_code).toBe(code);
    expect(isSigned(answer)).toBe(true);
  });

  it('is a bare FAIL without a signature for "return-fail"', () => {
    const answer = openCounter().pay('T0000001', codeOf('return-fail'));
    expect(answer).toEqual({ return_code: 'FAIL', return_msg: 'system error' });
  });

  it.each(['reply-lost', 'request-lost', 'arrives-late', 'query-error', 'query-lost'])('is nothing for "%s"', (id) => {
    const counter = openCounter();
    expect(counter.hand('/pay/micropay', payFields(codeOf(id)))).toEqual({ kind: 'broken' });
  });

  it('is a web page for "bad-gateway"', () => {
    expect(openCounter().hand('/pay/micropay', payFields(codeOf('bad-gateway')))).toMatchObject({ status: 502 });
  });

  it('cannot be read for "garbled"', () => {
    const delivery = openCounter().hand('/pay/micropay', payFields(codeOf('garbled')));
    expect(delivery).toMatchObject({ kind: 'reply', status: 200 });
    expect(readDelivery(delivery)).toBeUndefined();
  });

  it.each(['bad-sign', 'unsigned'])('says SUCCESS and does not prove it for "%s"', (id) => {
    const answer = openCounter().pay('T0000001', codeOf(id)) ?? {};
    expect(answer.result_code).toBe('SUCCESS');
    expect(isSigned(answer)).toBe(false);
  });

  it('is signed and one fen too much for "wrong-amount"', () => {
    const answer = openCounter().pay('T0000001', codeOf('wrong-amount')) ?? {};
    expect(isSigned(answer)).toBe(true);
    expect(answer.total_fee).toBe('889');
  });

  it('takes its time for "slow"', () => {
    const counter = openCounter({ delays: { slowMs: 4_000 } });
    expect(counter.hand('/pay/micropay', payFields(codeOf('slow')))).toMatchObject({ delayMs: 4_000 });
  });
});

describe('a request that arrives late', () => {
  const arriveLateMs = 60_000;

  it('is unknown to every query, and reversed without being remembered, until it charges after all', () => {
    const counter = openCounter({ delays: { arriveLateMs } });
    counter.pay('T0000001', codeOf('arrives-late'));
    counter.pass(arriveLateMs - 1);
    expect(counter.query('T0000001')?.err_code).toBe('ORDERNOTEXIST');
    expect(counter.reverse('T0000001')).toMatchObject({ result_code: 'SUCCESS', recall: 'N' });
    expect(counter.ledger.books().chargedFen).toBe(0);

    counter.pass(1);
    expect(counter.query('T0000001')?.trade_state).toBe('SUCCESS');
    expect(counter.ledger.books().chargedFen).toBe(888);
  });

  it('comes to nothing when its number has been used meanwhile', () => {
    const counter = openCounter({ delays: { arriveLateMs } });
    counter.pay('T0000001', codeOf('arrives-late'));
    counter.pay('T0000001', someCode());
    counter.pass(arriveLateMs);
    counter.query('T0000001');
    expect(counter.ledger.books()).toMatchObject({ orders: 1, chargedFen: 888 });
  });

  it('comes to nothing when its code has been spent meanwhile', () => {
    const counter = openCounter({ delays: { arriveLateMs } });
    const code = codeOf('arrives-late');
    counter.pay('T0000001', code);
    counter.pay('T0000002', code);
    counter.pay('T0000002', code);
    counter.pass(arriveLateMs);
    counter.query('T0000001');
    expect(counter.ledger.books()).toMatchObject({ orders: 1, chargedFen: 888 });
  });
});

function payFields(code: string) {
  return {
    body: 'x',
    total_fee: '888',
    spbill_create_ip: '127.0.0.1',
    out_trade_no: 'T0000001',
    auth_code: code,
  };
}
