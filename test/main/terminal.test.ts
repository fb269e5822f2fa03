import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fen } from '../../src/core/money.ts';
import { isSettled, type Payment } from '../../src/core/payment.ts';
import { createTerminal, type Terminal } from '../../src/main/terminal.ts';
import { compareBooks } from '../fixtures/books.ts';
import { SCENARIO_ENDS } from '../fixtures/scenario-ends.ts';
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

const ENDS = SCENARIO_ENDS.filter(({ state }) => state !== 'attention');

describe('over a real line, a customer', () => {
  it('has an end for every scenario of the simulator', () => {
    const covered = new Set(SCENARIO_ENDS.map(({ scenario }) => scenario));
    expect(shop.simulator.scenarios.map(({ id }) => id).filter((id) => !covered.has(id))).toEqual([]);
  });

  it.each(ENDS)('$scenario: ends $state with $keptFen fen kept', async ({ scenario, state, keptFen }) => {
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

  it('is never asked about at another gateway, where it would look unpaid', async () => {
    const submitted = Promise.withResolvers<void>();
    terminal = await createTerminal({
      dataDir: shop.dataDir,
      host: 'none',
      env: {},
      onPayment: ({ state }) => state === 'pending' && submitted.resolve(),
    });
    terminal.till.ask(fen(1230));
    terminal.till.scan(shop.simulator.freshCode('walks-away'));
    await submitted.promise;
    await terminal.close();
    terminal = undefined;

    rmSync(join(shop.dataDir, 'config.json'));
    await expect(createTerminal({ dataDir: shop.dataDir, host: 'none', env: {} })).rejects.toMatchObject({
      code: 'OTHER_GATEWAY',
      detail: expect.stringMatching(/wechat-v2:10000100, not to simulator/),
    });
  });

  it('reverse-refused: waits for a person, and the money is never called ours nor gone', async () => {
    const states = await play('reverse-refused');
    expect(states.at(-1)?.state).toBe('attention');
    expect(terminal?.unsettled()).toMatchObject({ count: 1, amountFen: 1230 });
  });
});
