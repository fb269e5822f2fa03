import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SaomaProcess } from '../fixtures/saoma-process.ts';
import { type CrashShop, openCrashShop } from './support/crash-shop.ts';
import { playRound } from './support/play-round.ts';
import { DISK_BLOWS, planRounds } from './support/round.ts';
import { canMountDisks, mountSmallDisk } from './support/small-disk.ts';

/*
 * The disk with the till's books fills up to the last byte at a random moment of a sale, and is freed again, with the
 * till alive or killed meanwhile. What is not written yet has to wait or be refused; nothing that was may be lost.
 */

const ROUNDS = 6;
const DISK_MB = 8;
const SEED = Number(process.env.SAOMA_CRASH_SEED ?? 20260102);
const TIMEOUT_MS = 300_000;

describe.skipIf(!canMountDisks())(`a till whose disk is full at ${ROUNDS} random moments (seed ${SEED})`, () => {
  const cleanup = new AsyncDisposableStack();
  const tills: SaomaProcess[] = [];
  let shop: CrashShop;
  beforeAll(async () => {
    const disk = mountSmallDisk(DISK_MB);
    cleanup.use(disk);
    const opened = cleanup.use(await openCrashShop(disk));
    const startTill = async () => {
      const till = await opened.startTill();
      tills.push(till);
      return till;
    };
    shop = { ...opened, startTill };
  }, TIMEOUT_MS);
  afterAll(() => cleanup.disposeAsync());

  it.each(planRounds({ rounds: ROUNDS, seed: SEED, stillMs: 0, blows: DISK_BLOWS }))(
    'round $round: $blow $afterMs ms after the scan of a customer who "$customer"',
    async (round) => {
      expect(await playRound(shop, round)).toEqual([]);
    },
    TIMEOUT_MS,
  );

  it('has stood in the way of payments', () => {
    // Of one under way the log tells when it was over; of one that was refused before it began, the till itself.
    const log = readFileSync(join(shop.dataDir, 'saoma.log'), 'utf8');
    const refused = tills.filter(({ events }) => events.some(({ code }) => code === 'LEDGER_UNWRITABLE'));
    expect(log.includes('ledger trouble') || refused.length > 0).toBe(true);
  });
});
