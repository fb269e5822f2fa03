import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/core/random.ts';
import { openEventFile } from '../../../src/simulator/ledger/event-file.ts';
import { createLedger } from '../../../src/simulator/ledger/ledger.ts';
import { createTestClient } from '../support/client.ts';
import { someCode } from '../support/counter.ts';
import { startSimulatorProcess } from '../support/simulator-process.ts';

const LIVES = 6;
const TILLS = 4;
/** Of 512 bytes in some shells, of 1024 in others. */
const BLOCKS = 16;
const random = seededRandom(20260102);
let dir: string;

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'saoma-simulator-'));
});

afterEach(() => rmSync(dir, { recursive: true }));

interface Sent {
  readonly outTradeNo: string;
  readonly code: string;
}

describe('a simulator that is killed in the middle of its work', () => {
  it('forgets no payment that it has answered, and charges none twice', async () => {
    const unanswered: Sent[] = [];
    const paid = new Set<string>();
    let numbers = 0;

    for (let life = 0; life < LIVES; life++) {
      const { child, reachable } = await startSimulatorProcess(dir);
      const client = createTestClient(reachable);
      const repliesLeft = 5 + Math.floor(random() * 30);
      let replies = 0;

      const till = async () => {
        for (;;) {
          const sent = unanswered.shift() ?? { outTradeNo: `T${String(++numbers).padStart(7, '0')}`, code: someCode() };
          try {
            const { fields } = await client.pay(sent.outTradeNo, sent.code);
            expect(fields.result_code).toBe('SUCCESS');
            paid.add(sent.outTradeNo);
          } catch (error) {
            unanswered.push(sent);
            if (child.exitCode === null && child.signalCode === null && !child.killed) throw error;
            return;
          }
          if (++replies === repliesLeft) child.kill('SIGKILL');
        }
      };
      const ended = once(child, 'exit');
      try {
        await Promise.all(Array.from({ length: TILLS }, till));
      } finally {
        child.kill('SIGKILL');
        await ended;
        client.close();
      }
    }

    const { orders, books } = readLedger();
    const inLedger = new Set(orders.map(({ outTradeNo }) => outTradeNo));
    expect([...paid].filter((outTradeNo) => !inLedger.has(outTradeNo))).toEqual([]);
    expect(orders.filter(({ charges }) => charges > 1)).toEqual([]);
    expect(new Set(orders.map(({ transactionId }) => transactionId)).size).toBe(orders.length);
    expect(books.netFen).toBe(888 * orders.filter(({ state }) => state === 'SUCCESS').length);
    expect(paid.size).toBeGreaterThan(LIVES * 5);
  });
});

describe('a simulator whose disk is full', () => {
  it('answers nothing that it could not write down, and leaves no half a line', async () => {
    await endAtOnce(await startSimulatorProcess(dir));
    const { child, reachable } = await startSimulatorProcess(dir, BLOCKS);
    const client = createTestClient(reachable);
    const paid: string[] = [];
    const ended = once(child, 'exit');
    try {
      for (let number = 1; number <= 100; number++) {
        const outTradeNo = `T${String(number).padStart(7, '0')}`;
        const answered = await client.pay(outTradeNo, someCode()).catch(() => undefined);
        if (answered) paid.push(outTradeNo);
      }
    } finally {
      child.kill('SIGKILL');
      await ended;
      client.close();
    }

    expect(paid.length).toBeGreaterThan(5);
    expect(paid.length).toBeLessThan(100);
    const { orders, books } = readLedger();
    expect(orders.filter(({ state }) => state === 'SUCCESS').map(({ outTradeNo }) => outTradeNo)).toEqual(
      expect.arrayContaining(paid),
    );
    expect(orders.length - paid.length).toBeLessThanOrEqual(1);
    expect(books.chargedFen).toBe(888 * orders.length);
    expect(statSync(ledgerPath()).size).toBeLessThanOrEqual(BLOCKS * 1024);
  });
});

function ledgerPath(): string {
  return join(dir, 'simulator-ledger.jsonl');
}

function readLedger() {
  const ledger = createLedger(openEventFile(ledgerPath()));
  ledger.settle(Number.MAX_SAFE_INTEGER);
  const state = { orders: ledger.orders(), books: ledger.books() };
  ledger.close();
  return state;
}

async function endAtOnce({ child }: { child: ChildProcess }): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}
