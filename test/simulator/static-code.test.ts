import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fen } from '../../src/core/money.ts';
import { type Simulator, startSimulator } from '../../src/simulator/simulator.ts';
import { temporaryFolder } from '../fixtures/ledger.ts';

let folder: ReturnType<typeof temporaryFolder>;
let simulator: Simulator;

beforeEach(async () => {
  folder = temporaryFolder();
  simulator = await startSimulator({ dataDir: folder.path });
});
afterEach(async () => {
  await simulator.close();
  folder.remove();
});

describe('a payment on the store’s printed code', () => {
  it('is money of the merchant that no till has asked for, under a number of its own', () => {
    const first = simulator.payStatic(fen(1_230));
    const second = simulator.payStatic(fen(1_230));
    expect(first).toMatchObject({ state: 'SUCCESS', chargedFen: 1_230, charges: 1, tradeType: 'JSAPI' });
    expect(first.transactionId).toMatch(/^\d{28}$/);
    expect(new Set([first, second].flatMap((order) => [order.outTradeNo, order.transactionId])).size).toBe(4);
    expect(simulator.books()).toMatchObject({ orders: 2, paid: 2, netFen: 2_460 });
  });

  it('is kept, and does not stand in the way of the next number', async () => {
    const first = simulator.payStatic(fen(1_230));
    await simulator.close();
    simulator = await startSimulator({ dataDir: folder.path });
    expect(simulator.orders()).toEqual([first]);
    expect(simulator.payStatic(fen(1)).transactionId).not.toBe(first.transactionId);
  });
});
