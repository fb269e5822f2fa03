import path from 'node:path';
import Database from 'better-sqlite3';
import { invariant } from '../src/core/assert.ts';
import { fen } from '../src/core/money.ts';
import { LEDGER_FILE } from '../src/main/ledger/open-ledger.ts';
import { verifyLedger } from '../src/main/ledger/verify.ts';
import { openEventFile } from '../src/simulator/ledger/event-file.ts';
import type { LedgerEvent } from '../src/simulator/ledger/events.ts';
import { createLedger } from '../src/simulator/ledger/ledger.ts';
import { BENCH_AMOUNT, outTradeNoOf } from './full-books.ts';
import type { BenchShop } from './shop.ts';

/* What the gateway knows of the payments that the till does not know the end of, before and after. */

const SIMULATOR_LEDGER = 'simulator-ledger.jsonl';
const ONE_IN = 10;

/** One in ten never reached the gateway. */
function hasArrived(sequence: number): boolean {
  return sequence % ONE_IN !== 0;
}

export function openOrdersOfThePast(simulatorDataDir: string, orders: number): void {
  const at = Date.now() - 3_600_000;
  const file = openEventFile(path.join(simulatorDataDir, SIMULATOR_LEDGER));
  const events: LedgerEvent[] = [{ type: 'ledger', version: 1 }];
  for (let sequence = 1; sequence <= orders; sequence++) {
    if (hasArrived(sequence)) events.push(...paidOrder(sequence, at));
  }
  file.append(events);
  file.close();
}

/** @throws when a payment of the past did not end as it has to, or more than once; or when the books do not verify. */
export function checkDrained({ dataDir, simulatorDataDir }: BenchShop, tasks: number): void {
  const file = openEventFile(path.join(simulatorDataDir, SIMULATOR_LEDGER));
  const orders = new Map(
    createLedger(file)
      .orders()
      .map((order) => [order.outTradeNo, order]),
  );
  file.close();
  const db = new Database(path.join(dataDir, LEDGER_FILE), { readonly: true });
  const stateOf = db.prepare<[string], { state: string }>('SELECT state FROM payment WHERE out_trade_no = ?');
  for (let sequence = 1; sequence <= tasks; sequence++) {
    const outTradeNo = outTradeNoOf(sequence);
    const [order, state] = [orders.get(outTradeNo), stateOf.get(outTradeNo)?.state];
    const isRight = hasArrived(sequence)
      ? state === 'paid' && order?.charges === 1 && order.state === 'SUCCESS'
      : state === 'reversed' && (order?.charges ?? 0) === 0;
    invariant(isRight, `${outTradeNo} is ${state} at the till and ${order?.state ?? 'unknown'} at the gateway`);
  }
  const twice = db.prepare(
    `SELECT count(*) FROM (SELECT subject FROM journal WHERE kind = 'payment.queried'
       AND json_extract(payload, '$.answer.verdict') = 'PAID' GROUP BY subject HAVING count(*) > 1)`,
  );
  invariant(twice.pluck().get() === 0, 'A payment was found to be paid more than once');
  const { problems } = verifyLedger(db);
  invariant(problems.length === 0, problems.join('; '));
  db.close();
}

function paidOrder(sequence: number, at: number): LedgerEvent[] {
  const outTradeNo = outTradeNoOf(sequence);
  return [
    {
      type: 'opened',
      at,
      order: {
        outTradeNo,
        askedAt: at,
        transactionId: `42000000${String(sequence).padStart(20, '0')}`,
        amountFen: BENCH_AMOUNT,
        couponFen: fen(0),
        codeHash: `code-${sequence}`,
        requestHash: `request-${sequence}`,
        scenario: 'none',
        openid: 'bench',
        bankType: 'OTHERS',
        deviceInfo: '0001-01',
        attach: null,
        body: 'bench',
        plan: { act: { kind: 'pays' }, at, paysOnReverse: false },
      },
    },
    { type: 'charged', at, outTradeNo },
  ];
}
