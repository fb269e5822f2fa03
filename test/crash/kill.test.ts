import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CrashShop, openCrashShop } from './support/crash-shop.ts';
import { playRound } from './support/play-round.ts';
import { planRounds } from './support/round.ts';
import { ordersOnFile } from './support/simulator-orders.ts';

/*
 * A real till over a real scanner line, real TLS and a real printer, each a process of its own. At a random moment of a
 * sale one of them is killed with SIGKILL or stopped with SIGSTOP, round after round on one and the same data folder.
 * After each, every payment has to become certain, and the till's books have to agree with the simulator's to the fen.
 * A slice: `npm run crash -- --rounds 300` is the long run.
 */

const ROUNDS = 36;
const SEED = Number(process.env.SAOMA_CRASH_SEED ?? 20260102);
const STILL_MS = 600;
const ROUND_TIMEOUT_MS = 300_000;

let shop: CrashShop;
beforeAll(async () => {
  shop = await openCrashShop();
}, ROUND_TIMEOUT_MS);
afterAll(async () => {
  await shop[Symbol.asyncDispose]();
});

describe(`a shop whose parts die at ${ROUNDS} random moments of a sale (seed ${SEED})`, () => {
  it.each(planRounds({ rounds: ROUNDS, seed: SEED, stillMs: STILL_MS }))(
    'round $round: $blow $afterMs ms after the scan of a customer who "$customer"',
    async (round) => {
      expect(await playRound(shop, round)).toEqual([]);
    },
    ROUND_TIMEOUT_MS,
  );

  it('has died in the middle of payments, and not only before and after them', () => {
    const orders = ordersOnFile(shop.simulatorDir);
    expect(orders.filter(({ state }) => state === 'SUCCESS').length).toBeGreaterThan(5);
    expect(orders.filter(({ state }) => state === 'REVOKED').length).toBeGreaterThan(2);
  });
});
