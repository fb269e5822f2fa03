import { describe, expect, it } from 'vitest';
import { ENDPOINT_NAMES } from '../../../src/simulator/behaviour/endpoint-names.ts';
import { createFaultSwitchboard, type When } from '../../../src/simulator/behaviour/fault-switchboard.ts';
import { faultById, NAMED_FAULTS } from '../../../src/simulator/behaviour/named-faults.ts';
import { createRulebook } from '../../../src/simulator/behaviour/rules.ts';

const wish = (faultId: string, when: When, endpoint: 'micropay' | 'orderquery' = 'micropay') => {
  const fault = faultById(faultId)?.fault;
  if (!fault) throw new Error(`There is no fault "${faultId}"`);
  return { endpoint, faultId, fault, when };
};

describe('a switched fault', () => {
  it('befalls the next calls of its endpoint, and is gone after them', () => {
    const board = createFaultSwitchboard();
    board.switchOn(wish('reply-lost', { kind: 'next', calls: 2 }));
    const struck = ['orderquery', 'micropay', 'micropay', 'micropay'].map((name) =>
      Boolean(board.strike(name === 'micropay' ? 'micropay' : 'orderquery')),
    );
    expect(struck).toEqual([false, true, true, false]);
    expect(board.switched()).toEqual([]);
  });

  it('befalls every third call, counted from when it was switched on, until it is switched off', () => {
    const board = createFaultSwitchboard();
    board.strike('micropay');
    const { id } = board.switchOn(wish('garbled', { kind: 'every', calls: 3 }));
    const strike = () => Boolean(board.strike('micropay'));
    expect(Array.from({ length: 7 }, strike)).toEqual([false, false, true, false, false, true, false]);
    expect(board.switched()).toMatchObject([{ id, calls: 7, struck: 2 }]);
    expect(board.switchOff(id)).toBe(true);
    expect(board.switchOff(id)).toBe(false);
    expect(Array.from({ length: 3 }, strike)).toEqual([false, false, false]);
  });

  it('waits its turn behind an older one for the next calls, and loses none of its own', () => {
    const board = createFaultSwitchboard();
    board.switchOn(wish('reply-lost', { kind: 'next', calls: 1 }));
    board.switchOn(wish('slow', { kind: 'next', calls: 1 }));
    expect([board.strike('micropay'), board.strike('micropay'), board.strike('micropay')]).toEqual([
      { work: 'done', reply: { kind: 'lost' } },
      { work: 'done', reply: { kind: 'slow' } },
      undefined,
    ]);
  });
});

describe('a fault plan', () => {
  it('is the one it began with until another is set', () => {
    const board = createFaultSwitchboard({ seed: 1, rate: 0.5 });
    expect(board.plan()).toEqual({ seed: 1, rate: 0.5 });
    board.setPlan(undefined);
    expect(board.plan()).toBeUndefined();
  });
});

describe('the named faults', () => {
  it('have names of their own, in both languages', () => {
    expect(new Set(NAMED_FAULTS.map(({ id }) => id)).size).toBe(NAMED_FAULTS.length);
    for (const { title } of NAMED_FAULTS) {
      expect(title.zh).toMatch(/[一-鿿]/);
      expect(title.en).not.toMatch(/[一-鿿]/);
    }
  });

  it('could each be a rule of every call that they are offered for', () => {
    const rules = NAMED_FAULTS.flatMap(({ fault, only }) =>
      ENDPOINT_NAMES.filter((endpoint) => (only ?? endpoint) === endpoint).map((endpoint) => ({
        when: { endpoint },
        fault,
      })),
    );
    expect(() => createRulebook(rules)).not.toThrow();
  });
});
