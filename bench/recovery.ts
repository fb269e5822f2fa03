import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import Database from 'better-sqlite3';
import type { JournalDraft } from '../src/core/journal.ts';
import { fen } from '../src/core/money.ts';
import { DEFAULT_TIMINGS } from '../src/core/payment.ts';
import { LEDGER_FILE, openLedger } from '../src/main/ledger/open-ledger.ts';
import { type Figure, figureOf, machineMs } from './figures.ts';
import { CLI, MERCHANT, startShop } from './shop.ts';

const SALES_A_COMMIT = 500;

/**
 * A start on the morning after: years of sales in the books and payments whose outcome is not known. Against SQLite's
 * own reading of the same file, which no careful start can do without.
 */
export async function recovery(sales: number, open: number, starts: number): Promise<Figure[]> {
  await using shop = await startShop();
  fillLedger(shop.dataDir, sales, open);
  const [ready, floor]: [number[], number[]] = [[], []];
  for (let start = 0; start < starts; start++) {
    const from = machineMs();
    const args = ['sell', '--data', shop.dataDir, '--amount', '1', '--scanner', `serial:${shop.scannerPath}@9600`];
    const saoma = spawn(process.execPath, [CLI, ...args, '--printer', 'none', '--json'], {
      stdio: ['ignore', 'pipe', 'inherit'],
      // Nobody answers: what is open stays open, and each start recovers all of it again.
      env: { ...process.env, ...shop.envFor('https://127.0.0.1:9') },
    });
    await once(createInterface({ input: saoma.stdout }), 'line');
    ready.push(machineMs() - from);
    saoma.kill('SIGKILL');
    await once(saoma, 'exit');
    floor.push(quickCheckMs(`${shop.dataDir}/${LEDGER_FILE}`));
  }
  const size = `${sales} sales, ${open} open`;
  return [
    figureOf(`start → scanner ready, ${size}`, ready, '≤ 2000 ms'),
    figureOf('floor: quick_check of the same file', floor),
  ];
}

function fillLedger(dataDir: string, sales: number, open: number): void {
  let now = Date.now() - sales * 30_000;
  const ledger = openLedger({ dataDir, storeId: '0001', terminalId: '01', now: () => now });
  for (let begun = 0; begun < sales; begun += SALES_A_COMMIT) {
    const drafts: JournalDraft[] = [];
    for (let sequence = begun + 1; sequence <= Math.min(begun + SALES_A_COMMIT, sales); sequence++) {
      drafts.push(...aSale(sequence, sequence <= sales - open));
    }
    now += SALES_A_COMMIT * 30_000;
    ledger.append(...drafts);
  }
  ledger.close();
}

function aSale(sequence: number, paid: boolean): JournalDraft[] {
  const number = `0001-01-${String(sequence).padStart(6, '0')}`;
  const [saleId, paymentId] = [`sale-${number}`, `payment-${number}`];
  const amountFen = fen(1230);
  const outTradeNo = `${number}-1bench`;
  const gateway = `wechat-v2:${MERCHANT.mchId}`;
  const settlement = {
    transactionId: `42000000${String(sequence).padStart(20, '0')}`,
    totalFen: amountFen,
    cashFen: amountFen,
    couponFen: fen(0),
    bankType: 'OTHERS',
    timeEnd: '20260102100512',
  };
  return [
    { kind: 'sale.opened', subject: saleId, payload: { number, sequence, amountFen } },
    {
      kind: 'payment.submitted',
      subject: paymentId,
      payload: {
        ...{ saleId, outTradeNo, amountFen, gateway, attempt: 1 },
        codeHash: `hash-${number}`,
        timings: DEFAULT_TIMINGS,
      },
    },
    {
      kind: 'payment.answered',
      subject: paymentId,
      payload: {
        answer: paid ? { verdict: 'PAID', settlement } : { verdict: 'UNKNOWN', reason: { code: 'NO_REPLY' } },
      },
    },
  ];
}

function quickCheckMs(path: string): number {
  const from = machineMs();
  const db = new Database(path, { readonly: true });
  db.pragma('quick_check(1)');
  db.close();
  return machineMs() - from;
}
