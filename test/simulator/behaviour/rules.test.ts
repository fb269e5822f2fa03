import { describe, expect, it } from 'vitest';
import type { Rule } from '../../../src/simulator/behaviour/rules.ts';
import { openCounter, someCode } from '../support/counter.ts';

const QUERY_FAILS = { fault: { work: 'skipped', reply: { kind: 'error', errCode: 'SYSTEMERROR' } } } as const;
const NOT_ENOUGH = { scenario: 'not-enough' };

function outcomes(rules: readonly Rule[], amounts: readonly number[]): unknown[] {
  const counter = openCounter({ rules });
  return amounts.map((amount, index) => {
    const answer = counter.pay(`T000000${index}`, someCode(), { total_fee: String(amount) });
    return answer?.err_code ?? answer?.result_code;
  });
}

describe('a rule', () => {
  it('picks a payment by its amount', () => {
    const rules = [{ when: { amountFen: 404 }, ...NOT_ENOUGH }];
    expect(outcomes(rules, [403, 404, 405])).toEqual(['SUCCESS', 'NOTENOUGH', 'SUCCESS']);
  });

  it('picks payments by a range of amounts', () => {
    const rules = [{ when: { amountFen: { from: 100, to: 199 } }, ...NOT_ENOUGH }];
    expect(outcomes(rules, [99, 100, 199, 200])).toEqual(['SUCCESS', 'NOTENOUGH', 'NOTENOUGH', 'SUCCESS']);
  });

  it('picks the nth payment of those that fit', () => {
    const rules = [{ when: { amountFen: 5, nth: 2 }, ...NOT_ENOUGH }];
    expect(outcomes(rules, [5, 6, 5, 5])).toEqual(['SUCCESS', 'SUCCESS', 'NOTENOUGH', 'SUCCESS']);
  });

  it('picks a payment by how its code begins, before the code is looked up', () => {
    const counter = openCounter({ rules: [{ when: { codePrefix: '15' }, ...NOT_ENOUGH }] });
    expect(counter.pay('T0000001', '150000000000000001')?.err_code).toBe('NOTENOUGH');
    expect(counter.pay('T0000002', '140000000000000001')?.result_code).toBe('SUCCESS');
  });

  it('gives way to the rule before it', () => {
    const rules = [
      { when: { amountFen: 5 }, scenario: 'trade-refused' },
      { when: {}, ...NOT_ENOUGH },
    ];
    expect(outcomes(rules, [5, 6])).toEqual(['TRADE_ERROR', 'NOTENOUGH']);
  });

  it('breaks queries, for as long as it says', () => {
    const counter = openCounter({ rules: [{ when: { endpoint: 'orderquery', nth: { to: 2 } }, ...QUERY_FAILS }] });
    counter.pay('T0000001', someCode());
    const states = [1, 2, 3].map(() => counter.query('T0000001')?.err_code ?? 'fine');
    expect(states).toEqual(['SYSTEMERROR', 'SYSTEMERROR', 'fine']);
  });

  it('breaks reversals of orders of one amount only', () => {
    const when = { endpoint: 'reverse', amountFen: 888 } as const;
    const fault = { work: 'done', reply: { kind: 'lost' } } as const;
    const counter = openCounter({ rules: [{ when, fault }] });
    counter.pay('T0000001', someCode());
    counter.pay('T0000002', someCode(), { total_fee: '1' });
    counter.pass(15_000);
    expect(counter.reverse('T0000001')).toBeUndefined();
    expect(counter.reverse('T0000002')?.result_code).toBe('SUCCESS');
    expect(counter.ledger.books().netFen).toBe(0);
  });

  it('gives an order a scenario that its later calls follow', () => {
    const counter = openCounter({ rules: [{ when: { amountFen: 888 }, scenario: 'query-error' }] });
    counter.pay('T0000001', someCode());
    expect([1, 2, 3, 4].map(() => counter.query('T0000001')?.result_code)).toEqual(['FAIL', 'FAIL', 'FAIL', 'SUCCESS']);
  });
});

describe('a rule that could never work', () => {
  const late = { fault: { work: 'late' } } as const;
  const impossible: [string, Rule][] = [
    ['names a scenario that does not exist', { when: {}, scenario: 'nobody' }],
    ['chooses a scenario at a query', { when: { endpoint: 'orderquery' }, ...NOT_ENOUGH }],
    ['looks for a payment code in a reversal', { when: { endpoint: 'reverse', codePrefix: '13' }, ...QUERY_FAILS }],
    ['makes a reversal arrive late', { when: { endpoint: 'reverse' }, ...late }],
  ];

  it.each(impossible)('%s, and is refused by its number', (_what, rule) => {
    const fine: Rule = { when: {}, ...NOT_ENOUGH };
    expect(() => openCounter({ rules: [fine, rule] })).toThrow(/Rule 2 .* can never work/);
  });
});
