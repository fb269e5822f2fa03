import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fen } from '../../src/core/money.ts';
import { isSettled, type Payment } from '../../src/core/payment.ts';
import { createTerminal, type Terminal } from '../../src/main/terminal.ts';
import { compareBooks } from '../fixtures/books.ts';
import { openShop, type TestShop } from '../fixtures/shop.ts';

let shop: TestShop;
let terminal: Terminal | undefined;

beforeEach(async () => {
  shop = await openShop();
});
afterEach(async () => {
  await terminal?.close();
  terminal = undefined;
  await shop.close();
});

/** Plays one customer against the whole terminal and returns every state of the payment until it is certain. */
async function play(scenario: string): Promise<Payment[]> {
  const states: Payment[] = [];
  const certain = Promise.withResolvers<void>();
  terminal = await createTerminal({
    dataDir: shop.dataDir,
    host: 'none',
    env: {},
    onPayment(payment) {
      states.push(payment);
      if (payment.state === 'attention') certain.resolve();
      if (isSettled(payment) && !('lateCheckAt' in payment)) certain.resolve();
    },
  });
  terminal.till.ask(fen(1230));
  expect(terminal.till.scan(shop.simulator.freshCode(scenario))).toBeUndefined();
  await certain.promise;
  return states;
}

/** What every customer, and every fault of the line, must end in: here, and in the simulator's books. */
const ENDS: readonly [scenario: string, state: Payment['state'], keptFen: number][] = [
  ['pays', 'paid', 1230],
  ['coupon', 'paid', 1230],
  ['password', 'paid', 1230],
  ['slow', 'paid', 1230],
  ['not-enough', 'declined', 0],
  ['code-expired', 'declined', 0],
  ['code-used', 'declined', 0],
  ['code-invalid', 'declined', 0],
  ['card-not-supported', 'declined', 0],
  ['password-cancels', 'reversed', 0],
  ['walks-away', 'reversed', 0],
  ['pays-late', 'reversed', 0],
  ['trade-refused', 'reversed', 0],
  ['pay-error', 'reversed', 0],
  ['system-error-moved', 'paid', 1230],
  ['system-error', 'reversed', 0],
  ['bank-error-moved', 'paid', 1230],
  ['bank-error', 'reversed', 0],
  ['fail-but-paid', 'paid', 1230],
  ['return-fail', 'reversed', 0],
  ['bad-gateway', 'paid', 1230],
  ['unlisted-error', 'reversed', 0],
  ['reply-lost', 'paid', 1230],
  ['request-lost', 'reversed', 0],
  ['arrives-late', 'reversed', 0],
  ['garbled', 'paid', 1230],
  ['bad-sign', 'paid', 1230],
  ['unsigned', 'paid', 1230],
  ['wrong-amount', 'paid', 1230],
  ['query-error', 'paid', 1230],
  ['query-lost', 'paid', 1230],
  ['reverse-error', 'reversed', 0],
  ['reverse-recall', 'reversed', 0],
  ['reverse-lost', 'reversed', 0],
];

describe('over a real line, a customer', () => {
  it('has an end for every scenario of the simulator', () => {
    const covered = new Set([...ENDS.map(([scenario]) => scenario), 'reverse-refused']);
    expect(shop.simulator.scenarios.map(({ id }) => id).filter((id) => !covered.has(id))).toEqual([]);
  });

  it.each(ENDS)('%s: ends %s with %i fen kept', async (scenario, state, keptFen) => {
    const states = await play(scenario);
    expect(states.at(-1)).toMatchObject({ state, amountFen: 1230 });
    expect(shop.simulator.books().netFen).toBe(keptFen);
    expect(shop.simulator.violations()).toEqual([]);
    // Nothing paid was ever shown as failed, nor anything failed as paid.
    const firstPaid = states.findIndex((payment) => payment.state === 'paid');
    expect(firstPaid === -1 || firstPaid === states.length - 1).toBe(true);
    await terminal?.close();
    expect(compareBooks(shop.dataDir, shop.simulator)).toEqual([]);
  });

  it('reverse-refused: waits for a person, and the money is never called ours nor gone', async () => {
    const states = await play('reverse-refused');
    expect(states.at(-1)?.state).toBe('attention');
    expect(terminal?.unsettled()).toMatchObject({ count: 1, amountFen: 1230 });
  });
});
