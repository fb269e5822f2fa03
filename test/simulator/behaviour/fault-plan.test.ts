import { describe, expect, it } from 'vitest';
import { plannedCustomer, plannedFault } from '../../../src/simulator/behaviour/fault-plan.ts';
import { openCounter, someCode } from '../support/counter.ts';
import { sell } from '../support/reference-till.ts';

const NUMBERS = Array.from({ length: 2_000 }, (_, index) => `T${String(index).padStart(7, '0')}`);

describe('a fault plan', () => {
  it('says the same of a call whenever it is asked, and in whatever order', () => {
    const plan = { seed: 3, rate: 0.5, customers: 0.5 };
    const ask = (numbers: readonly string[]) => numbers.map((number) => plannedFault(plan, 'micropay', number, 1));
    expect(ask([...NUMBERS].reverse()).reverse()).toEqual(ask(NUMBERS));
  });

  it('is another with another seed', () => {
    const ask = (seed: number) => NUMBERS.map((number) => plannedFault({ seed, rate: 0.5 }, 'micropay', number, 1));
    expect(ask(1)).not.toEqual(ask(2));
  });

  it.each([0, 0.1, 0.5, 1])('breaks about the share of calls it says: %f', (rate) => {
    const broken = NUMBERS.filter((number) => plannedFault({ seed: 1, rate }, 'reverse', number, 1)).length;
    expect(Math.abs(broken / NUMBERS.length - rate)).toBeLessThan(0.04);
  });

  it('leaves customers alone unless it is told otherwise', () => {
    expect(NUMBERS.some((number) => plannedCustomer({ seed: 1, rate: 1 }, number))).toBe(false);
    expect(NUMBERS.every((number) => plannedCustomer({ seed: 1, rate: 0, customers: 1 }, number))).toBe(true);
  });
});

describe('a right till on a bad day', () => {
  it.each([1, 2, 3])('agrees with the books to the fen (seed %i)', (seed) => {
    const counter = openCounter({ faults: { seed, rate: 0.3, customers: 0.5 } });
    let paidFen = 0;
    for (const [index, number] of NUMBERS.slice(0, 300).entries()) {
      const ending = sell(counter, number, someCode(), index + 1);
      expect(ending).not.toBe('stuck');
      if (ending === 'paid') paidFen += index + 1;
    }
    const books = counter.ledger.books();
    expect(books.netFen).toBe(paidFen);
    expect(books.returnedFen).toBeGreaterThan(0);
    expect(counter.ledger.orders().filter(({ charges }) => charges > 1)).toEqual([]);
    expect(counter.service.violations()).toEqual([]);
  });
});
