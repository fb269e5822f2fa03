import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/core/random.ts';
import { openEventFile } from '../../../src/simulator/ledger/event-file.ts';
import { createLedger } from '../../../src/simulator/ledger/ledger.ts';
import { createTestClient, type Reachable } from '../support/client.ts';
import { someCode } from '../support/counter.ts';

const LIVES = 6;
const TILLS = 4;
const PROGRAM = new URL('../support/simulator-process.ts', import.meta.url).pathname;
const random = seededRandom(20260102);
let dir: string;

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'saoma-simulator-'));
});

afterAll(() => rmSync(dir, { recursive: true }));

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
      const { child, reachable } = await startProcess();
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

    const ledger = createLedger(openEventFile(join(dir, 'simulator-ledger.jsonl')));
    const orders = ledger.orders();
    const books = ledger.books();
    ledger.close();
    const inLedger = new Set(orders.map(({ outTradeNo }) => outTradeNo));
    expect([...paid].filter((outTradeNo) => !inLedger.has(outTradeNo))).toEqual([]);
    expect(orders.filter(({ charges }) => charges > 1)).toEqual([]);
    expect(new Set(orders.map(({ transactionId }) => transactionId)).size).toBe(orders.length);
    expect(books.netFen).toBe(888 * orders.filter(({ state }) => state === 'SUCCESS').length);
    expect(paid.size).toBeGreaterThan(LIVES * 5);
  });
});

async function startProcess(): Promise<{ child: ChildProcess; reachable: Reachable }> {
  const child = spawn(process.execPath, [PROGRAM, dir], { stdio: ['ignore', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout })) {
    return { child, reachable: JSON.parse(line) };
  }
  throw new Error('The simulator ended before it was ready');
}
